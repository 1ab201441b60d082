/** Cuts a text where evidence starts and ends, so that overlapping spans can be lit up one by one. */

export interface KeyedSpan {
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What the span is evidence of, e.g. `sector:automotive`. */
  readonly key: string;
}

export interface Segment {
  /** Offset of the segment in the text that was cut. */
  readonly start: number;
  readonly text: string;
  /** Everything this stretch is evidence of; empty for plain text. Each key once, in order of appearance. */
  readonly keys: readonly string[];
}

/**
 * The text as consecutive segments; joined they are the text again. Spans may overlap, repeat and come in any order;
 * those that reach beyond the text are cut to it, and empty ones are dropped.
 */
export function segmentsOf(text: string, spans: readonly KeyedSpan[]): Segment[] {
  const valid = spans
    .map(({ start, end, key }) => ({ key, start: clamp(start, text.length), end: clamp(end, text.length) }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const cuts = [...new Set([0, text.length, ...valid.flatMap(({ start, end }) => [start, end])])].toSorted((a, b) => a - b);
  const segments: Segment[] = [];
  let next = 0;
  let open: typeof valid = [];
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1];
    if (end === undefined) break;
    open = open.filter((span) => span.end > start);
    for (let span = valid[next]; span !== undefined && span.start === start; span = valid[++next]) open.push(span);
    segments.push({ start, text: text.slice(start, end), keys: [...new Set(open.map(({ key }) => key))] });
  }
  return segments;
}

export interface Paragraph {
  readonly start: number;
  readonly text: string;
}

/** Paragraphs of a text (separated by blank lines) with their offsets; the separators are left out. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let start = 0;
  for (const piece of text.split('\n\n')) {
    if (piece.trim() !== '') paragraphs.push({ start, text: piece });
    start += piece.length + 2;
  }
  return paragraphs;
}

/** The spans that touch a paragraph, in offsets of that paragraph. */
export function spansIn(paragraph: Paragraph, spans: readonly KeyedSpan[]): KeyedSpan[] {
  const end = paragraph.start + paragraph.text.length;
  return spans
    .filter((span) => span.start < end && span.end > paragraph.start)
    .map((span) => ({ key: span.key, start: Math.max(span.start, paragraph.start) - paragraph.start, end: Math.min(span.end, end) - paragraph.start }));
}

const clamp = (offset: number, length: number) => Math.min(Math.max(Math.trunc(offset) || 0, 0), length);
