// The numbers that official documents carry. Two documents with different numbers are two, however alike their titles are.
import type { DocumentNumber } from './correction.ts';
import { storyWords } from './story-words.ts';

/** By kind. `unique`: what names this document and no other; `cases`: proceedings and acts it is about. */
export interface DocumentNumbers {
  readonly unique: ReadonlyMap<string, string>;
  readonly cases: ReadonlyMap<string, ReadonlySet<string>>;
}

const none: DocumentNumbers = { unique: new Map(), cases: new Map() };

export function documentNumbersOf(document: { readonly guid: string; readonly url: string; readonly title: string }): DocumentNumbers {
  if (!/\d{3}|-\d/.test(document.guid) && !/\d{3}|-\d/.test(document.title) && !/\d{4}/.test(document.url)) return none;
  const unique = new Map<string, string>();
  const cases = new Map<string, Set<string>>();
  for (const { kind, unique: isUnique, in: places, pattern } of storyWords.documents) {
    for (const place of places) {
      const found = [...document[place].slice(0, 1000).matchAll(new RegExp(pattern.source, 'giu'))].map((match) => match[1]!.toUpperCase());
      if (found.length === 0) continue;
      if (isUnique) unique.set(kind, unique.get(kind) ?? found[0]!);
      else cases.set(kind, new Set([...(cases.get(kind) ?? []), ...found]));
    }
  }
  return { unique, cases };
}

/** `kind:number` of all that name this document alone. */
export function uniqueNumbers({ unique }: DocumentNumbers): DocumentNumber[] {
  return [...unique].map(([kind, number]) => `${kind}:${number}`);
}

/** Whether both name the same document by number. */
export function nameOneDocument(a: DocumentNumbers, b: DocumentNumbers): boolean {
  return [...a.unique].some(([kind, number]) => b.unique.get(kind) === number);
}

/** Whether their numbers show two documents or two cases: both carry a number of a kind, and none in common. */
export function nameDifferentDocuments(a: DocumentNumbers, b: DocumentNumbers): boolean {
  if ([...a.unique].some(([kind, number]) => b.unique.has(kind) && b.unique.get(kind) !== number)) return true;
  return [...a.cases].some(([kind, numbers]) => {
    const others = b.cases.get(kind);
    return others !== undefined && ![...numbers].some((number) => others.has(number));
  });
}
