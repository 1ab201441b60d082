import { describe, expect, it } from 'vitest';
import { dayAddress, dayWords, planDays } from './gazette-days.ts';

const at = (text: string) => new Date(text);
const monday = at('2026-11-23T16:00:00Z'); // 10:00 in Mexico City
const plan = (lastSucceededAt: string | null, gaps: string[] = [], lastPolledAt: string | null = lastSucceededAt) =>
  planDays({ lastSucceededAt: lastSucceededAt === null ? null : at(lastSucceededAt), lastPolledAt: lastPolledAt === null ? null : at(lastPolledAt), gaps }, monday);

describe('the days a gazette is asked for', () => {
  it('are today alone while it is read all day', () => {
    expect(plan('2026-11-23T15:00:00Z')).toEqual({ ask: ['2026-11-23'], leave: [] });
  });

  it('go back to the day of the last success, whose evening editions may be missing', () => {
    expect(plan('2026-11-21T02:00:00Z').ask).toEqual(['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20']);
  });

  it('are the last five for a source that is new', () => {
    expect(plan(null).ask).toHaveLength(5);
  });

  it('go back ten days at most', () => {
    expect(plan('2026-09-01T12:00:00Z', ['2026-08-01']).ask).toHaveLength(11);
  });

  it('take in fresh gaps at every poll and older ones four times a day', () => {
    const gaps = ['2026-11-15', '2026-11-21', '2026-11-23', '2026-11-01'];
    expect(plan('2026-11-23T15:00:00Z', gaps)).toEqual({ ask: ['2026-11-23', '2026-11-21'], leave: ['2026-11-15'] });
    expect(plan('2026-11-23T11:00:00Z', gaps)).toEqual({ ask: ['2026-11-23', '2026-11-21', '2026-11-15'], leave: [] });
  });

  it('are days in Mexico, whatever the hour elsewhere', () => {
    expect(planDays({ lastPolledAt: null, lastSucceededAt: at('2026-11-23T23:00:00Z'), gaps: [] }, at('2026-11-24T05:30:00Z')).ask).toEqual(['2026-11-23']);
  });
});

describe('a day', () => {
  it('is written into the address as the gazette has it', () => {
    expect(dayAddress('https://dof.example/notas/{DD-MM-YYYY}?x={DD-MM-YYYY}', '2026-11-03')).toBe('https://dof.example/notas/03-11-2026?x=03-11-2026');
  });
  it('is told in words', () => {
    expect(['2026-11-22 2026-11-21 2026-11-19', '2026-11-22 2026-11-20', '2026-11-22'].map((days) => dayWords(days.split(' ')))).toEqual(['22 November 2026 and 2 days before it', '22 November 2026 and one day before it', '22 November 2026']);
  });
});
