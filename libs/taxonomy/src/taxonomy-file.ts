/** Reads the taxonomy's YAML files: the schema an editor must keep to, and errors that name the file and the line at fault. */
import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { PhraseError, spellOut } from './phrase.ts';

/** A bad taxonomy file; the message is `file:line: what is wrong`. */
export class TaxonomyError extends Error {
  override readonly name = 'TaxonomyError';
  readonly file: string;
  readonly line: number;
  readonly problem: string;
  /** The file's further faults. */
  readonly others: readonly TaxonomyError[];
  constructor(file: string, line: number, problem: string, others: readonly TaxonomyError[] = []) {
    super(`${file}:${line}: ${problem}`);
    this.file = file;
    this.line = line;
    this.problem = problem;
    this.others = others;
  }
}

/** Throws the first of a file's faults, which carries the others; nothing where there is none. */
function throwFirst([first, ...others]: readonly TaxonomyError[]): void {
  if (first) throw new TaxonomyError(first.file, first.line, first.problem, others);
}

/** Phrases separated by commas or line ends, by how much a hit says. */
const phraseGroupsSchema = z.strictObject({
  strong: z.string().optional(),
  medium: z.string().optional(),
  weak: z.string().optional(),
});
export type PhraseGroups = z.infer<typeof phraseGroupsSchema>;

export const entrySchema = z.strictObject({
  id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} .&/-]*$/u, 'must be letters and digits, joined by "-", ".", "/", "&" or a space'),
  /** Why the entry exists, where the id does not say it. */
  note: z.string().optional(),
  /** The probability from which the tag is given; the default of its kind is in scoring.yaml. */
  threshold: z.number().positive().max(1).optional(),
  /** Entries of which one must have a hit in the article for the tag to be given. */
  needs: z.array(z.string()).optional(),
  /** Entries whose score in an article is taken off this one's, each times its weight. */
  against: z.record(z.string(), z.number().positive()).optional(),
  /** What a hit in the title, lead or body counts for, where it is not as scoring.yaml has it. */
  title: z.number().nonnegative().optional(),
  lead: z.number().nonnegative().optional(),
  body: z.number().nonnegative().optional(),
  any: phraseGroupsSchema.optional(),
  en: phraseGroupsSchema.optional(),
  es: phraseGroupsSchema.optional(),
  fr: phraseGroupsSchema.optional(),
});
export type TaxonomyEntry = z.infer<typeof entrySchema>;
export const entriesSchema = z.array(entrySchema);

/** The phrases of one group as written; commas and line ends separate them. */
export function writtenPhrases(group: string | undefined): string[] {
  return (group ?? '').split(/[,\n]/).map((phrase) => phrase.trim()).filter((phrase) => phrase !== '');
}

/** The phrases of one group, spelt out. */
export function phrasesIn(group: string | undefined): string[] {
  if (group === undefined) return [];
  const phrases = writtenPhrases(group);
  return /[()|]/.test(group) ? phrases.flatMap(spellOut) : phrases;
}

function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Parses and checks a file; throws a TaxonomyError of its first fault, which carries the others. */
export function parseTaxonomyFile<T>(file: string, source: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, strict: true });
  throwFirst(document.errors.map(({ pos, message }) => new TaxonomyError(file, lines.linePos(pos[0]).line, message.split('\n')[0] ?? 'not YAML')));
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throwFirst(parsed.error.issues.map(({ path, message }) => new TaxonomyError(file, lineOf(document, lines, path), `${path.join('.') || 'file'}: ${message}`)));
  throw parsed.error;
}

const countryTableSchema = z.record(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code'), z.string().regex(/^[^|]+\|[^|]+\|[^|]+$/, 'must be "English | Spanish | French"'));

/** Parses the compact table of countries: `BR: "Brazil; Brazilian | Brasil; brasileño | Brésil; brésilien"`. */
export function parseCountryTable(file: string, source: string): TaxonomyEntry[] {
  const table = parseTaxonomyFile(file, source, countryTableSchema);
  return Object.entries(table).map(([id, row]) => {
    const [en, es, fr] = row.split('|').map((cell): PhraseGroups => {
      const [strong, medium] = cell.split(';');
      return { strong, medium };
    });
    return { id, en, es, fr };
  });
}

const factTableSchema = z.strictObject({ agencies: z.record(z.string(), z.string()), companies: z.string() });

/** Parses the names of agencies and companies; each becomes an entry `agency/…` or `company/…`, read alike in every language. */
export function parseFactTable(file: string, source: string): TaxonomyEntry[] {
  const { agencies, companies } = parseTaxonomyFile(file, source, factTableSchema);
  return [
    ...Object.entries(agencies).map(([name, phrases]): TaxonomyEntry => ({ id: `agency/${name}`, any: { strong: phrases } })),
    ...companies.split(',').map((name) => name.trim()).filter((name) => name !== '').map((name): TaxonomyEntry => ({ id: `company/${name}`, any: { strong: name } })),
  ];
}

/** Parses a file of entries; checks every phrase's notation and that ids are unique. */
export function parseEntries(file: string, source: string): TaxonomyEntry[] {
  const entries = parseTaxonomyFile(file, source, entriesSchema);
  const seen = new Set<string>();
  const lines = source.split('\n');
  const lineWith = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1 || 1;
  const faults: TaxonomyError[] = [];
  for (const entry of entries) {
    if (seen.has(entry.id)) faults.push(new TaxonomyError(file, lines.findLastIndex((line) => line.includes(`id: ${entry.id}`)) + 1, `the id "${entry.id}" is used twice`));
    seen.add(entry.id);
    for (const language of ['any', 'en', 'es', 'fr'] as const) {
      for (const group of Object.values(entry[language] ?? {})) {
        if (group === undefined || !/[()|]/.test(group)) continue;
        for (const phrase of group.split(/[,\n]/).map((part) => part.trim()).filter((part) => /[()|]/.test(part))) {
          try {
            spellOut(phrase);
          } catch (error) {
            if (!(error instanceof PhraseError)) throw error;
            faults.push(new TaxonomyError(file, lineWith(phrase), error.message));
          }
        }
      }
    }
  }
  throwFirst(faults);
  return entries;
}
