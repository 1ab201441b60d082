// The places of a text that speak for a tag, cut out with some words around them.
import type { Evidence } from '@tradewatch/events';
import type { Span } from '../highlight.ts';

/** A piece of an article with the evidence in it; spans are UTF-16 offsets into the piece. */
export interface Passage {
  readonly field: 'title' | 'text';
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Words shown before and after evidence, in UTF-16 units. */
const around = 90;
const mostPassages = 3;
const longestPassage = 600;

/** The title, marked, and the first passages of the text; evidence that stands close together shares one. */
export function passagesOf({ title, text }: { readonly title: string; readonly text: string }, evidence: readonly Evidence[]): Passage[] {
  const inTitle = evidence.filter(({ field }) => field === 'title').map(({ start, end }) => ({ start, end: Math.min(end, title.length) })).filter(({ start, end }) => start < end);
  const spans = evidence.filter(({ field, start, end }) => field === 'text' && start < end && end <= text.length).toSorted((a, b) => a.start - b.start);
  const groups: Span[][] = [];
  for (const { start, end } of spans) {
    const last = groups.at(-1);
    const near = last !== undefined && start - last.at(-1)!.end <= around && end - last[0]!.start <= longestPassage;
    if (near) last.push({ start, end });
    else groups.push([{ start, end }]);
  }
  return [
    ...(inTitle.length > 0 ? [{ field: 'title' as const, text: title, spans: inTitle }] : []),
    ...groups.slice(0, mostPassages).map((group) => cutOut(text, group)),
  ];
}

function cutOut(text: string, spans: readonly Span[]): Passage {
  const first = spans[0]!.start;
  const last = Math.min(Math.max(...spans.map(({ end }) => end)), first + longestPassage);
  // Whole words at both ends; never half of a surrogate pair.
  const before = text.slice(Math.max(0, first - around), first);
  const from = first - before.length + (first > around ? Math.max(before.search(/\s/) + 1, 0) : 0);
  const after = text.slice(last, last + around);
  const to = last + (last + around < text.length ? Math.max(after.search(/\s\S*$/), 0) : after.length);
  const head = from > 0 ? '…' : '';
  const shift = head.length - from;
  return {
    field: 'text', text: `${head}${text.slice(from, to)}${to < text.length ? '…' : ''}`.replace(/\s/g, ' ').toWellFormed(),
    spans: spans.map(({ start, end }) => ({ start: start + shift, end: Math.min(end, to) + shift })),
  };
}
