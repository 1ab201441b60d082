import { describe, expect, it } from 'vitest';
import { namesFrom } from '../app/names.ts';
import { conditionsOf, daysWords, modeWords } from './rule-words.ts';

describe('a rule in words', () => {
  it('names each condition and leaves out what does not restrict', () => {
    const filter = { sectors: ['automotive', 'energy'], topics: [], developments: [{ kind: 'tariff', stages: ['in-effect'] }, { kind: 'review' }], query: 'origin', sources: ['dof'] };
    expect(conditionsOf(filter, namesFrom(undefined), (id) => id.toUpperCase())).toEqual([
      { subject: 'Development', values: ['Tariff (in effect)', 'Review'] },
      { subject: 'Sector', values: ['Automotive', 'Energy'] },
      { subject: 'Words', values: ['“origin”'] },
      { subject: 'Source', values: ['DOF'] },
    ]);
  });

  it.each([
    [undefined, 'every day'],
    [['mon', 'tue', 'wed', 'thu', 'fri'] as const, 'Mon–Fri'],
    [['fri', 'mon'] as const, 'Mon, Fri'],
    [['sat', 'sun'] as const, 'Sat, Sun'],
    [['mon', 'wed', 'fri'] as const, 'Mon, Wed, Fri'],
  ])('says the days %j as %s', (days, words) => {
    expect(daysWords(days)).toBe(words);
  });

  it('says when a digest comes', () => {
    expect(modeWords({ type: 'digest', at: '08:00', timeZone: 'America/New_York' })).toBe('Digest at 08:00, every day (New York)');
  });
});
