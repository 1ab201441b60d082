// Real: PostgreSQL. Entries are handed over as a poll would.
import { beforeAll, describe, expect, it } from 'vitest';
import { startFiling, type Entry, type Filing } from './filing.fixture.ts';

const at = '2026-07-01T10:00:00.000Z';
const entry = (n: number, fields: Partial<Entry> = {}): Entry => ({ id: `guid-${n}`, title: `Quota period ${n} opens for raw sugar`, link: `https://desk.example/${n}`, text: `Period ${n} opens at noon.`, published: at, ...fields });
const entries = (fields: (n: number) => Partial<Entry> = () => ({})): Entry[] => Array.from({ length: 20 }, (_, n) => entry(n, fields(n)));

describe('a feed that renews all guids', () => {
  let filing: Filing;
  beforeAll(async () => {
    filing = await startFiling();
  });

  async function news(before: readonly Entry[], after: readonly Entry[], authority: 'press' | 'official' = 'press'): Promise<readonly [number, number]> {
    const source = await filing.source({ authority });
    expect((await filing.file(source, before)).newArticles).toBe(before.length);
    const { newArticles, revisions } = await filing.file(source, after);
    // And what was renewed stays known.
    expect(await filing.file(source, after)).toMatchObject({ newArticles: 0, revisions: 0 });
    return [newArticles, revisions];
  }

  it.each(['press', 'official'] as const)('yields nothing new (%s)', async (authority) => {
    expect(await news(entries(), entries((n) => ({ id: `renewed-${n}` })), authority)).toEqual([0, 0]);
    expect(await news(entries(), entries((n) => ({ id: `renewed-${n}`, link: `https://m.desk.example/${n}/amp?utm_source=rss` })), authority)).toEqual([0, 0]);
    expect(await news(entries((n) => ({ title: `Notice ${n}` })), entries((n) => ({ title: `Notice ${n}`, id: `renewed-${n}` })), authority)).toEqual([0, 0]);
    expect(await news(entries((n) => ({ id: null, link: `https://desk.example/${n}` })), entries((n) => ({ id: null, link: `http://www.desk.example/${n}/?utm_medium=feed` })), authority)).toEqual([0, 0]);
  });

  it('yields nothing new where the links are renewed with them, or lead nowhere in particular', async () => {
    expect(await news(entries(), entries((n) => ({ id: `renewed-${n}`, link: `https://desk.example/go/${n}-x` })))).toEqual([0, 0]);
    expect(await news(entries(() => ({ link: 'https://desk.example/' })), entries((n) => ({ id: `renewed-${n}`, link: 'https://desk.example/' })))).toEqual([0, 0]);
    expect(await news(entries((n) => ({ title: `Notice ${n}`, published: null })), entries((n) => ({ title: `Notice ${n}`, published: null, id: `renewed-${n}`, link: `https://desk.example/go/${n}` })))).toEqual([0, 0]);
  });

  it('yields the revisions that came with it', async () => {
    expect(await news(entries(), entries((n) => ({ id: `renewed-${n}`, text: `Period ${n} opens a day later, the ministry said.` })))).toEqual([0, 20]);
  });

  it('yields what is new in it, and takes no document of one day for another', async () => {
    expect(await news(entries(), [...entries((n) => ({ id: `renewed-${n}` })), entry(99)])).toEqual([1, 0]);
    const notices = (first: number): Entry[] => Array.from({ length: 3 }, (_, n) => ({ id: `2026-0000${first + n}`, title: 'Airworthiness Directives; Airplanes', link: `https://register.example/${first + n}`, published: at }));
    expect(await news(notices(1), notices(4), 'official')).toEqual([3, 0]);
  });

  it('yields each entry where one guid stands on all of them', async () => {
    const same = entries(() => ({ id: 'https://desk.example/' }));
    expect(await news(same, same)).toEqual([0, 0]);
    expect(await news([same[0]!], same)).toEqual([19, 0]);
  });
});
