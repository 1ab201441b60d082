import { describe, expect, it } from 'vitest';
import { HostTurns } from './host-turns.ts';
import { HostsInMemory } from './hosts-in-memory.ts';
import { statedGapMs } from './host-gaps.ts';
import { systemClock } from '../clock.ts';

describe('a gap that a host asks for in words', () => {
  it('is known for it alone', () => {
    expect(statedGapMs('api.gdeltproject.org')).toBe(6000);
    expect(statedGapMs('example.org')).toBe(0);
  });

  it('is kept between two requests', async () => {
    const turns = new HostTurns(new HostsInMemory(), systemClock, 1);
    const address = new URL('https://api.gdeltproject.org/api');
    await turns.end(await turns.take(address));
    await expect(turns.take(address, 1000)).rejects.toMatchObject({ code: 'host-busy' });
    const other = new URL('https://example.org/');
    await turns.end(await turns.take(other));
    await expect(turns.take(other, 1000)).resolves.toMatchObject({ host: 'example.org' });
    turns.close();
  });
});
