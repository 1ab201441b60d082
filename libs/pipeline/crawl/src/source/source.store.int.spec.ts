// Real: PostgreSQL. Nothing is faked; no source is asked.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
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
