import { describe, expect, it } from 'vitest';
import { formatInterval, parseInterval } from './poll-interval.ts';
import { idFromName } from './source-body.ts';

describe('a poll interval', () => {
  it.each([['1m', 60], ['15m', 900], ['90m', 5400], ['1h', 3600], ['36h', 129_600], ['1d', 86_400]])('%s is %i seconds', (text, seconds) => {
    expect(parseInterval(text)).toBe(seconds);
    expect(parseInterval(formatInterval(seconds))).toBe(seconds);
  });
  it.each(['', '0m', '15', 'm', '1.5h', '-1h', '15 m', '15s', '123456m', '1h30m'])('%j is none', (text) => {
    expect(parseInterval(text)).toBeUndefined();
  });
});

describe('an id made from a name', () => {
  it.each([['Secretaría de Economía', 'secretaria-de-economia'], ['  Le Devoir: économie! ', 'le-devoir-economie'], ['外交部', ''], ['x'.repeat(100), 'x'.repeat(64)]])('%j gives %j', (name, id) => {
    expect(idFromName(name)).toBe(id);
  });
});
