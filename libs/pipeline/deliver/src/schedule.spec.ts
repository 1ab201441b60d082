import { describe, expect, it } from 'vitest';
import { dueTime, endOfQuietHours, nextDigest } from './schedule.ts';

const at = (iso: string): Date => new Date(iso);

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'America/Mexico_City' };
  it.each([
    ['before they begin', '2026-07-01T21:59:59-06:00', '2026-07-01T21:59:59-06:00'],
    ['as they begin', '2026-07-01T22:00:00-06:00', '2026-07-02T07:00:00-06:00'],
    ['after midnight', '2026-07-02T03:12:45-06:00', '2026-07-02T07:00:00-06:00'],
    ['in their last minute', '2026-07-02T06:59:59.999-06:00', '2026-07-02T07:00:00-06:00'],
    ['as they end', '2026-07-02T07:00:00-06:00', '2026-07-02T07:00:00-06:00'],
  ])('hold an alert raised %s until they end', (_, raised, due) => {
    expect(endOfQuietHours(at(raised), night)).toEqual(at(due));
  });

  it('may lie within one day', () => {
    const lunch = { from: '12:00', to: '14:00', timeZone: 'UTC' };
    expect(endOfQuietHours(at('2026-07-01T13:00:00Z'), lunch)).toEqual(at('2026-07-01T14:00:00Z'));
    expect(endOfQuietHours(at('2026-07-01T15:00:00Z'), lunch)).toEqual(at('2026-07-01T15:00:00Z'));
    expect(endOfQuietHours(at('2026-07-01T11:59:00Z'), lunch)).toEqual(at('2026-07-01T11:59:00Z'));
  });

  it('end by the clock on the wall in nights when it is changed', () => {
    const toronto = { from: '22:00', to: '07:00', timeZone: 'America/Toronto' };
    // Clocks go forward on 8 March 2026 and back on 1 November 2026.
    expect(endOfQuietHours(at('2026-03-07T23:00:00-05:00'), toronto)).toEqual(at('2026-03-08T07:00:00-04:00'));
    expect(endOfQuietHours(at('2026-10-31T23:00:00-04:00'), toronto)).toEqual(at('2026-11-01T07:00:00-05:00'));
  });

  it('that would end in the hour the clocks skip end when it is over', () => {
    const until = { from: '22:00', to: '02:30', timeZone: 'America/Toronto' };
    expect(endOfQuietHours(at('2026-03-08T01:00:00-05:00'), until)).toEqual(at('2026-03-08T03:30:00-04:00'));
  });
});

describe('a digest', () => {
  const digest = { type: 'digest', at: '08:00', timeZone: 'America/Mexico_City' } as const;
  it('goes out at the next local time, the next day once it has passed', () => {
    expect(nextDigest(at('2026-07-01T07:59:59-06:00'), digest)).toEqual(at('2026-07-01T08:00:00-06:00'));
    expect(nextDigest(at('2026-07-01T08:00:00-06:00'), digest)).toEqual(at('2026-07-02T08:00:00-06:00'));
  });

  it('goes out on the allowed days only', () => {
    // 3 July 2026 is a Friday.
    expect(nextDigest(at('2026-07-03T09:00:00-06:00'), { ...digest, days: ['mon', 'wed', 'fri'] })).toEqual(at('2026-07-06T08:00:00-06:00'));
    expect(nextDigest(at('2026-07-03T09:00:00-06:00'), { ...digest, days: ['fri'] })).toEqual(at('2026-07-10T08:00:00-06:00'));
  });

  it('keeps its local time when the clocks change', () => {
    const toronto = { type: 'digest', at: '08:00', timeZone: 'America/Toronto' } as const;
    expect(nextDigest(at('2026-03-07T12:00:00-05:00'), toronto)).toEqual(at('2026-03-08T08:00:00-04:00'));
    expect(nextDigest(at('2026-03-08T01:00:00-05:00'), { ...toronto, at: '02:30' })).toEqual(at('2026-03-08T03:30:00-04:00'));
  });

  it('is the only kind that waits without quiet hours', () => {
    const now = at('2026-07-01T12:00:00Z');
    expect(dueTime(now, { type: 'instant' }, null)).toEqual({ dueAt: now, digest: false });
    expect(dueTime(now, { type: 'instant' }, { from: '00:00', to: '23:59', timeZone: 'UTC' })).toEqual({ dueAt: at('2026-07-01T23:59:00Z'), digest: false });
    expect(dueTime(now, { type: 'digest', at: '13:00', timeZone: 'UTC' }, null)).toEqual({ dueAt: at('2026-07-01T13:00:00Z'), digest: true });
  });
});
