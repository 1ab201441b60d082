import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from './decode-bytes.ts';

const sample = 'Acuerdo: México y Québec, «ñ»';
const declared = (encoding: string, text = sample): string => `<?xml version="1.0" encoding="${encoding}"?><rss><title>${text}</title></rss>`;

describe('decoding bytes', () => {
  it.each(['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'macroman', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('reads %s as its XML declaration says', (encoding) => {
    expect(decodeBytes(iconv.encode(declared(encoding), encoding)).text).toBe(declared(encoding));
  });

  it.each([
    ['big5', '美墨加協定'], ['gb18030', '美墨加协定'], ['euc-kr', '관세'], ['shift_jis', '関税'], ['euc-jp', '関税'], ['windows-1251', 'Пошлины'], ['koi8-r', 'Пошлины'],
  ])('reads %s', (encoding, text) => {
    expect(decodeBytes(iconv.encode(declared(encoding, text), encoding)).text).toBe(declared(encoding, text));
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('believes the byte order mark of %s before anything else', (encoding) => {
    const bytes = iconv.encode(`\ufeff${declared('iso-8859-1')}`, encoding);
    expect(decodeBytes(bytes, 'text/xml; charset=big5').text).toBe(declared('iso-8859-1'));
  });

  it('believes UTF-8 that is valid before a declaration that says otherwise', () => {
    expect(decodeBytes(Buffer.from(declared('iso-8859-1')), 'application/rss+xml; charset=ISO-8859-1').text).toContain(sample);
  });

  it('believes HTTP before the XML declaration', () => {
    const bytes = iconv.encode(declared('koi8-r', 'Пошлины'), 'windows-1251');
    expect(decodeBytes(bytes, "text/xml;charset='windows-1251'").text).toContain('Пошлины');
  });

  it('falls back to windows-1252 where UTF-8 was declared and is not', () => {
    const decoded = decodeBytes(iconv.encode(declared('utf-8'), 'windows-1252'));
    expect(decoded.text).toContain(sample);
    expect(decoded.declaredWrongly).toBe(true);
  });

  it('ignores encodings that do not exist', () => {
    expect(decodeBytes(iconv.encode(declared('bogus'), 'windows-1252'), 'text/xml; charset=nonsense').text).toContain(sample);
  });

  it('keeps UTF-8 in which a few bytes are broken', () => {
    const bytes = Buffer.concat([Buffer.from(declared('utf-8', 'é'.repeat(50))), Buffer.from([0xff])]);
    expect(decodeBytes(bytes).text).toContain('é'.repeat(50));
  });

  it('does not mistake seven-bit encodings for ASCII', () => {
    expect(decodeBytes(Buffer.from('<?xml version="1.0" encoding="utf-7"?><a>+AOk-</a>')).text).toContain('é');
  });

  it.each([['cp037', 0x80, 'Ø'], ['ebcdic-cp-be', 0x80, 'Ø'], ['cp500', 0x4a, '['], ['ibm1140', 0x9f, '€']])('reads EBCDIC (%s)', (encoding, byte, character) => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const codes = [...[0x81, 0x91].flatMap((first) => Array.from({ length: 9 }, (_, index) => first + index)), ...Array.from({ length: 8 }, (_, index) => 0xa2 + index)];
    const others: Record<string, number> = { '<': 0x4c, '>': 0x6e, '?': 0x6f, '=': 0x7e, '"': 0x7f, ' ': 0x40, '-': 0x60, '/': 0x61, '.': 0x4b };
    const encode = (text: string): number[] => Array.from(text, (c) => (/\d/.test(c) ? 0xf0 + Number(c) : letters.includes(c) ? (codes[letters.indexOf(c)] ?? 0) : (others[c] ?? 0x40)));
    const bytes = Uint8Array.from([...encode(`<?xml version="1.0" encoding="${encoding}"?><rss>`), byte, ...encode('</rss>')]);
    expect(decodeBytes(bytes).text).toContain(`<rss>${character}</rss>`);
  });

  it('reads punctuation that was moved into the control range', () => {
    expect(decodeBytes(Buffer.from('don\u0092t')).text).toBe('don’t');
  });
});
