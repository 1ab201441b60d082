// A tag as its editor sees it: what it means, the phrases it is found by, and what else must or must not stand beside them.
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { GROUP_WEIGHTS, tagNames, taxonomy, writtenPhrases, type EntryKind, type TaxonomyEntry } from '@tradewatch/taxonomy';
import { countryNames, type Names } from '../country-names.ts';
import type { MarkDimension } from '../marks/mark.ts';

const phraseLanguages = ['any', 'en', 'es', 'fr'] as const;

/** Phrases as written in the data (`(a|b)` are alternatives), by how much a hit says. */
export interface PhraseList {
  /** `any` reads alike in every language. */
  readonly language: (typeof phraseLanguages)[number];
  readonly strong: readonly string[];
  readonly medium: readonly string[];
  readonly weak: readonly string[];
}

/** An entry of the taxonomy that helps or hinders the tag, with a few of its phrases. */
export interface NamedEntry {
  readonly id: string;
  readonly note: string | null;
  readonly phrases: readonly string[];
}

export interface TagDescription {
  readonly dimension: MarkDimension;
  readonly id: string;
  readonly names: Names;
  readonly definition: Names | null;
  readonly taxonomyVersion: string;
  /** The probability from which the tag is given; null where its kind has none of its own. */
  readonly threshold: number | null;
  /** What one hit of a phrase counts for. */
  readonly weights: { readonly strong: number; readonly medium: number; readonly weak: number };
  /** What a hit counts for by where it stands. */
  readonly places: { readonly title: number; readonly lead: number; readonly body: number; readonly tail: number };
  readonly phrases: readonly PhraseList[];
  /** One of these must stand in the article. */
  readonly needs: readonly NamedEntry[];
  /** What these score is taken off, times the weight. */
  readonly against: readonly (NamedEntry & { readonly weight: number })[];
  /** Entries that, together in one sentence, speak for the tag. */
  readonly combinations: readonly { readonly all: readonly NamedEntry[]; readonly weight: number }[];
}

const kinds: Readonly<Partial<Record<MarkDimension, EntryKind>>> = { sector: 'sector', topic: 'topic', authority: 'authority', jurisdiction: 'jurisdiction' };
const shownPhrases = 12;

/** @returns null where the taxonomy has no phrases for such a tag. */
export function describeTag(dimension: MarkDimension, id: string): TagDescription | null {
  const { entries, kinds: kindOf, indexOf, scoring, combinations, combinationsByBit, comboBit, phrases, version } = taxonomy();
  const ids = dimension === 'development' ? developmentEntries(id) : [id];
  const found = ids.flatMap((each) => {
    const index = indexOf.get(each);
    return index === undefined || (kinds[dimension] !== undefined && kindOf[index] !== kinds[dimension]) ? [] : [{ index, entry: entries[index]! }];
  });
  const [first] = found;
  if (!first || dimension === 'relevant') return null;
  const named = (each: string): NamedEntry => namedEntry(each, entries[indexOf.get(each) ?? -1]);
  const partsOf = (bits: readonly number[]): string[] => bits.map((bit) => entries[comboBit.indexOf(bit)]!.id);
  const indexes = new Set(found.map(({ index }) => index));
  const { title = scoring.title, lead = scoring.lead, body = scoring.body, threshold } = first.entry;
  const kind = kindOf[first.index]!;
  const ownThreshold = kind === 'sector' || kind === 'topic' || kind === 'authority' || kind === 'jurisdiction' ? scoring.thresholds[kind] : null;
  return {
    dimension, id, ...namesOf(dimension, id), taxonomyVersion: version, threshold: threshold ?? ownThreshold, weights: GROUP_WEIGHTS,
    places: { title, lead, body, tail: scoring.tail },
    phrases: phraseLanguages.map((language): PhraseList => ({
      language,
      strong: found.flatMap(({ entry }) => writtenPhrases(entry[language]?.strong)),
      medium: found.flatMap(({ entry }) => writtenPhrases(entry[language]?.medium)),
      weak: found.flatMap(({ entry }) => writtenPhrases(entry[language]?.weak)),
    })).filter(({ strong, medium, weak }) => strong.length + medium.length + weak.length > 0),
    needs: found.flatMap(({ entry }) => (entry.needs ?? []).map(named)),
    against: found.flatMap(({ entry }) => Object.entries(entry.against ?? {}).map(([each, weight]) => Object.assign(named(each), { weight }))),
    combinations: combinationsByBit.length === 0 ? [] : combinations.filter(({ entry }) => indexes.has(entry)).map(({ bits, phrase }) => ({ all: partsOf(bits).map(named), weight: phrases[phrase]!.weight })),
  };
}

/** A development is told by turns of phrase of its own, and by verbs of its stage beside the measure. */
function developmentEntries(pair: string): string[] {
  const [kind, stage] = pair.split(':');
  return [`${kind}/${stage}`, `stage/${stage}`];
}

function namesOf(dimension: MarkDimension, id: string): Pick<TagDescription, 'names' | 'definition'> {
  if (dimension === 'jurisdiction') return { names: countryNames(id), definition: null };
  const [head, tail] = id.split(':') as [string, string?];
  const isDevelopment = tail !== undefined && (developmentKinds as readonly string[]).includes(head) && (developmentStages as readonly string[]).includes(tail);
  const name = (language: keyof Names, each: string): string => tagNames[each]?.name[language] ?? each;
  const both = (language: keyof Names): string => (isDevelopment ? `${name(language, head)}: ${name(language, tail).toLowerCase()}` : name(language, id));
  return { names: { en: both('en'), es: both('es'), fr: both('fr') }, definition: (tagNames[isDevelopment ? tail : id]?.definition ?? null) };
}

function namedEntry(id: string, entry: TaxonomyEntry | undefined): NamedEntry {
  const phrases = phraseLanguages.flatMap((language) => Object.values(entry?.[language] ?? {}).flatMap((group) => writtenPhrases(group)));
  return { id, note: entry?.note ?? null, phrases: phrases.slice(0, shownPhrases) };
}
