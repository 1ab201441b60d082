import { describe, expect, it } from 'vitest';
import { parseFeedDate } from './feed-date.ts';

const now = new Date('2026-07-20T12:00:00Z');
const read = (raw: string, language?: string): string => {
  const { iso, confidence } = parseFeedDate(raw, { now, language });
  return `${iso?.replace('.000Z', 'Z') ?? 'null'} ${confidence}`;
};

describe('a date in a feed', () => {
  it.each([
    ['Wed, 01 Jul 2026 07:00:00 GMT', '2026-07-01T07:00:00Z stated'],
    ['Mon, 02 Feb 2026 04:00:00 +0000', '2026-02-02T04:00:00Z stated'],
    ['Wed, 1 Jul 2026 3:05 EDT', '2026-07-01T07:05:00Z stated'],
    ['01 Jul 26 07:00 PST', '2026-07-01T15:00:00Z stated'],
    ['Wed,01 July 2026 07:00:00 -04:00', '2026-07-01T11:00:00Z stated'],
    ['Wednesday, July 1, 2026 - 3:30 pm EDT', '2026-07-01T19:30:00Z stated'],
    ['Jul 1, 2026 12:15 AM UTC', '2026-07-01T00:15:00Z stated'],
    ['Wed Jul  1 07:00:00 2026', '2026-07-01T07:00:00Z guessed'],
    ['Wed Jul 01 2026 07:00:00 GMT-0600 (Mountain Daylight Time)', '2026-07-01T13:00:00Z stated'],
    ['Wed, 01 Jul 2026 07:00:00 Etc/GMT', '2026-07-01T07:00:00Z stated'],
    ['Wed, 01 Jul 2026 07:00:00', '2026-07-01T07:00:00Z guessed'],
    ['Wed, 01 Jul 2026 07:00:00 XYZ', '2026-07-01T07:00:00Z guessed'],
  ])('reads RFC 822 with its usual errors: %s', (raw, expected) => expect(read(raw)).toBe(expected));

  it.each([
    ['2026-07-01T07:00:00Z', '2026-07-01T07:00:00Z stated'],
    ['2026-07-01T07:00:00-06:00', '2026-07-01T13:00:00Z stated'],
    ['2026-07-01T07:00:00.250+0200', '2026-07-01T05:00:00.250Z stated'],
    ['2026-07-01 07:00:00', '2026-07-01T07:00:00Z guessed'],
    ['2026-07-01 07:00:00 UTC', '2026-07-01T07:00:00Z stated'],
    ['2026-07-01', '2026-07-01T00:00:00Z stated'],
    ['20260701', '2026-07-01T00:00:00Z stated'],
    ['20260701T070000Z', '2026-07-01T07:00:00Z stated'],
    ['2026-182', '2026-07-01T00:00:00Z stated'],
    ['2026-07', '2026-07-01T00:00:00Z guessed'],
    ['1782889200', '2026-07-01T07:00:00Z guessed'],
    ['1782889200000', '2026-07-01T07:00:00Z guessed'],
  ])('reads ISO 8601 and its variants: %s', (raw, expected) => expect(read(raw)).toBe(expected));

  it.each([
    ['mié, 01 jul 2026 07:00:00 -0600', '2026-07-01T13:00:00Z stated'],
    ['1 de julio de 2026', '2026-07-01T00:00:00Z stated'],
    ['miércoles 1 de julio de 2026, 14:30 hrs', '2026-07-01T14:30:00Z guessed'],
    ['01/ene/2026', '2026-01-01T00:00:00Z stated'],
    ['mer., 1er juil. 2026 07:00:00 -0400', '2026-07-01T11:00:00Z stated'],
    ['le 1er février 2026 à 9 h 05', '2026-02-01T09:05:00Z guessed'],
    ['15 août 2025 10:00 HAE', '2025-08-15T14:00:00Z stated'],
  ])('reads Spanish and French dates: %s', (raw, expected) => expect(read(raw)).toBe(expected));

  it('lets the language decide between day and month, and says that it guessed', () => {
    expect(read('03/04/2026', 'en')).toBe('2026-03-04T00:00:00Z guessed');
    expect(read('03/04/2026', 'es')).toBe('2026-04-03T00:00:00Z guessed');
    expect(read('25/12/2025', 'en')).toBe('2025-12-25T00:00:00Z stated');
    expect(read('12/25/2025', 'es')).toBe('2025-12-25T00:00:00Z stated');
  });

  it('pulls a future date back to now', () => {
    expect(read('Fri, 01 Jan 2077 00:00:00 GMT')).toBe('2026-07-20T12:00:00Z guessed');
    expect(read('2026-07-20T12:00:30Z')).toBe('2026-07-20T12:00:30Z stated');
  });

  it.each(['', '  ', 'yesterday', 'n/a', '0000-00-00', '2026-13-45', '99:99', 'Wed, 45 Foo 2026', '('.repeat(5000), '1'.repeat(200), '-0312'])('says that %j is no date', (raw) => {
    expect(parseFeedDate(raw, { now })).toEqual({ iso: null, confidence: 'absent' });
  });
});
