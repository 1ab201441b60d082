/** What `taxonomy check` tells an editor: faults that stop the build, and oddities worth a look. */
import { phraseWords } from './matcher.ts';
import { tagNames } from './names.ts';
import { authorities, sectors, topics } from './tags.ts';
import { TaxonomyError, phrasesIn } from './taxonomy-file.ts';
import { compileTaxonomy, taxonomySources } from './taxonomy.ts';

export interface TaxonomyReport {
  readonly version: string;
  /** Faults; the taxonomy is not usable when there is one. `file:line: what is wrong` where a line is at fault. */
  readonly faults: readonly string[];
  /** Not wrong, but likely a slip: phrases that hide each other, tags without phrases in a language. */
  readonly notices: readonly string[];
  readonly tags: number;
  readonly phrases: number;
  /** Time the matcher took to compile, in milliseconds. */
  readonly compiledIn: number;
}

/** Checks a set of data files, the shipped ones when none are given. Never throws: what is wrong is in the report. */
export function checkTaxonomy(sources: Readonly<Record<string, string>> = taxonomySources): TaxonomyReport {
  const faults: string[] = [];
  const notices: string[] = [];
  const started = performance.now();
  try {
    const compiled = compileTaxonomy(sources);
    const compiledIn = Math.round(performance.now() - started);
    const ids = new Set(compiled.entries.map(({ id }) => id));
    for (const id of [...sectors, ...topics, ...authorities]) {
      if (!ids.has(id)) faults.push(`the tag "${id}" has no phrases`);
      if (!tagNames[id]) faults.push(`the tag "${id}" has no names in names.json`);
    }
    compiled.entries.forEach((entry, index) => {
      for (const other of [...(entry.needs ?? []), ...Object.keys(entry.against ?? {})]) {
        if (!ids.has(other)) faults.push(`"${entry.id}" names the entry "${other}", which does not exist`);
      }
      const kind = compiled.kinds[index];
      if (kind !== 'sector' && kind !== 'topic' && kind !== 'authority') return;
      for (const language of ['en', 'es', 'fr'] as const) {
        const groups = entry[language];
        if (!groups) {
          notices.push(`"${entry.id}" has no phrases in ${language}`);
          continue;
        }
        const seen = new Map<string, string>();
        for (const [group, text] of Object.entries(groups)) {
          for (const phrase of phrasesIn(text)) {
            const key = phraseWords(phrase).join(' ');
            if (key === '') notices.push(`"${entry.id}" (${language}): "${phrase}" is made of words that are not read`);
            const before = seen.get(key);
            if (before !== undefined && before !== group) notices.push(`"${entry.id}" (${language}): "${phrase}" is both ${before} and ${group}; ${before} counts`);
            seen.set(key, before ?? group);
          }
        }
      }
    });
    return { version: compiled.version, faults, notices, tags: sectors.length + topics.length + authorities.length, phrases: compiled.phrases.length, compiledIn };
  } catch (error) {
    if (!(error instanceof TaxonomyError)) throw error;
    return { version: '', faults: [error.message], notices, tags: 0, phrases: 0, compiledIn: 0 };
  }
}
