import { classify } from '@tradewatch/classify/classify-article.ts';
import { parseFeed } from '@tradewatch/crawl/feed/parse-feed.ts';
import { describe, expect, it } from 'vitest';
import { sampleArticles } from './sample-articles.ts';
import { feedDocument, type PublishedArticle } from './sample-documents.ts';
import { sampleFeeds } from './sample-feeds.ts';

describe('the sample site', () => {
  it('has 40 articles in three languages, each under an address of its own, a handful of them live', () => {
    expect(sampleArticles).toHaveLength(40);
    expect(new Set(sampleArticles.map(({ feed, slug }) => `${feed}/${slug}`)).size).toBe(40);
    expect(sampleArticles.filter(({ live }) => live)).toHaveLength(5);
    expect(new Set(sampleArticles.map(({ feed }) => sampleFeeds.find(({ id }) => id === feed)?.language))).toEqual(new Set(['en', 'es', 'fr']));
  });

  it.each(sampleFeeds)('serves $name so that the crawler reads every article of it whole', (feed) => {
    const articles = sampleArticles.filter((article) => article.feed === feed.id).map((article): PublishedArticle => Object.assign({ publishedAt: new Date('2026-05-01T10:00:00Z') }, article));
    const parsed = parseFeed(Buffer.from(feedDocument(feed, articles, 'http://site.example')), { now: new Date('2026-05-02T00:00:00Z') });
    if (parsed.error) throw new Error(parsed.error.message);
    expect(parsed.feed).toMatchObject({ title: feed.name, language: feed.language });
    expect(parsed.warnings).toEqual([]);
    expect(parsed.entries.map(({ title, link, text, published }) => ({ title, link, text, published }))).toEqual(articles.map(({ title, slug, text }) => ({
      title, link: `http://site.example/${feed.id}/${slug}.html`, text, published: '2026-05-01T10:00:00.000Z',
    })));
  });

  it('is tagged as a reader would tag it, nine times in ten', () => {
    const slips = sampleArticles.flatMap(({ slug, title, text, relevant, tariff }) => {
      const found = classify({ title, text });
      const stages = found.developments.filter(({ kind }) => kind === 'tariff').map(({ stage }) => stage);
      const isRight = found.relevant === relevant && stages.length === tariff.length && tariff.every((stage) => stages.includes(stage));
      return isRight ? [] : [`${slug}: ${found.relevant ? 'relevant' : 'not relevant'}, ${stages.join(' ') || 'no tariff development'}`];
    });
    expect(slips.length, slips.join('\n')).toBeLessThanOrEqual(sampleArticles.length / 10);
  });
});
