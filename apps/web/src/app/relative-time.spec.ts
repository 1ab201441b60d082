import { describe, expect, it } from 'vitest';
import { fullTime, relativeTime, shortDate } from './relative-time.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const ago = (text: string) => relativeTime(now - milliseconds(text), now, 'UTC');

function milliseconds(text: string): number {
  const [amount = '0', unit = 's'] = text.split(' ');
  return Number(amount) * { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'min' | 'h' | 'd'];
}

describe('relative time', () => {
  it.each([
    ['0 s', 'just now'],
    ['44 s', 'just now'],
    ['46 s', '1 min ago'],
    ['59 min', '59 min ago'],
    ['59.6 min', '1 h ago'],
    ['23.4 h', '23 h ago'],
    ['23.6 h', '1 d ago'],
    ['6 d', '6 d ago'],
    ['7 d', '15 Nov'],
    ['400 d', '18 Oct 2025'],
  ])('says of %s before now: %s', (distance, words) => {
    expect(ago(distance)).toBe(words);
  });

  it('looks ahead as well, and takes a clock that runs a little ahead for now', () => {
    expect(relativeTime(now + 10_000, now)).toBe('just now');
    expect(relativeTime(now + 11 * 60_000, now)).toBe('in 11 min');
  });

  it('does not fail on a time that is none', () => {
    expect(relativeTime(Number.NaN, now)).toBe('unknown');
    expect(fullTime(Number.NaN)).toBe('unknown');
  });
});

describe('a date', () => {
  it('is that of the time zone it is read in', () => {
    const newYear = Date.parse('2026-01-01T02:00:00Z');
    expect(shortDate(newYear, newYear, 'UTC')).toBe('1 Jan');
    expect(shortDate(newYear, now, 'America/Mexico_City')).toBe('31 Dec 2025');
  });

  it('in full carries weekday, time and zone', () => {
    expect(fullTime(now, 'UTC')).toBe('Sun, 22 Nov 2026, 12:00 UTC');
  });
});
