/** Where a hit stands in a piece of text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// Noncharacters (Unicode 23.7): never in text that is meant to be read, one UTF-16 unit each.
export const hitStart = '\uFDD0';
export const hitEnd = '\uFDD1';

/**
 * The spans that are marked in a text, as offsets into the text without its marks.
 * @param length of the text that was marked. PostgreSQL leaves out words of more than 2 kB when it marks; then offsets would
 * be wrong, and there are none.
 */
export function markedSpans(marked: string, length: number): Span[] {
  const spans: Span[] = [];
  let marks = 0;
  let start = -1;
  for (let index = 0; index < marked.length; index++) {
    const unit = marked[index];
    if (unit !== hitStart && unit !== hitEnd) continue;
    if (unit === hitStart) start = index - marks;
    else if (start >= 0) {
      spans.push({ start, end: index - marks });
      start = -1;
    }
    marks++;
  }
  return marked.length - marks === length ? spans : [];
}
