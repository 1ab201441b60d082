import type { Revision } from '../api/articles.ts';

/** What a revision changed, in a few words: "3 words added, 1 removed". */
export function changeInWords({ revision, change, corrects }: Pick<Revision, 'revision' | 'change' | 'corrects'>): string {
  if (change === undefined) return revision === 1 ? 'first seen' : 'text taken from the page';
  const parts = [
    ...(corrects === undefined ? [] : ['correction']),
    ...(change.cosmetic ? ['cosmetic'] : []),
    ...(change.rewritten ? ['rewritten'] : []),
    ...(change.title === undefined ? [] : ['new title']),
    ...counted(change.wordsAdded, change.wordsRemoved),
  ];
  return parts.length === 0 ? 'punctuation' : parts.join(', ');
}

function counted(added: number, removed: number): string[] {
  const words = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'word' : 'words'}`;
  if (added > 0 && removed > 0) return [`${words(added)} added`, `${removed.toLocaleString('en')} removed`];
  if (added > 0) return [`${words(added)} added`];
  return removed > 0 ? [`${words(removed)} removed`] : [];
}
