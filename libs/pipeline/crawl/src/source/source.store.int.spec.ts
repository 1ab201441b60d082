// Real: PostgreSQL. Nothing is faked; no source is asked.
import { waitFor } from '@tradewatch/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { HeldLease } from '../poll/held-lease.ts';
import { parseSourceCatalog } from './source-catalog.ts';

const at = new Date('2026-07-01T12:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

describe('sources in the database', () => {
  let crawl: Crawl;
  beforeAll(async () => {
    crawl = await startCrawl();
  });
  beforeEach(async () => {
    await crawl.database.source.deleteMany();
  });
  const add = async (id: string, url: string, fields: Record<string, unknown> = {}) => {
    await crawl.addSource({ id, url });
    await crawl.database.source.update({ where: { id }, data: { nextPollAt: at, ...fields } });
  };

  it('are due when enabled, at their time, and not being polled', async () => {
    await add('due', 'https://a.example/feed');
    await add('disabled', 'https://b.example/feed', { enabled: false });
    await add('removed', 'https://c.example/feed', { removedAt: at });
    await add('leased', 'https://d.example/feed', { leaseUntil: later(60) });
    await add('not-yet', 'https://e.example/feed', { nextPollAt: later(1) });
    await add('left-by-a-crash', 'https://f.example/feed', { leaseUntil: later(-1) });
    expect((await crawl.sources.due(at)).sort()).toEqual(['due', 'left-by-a-crash']);
  });

  it('are taken one at a time a host, the longest overdue first', async () => {
    await add('second', 'https://a.example/2', { nextPollAt: later(-10) });
    await add('first', 'https://a.example/1', { nextPollAt: later(-20) });
    await add('other-port', 'https://a.example:8443/3', { nextPollAt: later(-5) });
    await add('other-host', 'https://b.example/4');
    expect((await crawl.sources.due(at)).sort()).toEqual(['first', 'other-host', 'other-port']);
    const leased = await crawl.sources.leaseDue('first', at, later(90));
    expect(leased).toMatchObject({ id: 'first', leaseUntil: later(90) });
    expect((await crawl.sources.due(at)).sort()).toEqual(['other-host', 'other-port']);
    expect(await crawl.sources.leaseDue('second', at, later(90))).toBeUndefined();
    expect(await crawl.sources.nextOfSameHost('first', at)).toBeUndefined();
    await crawl.sources.record({ sourceId: 'first', until: later(90) }, { lastPolledAt: at, nextPollAt: later(900), consecutiveFailures: 0, errorCode: null, errorMessage: null });
    expect(await crawl.sources.nextOfSameHost('first', at)).toBe('second');
  });

  it('let one of many lease a host at the same moment', async () => {
    const ids = Array.from({ length: 10 }, (_, i) => `s${i}`);
    for (const id of ids) await add(id, `https://a.example/${id}`);
    const leases = await Promise.all([...ids, ...ids].map((id) => crawl.sources.leaseDue(id, at, later(90))));
    expect(leases.filter(Boolean)).toHaveLength(1);
  });

  it('take no record from a lease that ended and went to another', async () => {
    await add('a', 'https://a.example/feed');
    const record = { lastPolledAt: at, nextPollAt: later(900), consecutiveFailures: 3, errorCode: 'timeout', errorMessage: 'late' };
    await crawl.sources.leaseNow('a', at, later(90));
    expect(await crawl.sources.leaseNow('a', later(60), later(150))).toBeUndefined();
    await crawl.sources.leaseNow('a', later(91), later(181));
    expect(await crawl.sources.record({ sourceId: 'a', until: later(90) }, record)).toBe(false);
    expect(await crawl.sources.renew({ sourceId: 'a', until: later(90) }, later(300))).toBeUndefined();
    await crawl.sources.release({ sourceId: 'a', until: later(90) });
    expect(await crawl.source('a')).toMatchObject({ leaseUntil: later(181), errorCode: null });
  });

  it('stay with a poller that takes long, and not with one that is gone', async () => {
    await crawl.addSource({ id: 'slow', url: 'https://a.example/feed' });
    const leased = await crawl.sources.leaseNow('slow', new Date(), new Date(Date.now() + 1000));
    const held = new HeldLease(crawl.sources, { sourceId: 'slow', until: leased!.leaseUntil! }, 20);
    await waitFor('a renewal', async () => (await crawl.source('slow')).leaseUntil! > leased!.leaseUntil!);
    const lease = await held.settle();
    expect((await crawl.source('slow')).leaseUntil).toEqual(lease.until);
    expect(await crawl.sources.leaseNow('slow', new Date(lease.until.getTime() - 1), later(0))).toBeUndefined();
    expect(await crawl.sources.leaseNow('slow', lease.until, new Date(lease.until.getTime() + 1000))).toMatchObject({ id: 'slow' });
  });

  describe('brought in from the catalog', () => {
    const catalog = (changes: Record<string, unknown> = {}) =>
      parseSourceCatalog(JSON.stringify([
        { id: 'ustr', name: 'USTR', kind: 'rss', url: 'https://ustr.gov/rss.xml', fallbacks: ['https://ustr.gov/b,"{}'], jurisdiction: 'US', language: 'en', authority: 'official', interval: '15m', ...changes },
        { id: 'dof', name: 'DOF', kind: 'rss', url: 'https://dof.gob.mx/rss', jurisdiction: 'MX', language: 'es', authority: 'official', interval: '1h' },
      ]), 'catalog');

    it('are added once, due at once, by callers at the same time', async () => {
      const written = await Promise.all([1, 2, 3].map(() => crawl.sources.bringIn(catalog(), at)));
      expect(written.flat().sort()).toEqual(['dof', 'ustr']);
      expect(await crawl.source('ustr')).toMatchObject({ fallbacks: ['https://ustr.gov/b,%22%7B%7D'], intervalSeconds: 900, nextPollAt: at });
      expect(await crawl.sources.bringIn(catalog(), later(10))).toEqual([]);
    });

    it('keep an edit made since, until their entry changes', async () => {
      await crawl.sources.bringIn(catalog(), at);
      await crawl.sources.update({ ...(await crawl.source('ustr')), name: 'Edited', enabled: false }, at);
      await crawl.sources.bringIn(catalog(), at);
      expect(await crawl.source('ustr')).toMatchObject({ name: 'Edited', enabled: false });
      expect(await crawl.sources.bringIn(catalog({ interval: '30m' }), at)).toEqual(['ustr']);
      expect(await crawl.source('ustr')).toMatchObject({ name: 'USTR', enabled: true, intervalSeconds: 1800 });
    });

    it('stay away once removed, stay when they leave the catalog, and leave alone what a person made', async () => {
      await crawl.sources.bringIn(catalog(), at);
      await crawl.sources.remove('ustr', at);
      await crawl.sources.bringIn(catalog(), at);
      expect(await crawl.sources.find('ustr')).toBeUndefined();
      await crawl.sources.bringIn([], at);
      expect((await crawl.sources.list()).map(({ id }) => id)).toEqual(['dof']);
      await crawl.database.source.deleteMany();
      await add('ustr', 'https://mine.example/feed');
      await crawl.sources.bringIn(catalog(), at);
      expect((await crawl.source('ustr')).url).toBe('https://mine.example/feed');
    });

    it('start anew at a new address, and keep their backfill and health otherwise', async () => {
      await crawl.sources.bringIn(catalog(), at);
      await crawl.database.source.update({ where: { id: 'ustr' }, data: { etag: '"1"', backfilledAt: at, lastSucceededAt: at } });
      await crawl.sources.bringIn(catalog({ name: 'Renamed' }), at);
      expect(await crawl.source('ustr')).toMatchObject({ name: 'Renamed', etag: '"1"', backfilledAt: at });
      await crawl.sources.bringIn(catalog({ url: 'https://ustr.gov/new.xml' }), at);
      expect(await crawl.source('ustr')).toMatchObject({ etag: null, backfilledAt: null });
    });
  });
});
