import type { Span } from './highlight.ts';

export interface Excerpt {
  /** Plain text on one line, at most `excerptLength` UTF-16 units. */
  readonly text: string;
  /** The hits that lie whole within it. */
  readonly highlights: readonly Span[];
}

export const excerptLength = 280;
/** What is shown before the first hit when that lies too deep for an excerpt from the beginning. */
const lead = 60;

/** A piece of a text around its first hit, or its beginning when there is none; cut at words, with an ellipsis where it is cut. */
export function excerptOf(opening: string, hits: readonly Span[] = []): Excerpt {
  const { text, offsets } = onOneLine(opening);
  const moved = hits.map(({ start, end }) => ({ start: offsets[start] ?? text.length, end: offsets[end] ?? text.length }));
  const first = moved[0];
  let from = 0;
  if (first && first.end > excerptLength - 20) {
    const space = text.indexOf(' ', Math.max(0, first.start - lead));
    from = space >= 0 && space < first.start ? space + 1 : first.start;
  }
  const before = from > 0 ? '…' : '';
  let to = text.length;
  if (to - from + before.length > excerptLength) {
    const room = from + excerptLength - before.length - 1;
    const space = text.lastIndexOf(' ', room);
    to = space > from + excerptLength / 2 ? space : room;
    // Never half of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(text[to - 1] ?? '')) to--;
  }
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to) + (to < text.length ? '…' : ''),
    highlights: moved.filter(({ start, end }) => start >= from && end <= to && start < end).map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
}

/** The text with every run of white space as one space, and for each offset into the original the offset into the result. */
function onOneLine(original: string): { text: string; offsets: Uint32Array } {
  const offsets = new Uint32Array(original.length + 1);
  let text = '';
  let copied = 0;
  for (const { index, 0: run } of original.matchAll(/\s+/g)) {
    for (let at = copied; at < index; at++) offsets[at] = text.length + at - copied;
    text += original.slice(copied, index);
    const end = index + run.length;
    // At either end of the text the white space goes altogether.
    offsets.fill(text.length, index, end);
    if (text !== '' && end < original.length) text += ' ';
    copied = end;
  }
  for (let at = copied; at <= original.length; at++) offsets[at] = text.length + at - copied;
  return { text: text + original.slice(copied), offsets };
}
