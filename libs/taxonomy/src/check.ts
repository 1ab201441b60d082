/** What `taxonomy check` tells an editor: faults that stop the build, and oddities worth a look, each with its place. */
import { phraseWords } from './matcher.ts';
import { tagNames, tagNamesSchema } from './names.ts';
import { authorities, sectors, topics } from './tags.ts';
import { parseTaxonomyFile, phrasesIn, TaxonomyError, type TaxonomyEntry } from './taxonomy-file.ts';
import { compileTaxonomy, fileReaders, taxonomySources, type CompiledTaxonomy } from './taxonomy.ts';

/** Something to put right or to look at, and where it stands; lines count from 1. */
export interface TaxonomyFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface TaxonomyReport {
  readonly version: string;
  /** The taxonomy is not usable when there is one. */
  readonly faults: readonly TaxonomyFinding[];
  /** Not wrong, but likely a slip: phrases that hide each other, tags without phrases in a language. */
  readonly notices: readonly TaxonomyFinding[];
  readonly tags: number;
  readonly phrases: number;
  /** Time the matcher took to compile, in milliseconds. */
  readonly compiledIn: number;
}

const namesFile = 'names.json';
/** The files a taxonomy is made of; names.json may be left out, then the shipped names stand. */
export const taxonomyFiles: readonly string[] = [...Object.keys(taxonomySources), namesFile];

const tagFiles = { sector: 'sectors.yaml', topic: 'topics.yaml', authority: 'authorities.yaml' } as const;
const tagsByFile = [['sector', sectors], ['topic', topics], ['authority', authorities]] as const;

/** Checks a set of data files, the shipped ones when none are given. Never throws: everything that is wrong is in the report. */
export function checkTaxonomy(sources: Readonly<Record<string, string>> = taxonomySources): TaxonomyReport {
  const faults = faultsOfFiles(sources);
  if (faults.length > 0) return { version: '', faults, notices: [], tags: 0, phrases: 0, compiledIn: 0 };
  const started = performance.now();
  try {
    const compiled = compileTaxonomy(sources);
    const compiledIn = Math.round(performance.now() - started);
    return {
      version: compiled.version, faults: faultsBetween(compiled, sources), notices: noticesOf(compiled, sources),
      tags: sectors.length + topics.length + authorities.length, phrases: compiled.phrases.length, compiledIn,
    };
  } catch (error) {
    return { version: '', faults: findingsOf(error), notices: [], tags: 0, phrases: 0, compiledIn: 0 };
  }
}

/** Each file by itself. */
function faultsOfFiles(sources: Readonly<Record<string, string>>): TaxonomyFinding[] {
  const unknown = Object.keys(sources).filter((file) => !taxonomyFiles.includes(file));
  return [
    ...Object.entries(fileReaders).flatMap(([file, read]) => {
      const source = sources[file];
      return source === undefined ? [{ file, line: 1, message: 'the file is missing' }] : faultsIn(() => read(source));
    }),
    ...faultsIn(() => sources[namesFile] === undefined || parseTaxonomyFile(namesFile, sources[namesFile], tagNamesSchema)),
    ...unknown.map((file) => ({ file, line: 1, message: `is no file of the taxonomy; it has ${taxonomyFiles.join(', ')}` })),
  ];
}

function faultsIn(read: () => unknown): TaxonomyFinding[] {
  try {
    read();
    return [];
  } catch (error) {
    return findingsOf(error);
  }
}

function findingsOf(error: unknown): TaxonomyFinding[] {
  if (!(error instanceof TaxonomyError)) throw error;
  return [error, ...error.others].map(({ file, line, problem }) => ({ file, line, message: problem }));
}

/** What only shows when the files are put together: tags without phrases or names, entries that name one another in vain. */
function faultsBetween({ entries, kinds }: CompiledTaxonomy, sources: Readonly<Record<string, string>>): TaxonomyFinding[] {
  const faults: TaxonomyFinding[] = [];
  const ids = new Set(entries.map(({ id }) => id));
  const names = sources[namesFile] === undefined ? tagNames : parseTaxonomyFile(namesFile, sources[namesFile], tagNamesSchema);
  for (const [kind, tags] of tagsByFile) {
    for (const id of tags) {
      if (!ids.has(id)) faults.push({ file: tagFiles[kind], line: 1, message: `the tag "${id}" has no phrases` });
      if (!names[id]) faults.push({ file: namesFile, line: 1, message: `the tag "${id}" has no names` });
    }
  }
  entries.forEach((entry, index) => {
    const known: readonly string[] | undefined = tagsByFile.find(([kind]) => kind === kinds[index])?.[1];
    const place = placeOf(entry.id, sources);
    if (known && !known.includes(entry.id)) faults.push({ ...place, message: `"${entry.id}" is no tag of the contract` });
    for (const other of [...(entry.needs ?? []), ...Object.keys(entry.against ?? {})]) {
      if (!ids.has(other)) faults.push({ ...place, message: `"${entry.id}" names the entry "${other}", which does not exist` });
    }
  });
  return faults;
}

function noticesOf({ entries, kinds }: CompiledTaxonomy, sources: Readonly<Record<string, string>>): TaxonomyFinding[] {
  return entries.flatMap((entry, index) => {
    const kind = kinds[index];
    return kind === 'sector' || kind === 'topic' || kind === 'authority' ? noticesOfTag(entry, sources) : [];
  });
}

function noticesOfTag(entry: TaxonomyEntry, sources: Readonly<Record<string, string>>): TaxonomyFinding[] {
  const notices: TaxonomyFinding[] = [];
  for (const language of ['en', 'es', 'fr'] as const) {
    const groups = entry[language];
    if (!groups) {
      if (!entry.any) notices.push({ ...placeOf(entry.id, sources), message: `"${entry.id}" has no phrases in ${language}` });
      continue;
    }
    const seen = new Map<string, string>();
    for (const [group, text] of Object.entries(groups)) {
      for (const phrase of phrasesIn(text)) {
        const key = phraseWords(phrase).join(' ');
        const before = seen.get(key);
        seen.set(key, before ?? group);
        if (key === '') notices.push({ ...placeOf(entry.id, sources, phrase), message: `"${entry.id}" (${language}): "${phrase}" is made of words that are not read` });
        else if (before !== undefined && before !== group) {
          notices.push({ ...placeOf(entry.id, sources, phrase), message: `"${entry.id}" (${language}): "${phrase}" is both ${before} and ${group}; ${before} counts` });
        }
      }
    }
  }
  return notices;
}

/** Where an entry is written, or a phrase of it; phrases from alternatives stand nowhere as such, so their entry does for them. */
function placeOf(id: string, sources: Readonly<Record<string, string>>, phrase?: string): Pick<TaxonomyFinding, 'file' | 'line'> {
  for (const file of Object.keys(fileReaders)) {
    const lines = (sources[file] ?? '').split('\n');
    const start = lines.findIndex((line) => line.replace(/\s+$/, '') === `- id: ${id}`);
    if (start < 0) continue;
    const length = lines.slice(start + 1).findIndex((line) => line.startsWith('- id: '));
    const within = phrase === undefined ? -1 : lines.slice(start, length < 0 ? undefined : start + 1 + length).findIndex((line) => line.includes(phrase));
    return { file, line: start + 1 + Math.max(within, 0) };
  }
  return { file: Object.keys(fileReaders)[0]!, line: 1 };
}
