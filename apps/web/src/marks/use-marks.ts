import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deleteMark, getMarks, putMark, type Mark, type MarkedTag, type Verdict } from '../api/marks.ts';

/** What everybody says of an article's tags. */
export function useArticleMarks(articleId: string) {
  return useQuery({ queryKey: ['marks', articleId], queryFn: ({ signal }) => getMarks(articleId, signal), select: ({ items }) => items, staleTime: 60_000 });
}

interface Change {
  readonly about: MarkedTag;
  /** Null takes the reader's word back. */
  readonly verdict: Verdict | null;
}

/** Says something of a tag, or takes it back; pending until the server's word is shown. */
export function useMarkChange() {
  const client = useQueryClient();
  return useMutation<unknown, Error, Change>({
    mutationFn: ({ about, verdict }) => (verdict === null ? deleteMark(about) : putMark(about, verdict)),
    onError: (error) => notifications.show({ title: 'The mark was not kept', message: error.message, color: 'red' }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['marks'] }), client.invalidateQueries({ queryKey: ['tag-hits'] })]),
  });
}

export interface Marking {
  /** What the reader says; at once what was just pressed. */
  readonly verdict: Verdict | undefined;
  /** What others say, in words. */
  readonly others: string | undefined;
  /** Says it, or takes it back where it is said already. */
  toggle(verdict: Verdict): void;
}

/** The reader's word on one tag, and how to change it. @param marks all marks of the article, or of this tag on it. */
export function useMarking(about: MarkedTag, marks: readonly Mark[]): Marking {
  const change = useMarkChange();
  const own = marks.filter((mark) => isAbout(mark, about));
  const mine = own.find((mark) => mark.mine)?.verdict;
  const verdict = change.isPending ? (change.variables.verdict ?? undefined) : mine;
  const others = own.filter((mark) => !mark.mine).map(({ by, verdict: said }) => `${by ?? 'somebody'} says ${said}`);
  return { verdict, others: others.length > 0 ? others.join(', ') : undefined, toggle: (said) => change.mutate({ about, verdict: said === verdict ? null : said }) };
}

function isAbout(mark: Mark, { articleId, revision, dimension, tag }: MarkedTag): boolean {
  return mark.articleId === articleId && mark.revision === revision && mark.dimension === dimension && mark.tag === tag;
}
