import { waitFor } from '@tradewatch/testing';
import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';
import type { Backlog } from './reclassifications.store.ts';

function pace(over: Partial<ConstructorParameters<typeof Pace>[0]> = {}): { pace: Pace; still: string[] } {
  const still: string[] = [];
  return { still, pace: new Pace({ rate: 1e6, ahead: 10, backlogs: async () => [], onStill: (group) => still.push(group), stillAfterMs: 60_000, ...over }) };
}

describe('the pace of a replay', () => {
  it('is no faster than its rate', async () => {
    const { pace: slow } = pace({ rate: 200 });
    const began = performance.now();
    for (let chunk = 0; chunk < 4; chunk++) await slow.after(10);
    expect(performance.now() - began).toBeGreaterThan(190);
  });

  it('waits while a reader is behind and goes on when it has caught up', async () => {
    let backlog: Backlog = { group: 'archive', lag: 50, moved: 1n };
    let looks = 0;
    const { pace: waiting, still } = pace({ backlogs: async () => (looks++, [backlog]) });
    let went = false;
    const gone = waiting.after(10).then(() => (went = true));
    await waitFor('a second look', () => looks >= 2);
    expect(went).toBe(false);
    backlog = { group: 'archive', lag: 3, moved: 48n };
    await gone;
    expect(still).toEqual([]);
  });

  it('does not wait for a reader that stands still, says so once, and waits for it again when it moves', async () => {
    let backlog: Backlog = { group: 'archive', lag: 50, moved: 1n };
    const { pace: waiting, still } = pace({ backlogs: async () => [backlog], stillAfterMs: 0 });
    await waiting.after(10);
    await waiting.after(10);
    expect(still).toEqual(['archive']);
    backlog = { group: 'archive', lag: 3, moved: 70n };
    await waiting.after(10);
    expect(still).toEqual(['archive']);
  });

  it('ends its wait when it is told to stop', async () => {
    const stop = new AbortController();
    const { pace: waiting } = pace({ rate: 0.001, signal: stop.signal, backlogs: async () => [{ group: 'archive', lag: 50, moved: 1n }] });
    const gone = waiting.after(10);
    stop.abort();
    await gone;
  });
});
