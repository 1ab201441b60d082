import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './input-lines.ts';

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function linesOf(text: string | Buffer, size = 7, longest?: number): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  for await (const { number, bytes } of readLines(chunked(Buffer.from(text), size), longest)) {
    expect(number).toBe(lines.length + 1);
    lines.push(bytes?.toString());
  }
  return lines;
}

describe('reading lines', () => {
  it('splits at LF and CRLF, keeps blank lines and a last line without a line break', async () => {
    expect(await linesOf('one\r\ntwo\n\nthree')).toEqual(['one', 'two', '', 'three']);
    expect(await linesOf('one\n')).toEqual(['one']);
    expect(await linesOf('')).toEqual([]);
  });

  it('drops a byte order mark at the start and leaves one elsewhere alone', async () => {
    expect(await linesOf('\uFEFFone\n\uFEFFtwo')).toEqual(['one', '\uFEFFtwo']);
  });

  it('gives the same lines however the bytes are cut, also inside a character', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\r\n\uFEFF]/g, ''))), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      const text = lines.map((line) => `${line}\n`).join('');
      expect(await linesOf(text, size)).toEqual(lines);
    }));
  });

  it('counts a line that is too long without keeping it, and goes on after it', async () => {
    expect(await linesOf(`short\n${'x'.repeat(100)}\nshort\n${'y'.repeat(11)}`, 7, 10)).toEqual(['short', undefined, 'short', undefined]);
    expect(await linesOf('0123456789\r\n', 7, 11)).toEqual(['0123456789']);
  });
});
