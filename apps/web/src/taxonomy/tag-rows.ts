import type { MarkCount, MarkDimension } from '../api/marks.ts';
import type { Names } from '../app/names.ts';
import { tagLabel } from '../marks/tag-label.ts';

/** A tag in the list of all. */
export interface TagRow {
  readonly tag: string;
  readonly label: string;
  readonly definition: string | undefined;
  /** Articles with it lately; undefined where that is not counted. */
  readonly articles: number | undefined;
  readonly marks: Pick<MarkCount, 'right' | 'wrong' | 'missing'> | undefined;
}

export interface TagGroup {
  readonly dimension: Exclude<MarkDimension, 'relevant'>;
  readonly title: string;
  readonly rows: readonly TagRow[];
}

interface Known {
  /** By `dimension tag`. */
  readonly articles: ReadonlyMap<string, number>;
  readonly marks: readonly MarkCount[];
  /** What the reader looks for; empty for everything. */
  readonly words: string;
}

const titles = [['topic', 'Topics'], ['sector', 'Sectors'], ['authority', 'Legal authorities'], ['development', 'Developments'], ['jurisdiction', 'Jurisdictions']] as const;
/** Countries are many; without words, those that matter here or occurred. */
const homeCountries = new Set(['US', 'MX', 'CA', 'CN', 'EU']);

/** All tags in the taxonomy's order, by dimension; groups without a match are left out. */
export function tagGroups(names: Names, { articles, marks, words }: Known): TagGroup[] {
  const wanted = plain(words);
  return titles.flatMap(([dimension, title]): TagGroup[] => {
    const rows = tagsOf(names, dimension).map((tag): TagRow => ({
      tag, label: tagLabel(names, dimension, tag),
      definition: dimension === 'jurisdiction' ? undefined : dimension === 'development' ? names.definition('stage', tag.slice(tag.indexOf(':') + 1)) : names.definition(dimension, tag),
      articles: dimension === 'development' ? undefined : (articles.get(`${dimension} ${tag}`) ?? 0),
      marks: marks.find((each) => each.dimension === dimension && each.tag === tag),
    }));
    const shown = rows.filter(({ tag, label, definition = '', articles: count = 0, marks: said }) =>
      wanted === '' ? dimension !== 'jurisdiction' || count > 0 || said !== undefined || homeCountries.has(tag) : plain(`${tag} ${label} ${definition}`).includes(wanted));
    return shown.length === 0 ? [] : [{ dimension, title, rows: dimension === 'jurisdiction' ? shown.toSorted((a, b) => (b.articles ?? 0) - (a.articles ?? 0)) : shown }];
  });
}

function tagsOf(names: Names, dimension: TagGroup['dimension']): string[] {
  if (dimension !== 'development') return names.terms(dimension).map(({ value }) => value);
  return names.terms('development').flatMap((kind) => names.terms('stage').map((stage) => `${kind.value}:${stage.value}`));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
