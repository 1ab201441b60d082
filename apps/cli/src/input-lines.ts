// Lines of a byte stream without holding more than one of them: memory stays the same for 1 KB and for 1 GB.

/** One line as bytes, without its line break; `bytes` is undefined where the line is longer than the limit. */
export interface InputLine {
  /** Counts from 1. */
  readonly number: number;
  readonly bytes: Buffer | undefined;
}

/** Longest line taken, bytes. An article of a million words is shorter. */
export const longestLineBytes = 32 * 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Splits at LF or CRLF; a byte order mark at the start is dropped; the last line needs no line break. */
export async function* readLines(chunks: AsyncIterable<Buffer>, longest = longestLineBytes): AsyncGenerator<InputLine> {
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > longest) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (): InputLine => {
    number += 1;
    const bytes = length > longest ? undefined : trimmed(parts.length === 1 ? parts[0]! : Buffer.concat(parts), number === 1);
    parts = [];
    length = 0;
    return { number, bytes };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

function trimmed(line: Buffer, isFirst: boolean): Buffer {
  const start = isFirst && line.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  return line.subarray(start, line.at(-1) === carriageReturn ? line.length - 1 : line.length);
}
