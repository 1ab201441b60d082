import { describe, expect, it } from 'vitest';
import { csvCell, csvRecord } from './csv.ts';

describe('a CSV record', () => {
  it('quotes what RFC 4180 says must be quoted and ends with CRLF', () => {
    expect(csvRecord(['plain', 'a,b', 'say "no"', 'two\nlines', ''])).toBe('plain,"a,b","say ""no""","two\nlines",\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\tx', '\rx', '＝1', '＋1', '－1', '＠x', '=HYPERLINK("http://x","y")'])('disarms %j', (value) => {
    expect(csvCell(value).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each(['a=b', '25%', '2026-07-01', 'T-MEC'])('leaves %j alone', (value) => {
    expect(csvCell(value)).toBe(value);
  });
});
