import { memo } from 'react';
import { segmentsOf } from '../article/evidence-segments.ts';
import type { Span } from '../api/articles.ts';

/** Text with the words that were searched for marked. */
export const Hits = memo(function Hits({ text, spans }: { readonly text: string; readonly spans: readonly Span[] | undefined }) {
  if (spans === undefined || spans.length === 0) return text;
  const segments = segmentsOf(text, spans.map(({ start, end }) => ({ start, end, key: 'hit' })));
  return segments.map((segment) => (segment.keys.length > 0 ? <mark key={segment.start}>{segment.text}</mark> : segment.text));
});
