// Real: PostgreSQL; two stores on it stand for two replicas. Nothing is faked; no source is asked.
import { waitFor } from '@tradewatch/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { HostStore } from '../host/host.store.ts';
import { HeldLease } from './held-lease.ts';
import { PollStore } from './poll.store.ts';

const at = new Date('2026-07-01T12:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const well = { lastPolledAt: at, nextPollAt: later(900), consecutiveFailures: 0, errorCode: null, errorMessage: null };

describe('sources to be polled', () => {
  let crawl: Crawl;
  let hosts: HostStore;
  let polls: PollStore;
  let replica: PollStore;
  beforeAll(async () => {
    crawl = await startCrawl();
  });
  beforeEach(async () => {
    await crawl.database.source.deleteMany();
    await crawl.database.crawlHost.deleteMany();
    hosts = new HostStore(crawl.database);
    polls = new PollStore(crawl.database, hosts);
    replica = new PollStore(crawl.database, new HostStore(crawl.database));
  });
  const add = async (id: string, url: string, fields: Record<string, unknown> = {}) => {
    await crawl.addSource({ id, url });
    await crawl.database.source.update({ where: { id }, data: { nextPollAt: at, ...fields } });
  };
  const taken = async (store: PollStore, time: Date, most = 100) => (await store.takeDue(most, time, new Date(time.getTime() + 90_000))).map(({ source }) => source.id);

  it('are due when enabled, at their time, and not being polled', async () => {
    await add('due', 'https://a.example/feed');
    await add('disabled', 'https://b.example/feed', { enabled: false });
    await add('removed', 'https://c.example/feed', { removedAt: at });
    await add('leased', 'https://d.example/feed', { leaseUntil: later(60) });
    await add('not-yet', 'https://e.example/feed', { nextPollAt: later(1) });
    await add('left-by-a-crash', 'https://f.example/feed', { leaseUntil: later(-1) });
    expect(await polls.nextDueAt(at, 0)).toEqual(at);
    expect((await taken(polls, at)).sort()).toEqual(['due', 'left-by-a-crash']);
    expect(await taken(replica, at)).toEqual([]);
    expect(await polls.nextDueAt(at, 1000)).toEqual(later(1));
  });

  it('are taken one at a time a host, the longest overdue first, and the next when the gap is over', async () => {
    await add('second', 'https://a.example/2', { nextPollAt: later(-10) });
    await add('first', 'https://a.example/1', { nextPollAt: later(-20) });
    await add('other-port', 'https://a.example:8443/3', { nextPollAt: later(-5) });
    await add('other-host', 'https://b.example/4');
    expect(await taken(polls, at, 1)).toEqual(['first']);
    expect((await crawl.source('first')).leaseUntil).toEqual(later(90));
    expect(await taken(replica, at)).toEqual(['other-port', 'other-host']);
    await polls.record({ sourceId: 'first', until: later(90) }, well);
    expect(await taken(replica, later(1))).toEqual([]);
    await hosts.release([{ host: 'a.example', nextRequestAt: later(5) }]);
    expect(await polls.nextDueAt(later(1), 60_000)).toEqual(later(5));
    expect(await taken(replica, later(4))).toEqual([]);
    expect(await taken(replica, later(5))).toEqual(['second']);
  });

  it('go to one of many that take at the same moment', async () => {
    for (let n = 0; n < 30; n += 1) await add(`s${n}`, `https://h${n % 10}.example/${n}`);
    const lists = await Promise.all(Array.from({ length: 8 }, (_, n) => taken(n % 2 ? polls : replica, at, 5)));
    const ids = lists.flat();
    expect(new Set(ids).size).toBe(ids.length);
    const names = ids.map((id) => Number(id.slice(1)) % 10);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(5);
  });

  it('are not held up by a host with many of them', async () => {
    for (let n = 0; n < 40; n += 1) await add(`crowd${n}`, `https://crowd.example/${n}`, { nextPollAt: later(-100) });
    await add('alone', 'https://alone.example/feed');
    expect(await taken(polls, at, 2)).toEqual(['crowd0']);
    expect(await taken(polls, at, 2)).toEqual(['alone']);
  });

  it('take no record from a lease that ended and went to another', async () => {
    await add('a', 'https://a.example/feed');
    const record = { ...well, consecutiveFailures: 3, errorCode: 'timeout', errorMessage: 'late' };
    await polls.leaseNow('a', at, later(90));
    expect(await polls.leaseNow('a', later(60), later(150))).toBeUndefined();
    await polls.leaseNow('a', later(91), later(181));
    expect(await polls.record({ sourceId: 'a', until: later(90) }, record)).toBe(false);
    expect(await polls.recordUnchanged([{ ...well, lease: { sourceId: 'a', until: later(90) }, url: 'https://a.example/feed' }])).toEqual([false]);
    expect(await polls.renew({ sourceId: 'a', until: later(90) }, later(300))).toBeUndefined();
    await polls.release({ sourceId: 'a', until: later(90) });
    expect(await crawl.source('a')).toMatchObject({ leaseUntil: later(181), errorCode: null });
  });

  it('stay with a poller that takes long, and not with one that is gone', async () => {
    await crawl.addSource({ id: 'slow', url: 'https://a.example/feed' });
    const leased = await polls.leaseNow('slow', new Date(), new Date(Date.now() + 1000));
    const held = new HeldLease(polls, systemClock, { sourceId: 'slow', until: leased!.leaseUntil! }, 20);
    await waitFor('a renewal', async () => (await crawl.source('slow')).leaseUntil! > leased!.leaseUntil!);
    const lease = await held.settle();
    expect((await crawl.source('slow')).leaseUntil).toEqual(lease.until);
    expect(await polls.leaseNow('slow', new Date(lease.until.getTime() - 1), later(0))).toBeUndefined();
    expect(await polls.leaseNow('slow', lease.until, new Date(lease.until.getTime() + 1000))).toMatchObject({ id: 'slow' });
  });
});
