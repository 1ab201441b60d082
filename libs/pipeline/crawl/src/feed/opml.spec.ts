import { describe, expect, it } from 'vitest';
import { FeedProblem } from './feed-result.ts';
import { readOpml, writeOpml } from './opml.ts';

const problem = (text: string): string => {
  try {
    readOpml(Buffer.from(text));
  } catch (error) {
    return error instanceof FeedProblem ? error.code : String(error);
  }
  return 'no error';
};

describe('OPML', () => {
  it('reads feeds once each, with the folders around them', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>t</title></head><body>
      <outline text="Official"><outline text="US"><outline type="rss" text="FR" title="Federal &amp; Register" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" language="en_US"/></outline></outline>
      <outline text="again" xmlUrl="https://a.example/rss"/><outline xmlUrl="javascript:alert(1)" text="bad"/><outline xmlUrl="https://b.example/rss"/></body></opml>`;
    expect(readOpml(Buffer.from(text))).toEqual([
      { name: 'Federal & Register', url: 'https://a.example/rss', siteUrl: 'https://a.example/', language: 'en-US', folders: ['Official', 'US'] },
      { name: 'https://b.example/rss', url: 'https://b.example/rss', siteUrl: undefined, language: undefined, folders: [] },
    ]);
  });

  it('writes what it reads', () => {
    const sources = [
      { name: 'A & "B"', url: 'https://a.example/rss?x=1&y=2', siteUrl: 'https://a.example/', language: 'es', folders: ['MX'] },
      { name: 'C', url: 'https://c.example/rss', siteUrl: undefined, language: undefined, folders: [] },
    ];
    expect(readOpml(Buffer.from(writeOpml('Sources', sources)))).toEqual(sources);
  });

  it.each([
    ['', 'empty'], ['<html></html>', 'not-a-feed'], ['hello', 'not-a-feed'], ['<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', 'entity-bomb'],
    [`<opml version="2.0"><body>${'<outline text="a">'.repeat(60)}${'</outline>'.repeat(60)}</body></opml>`, 'too-deep'],
  ])('names the error of %j', (text, code) => expect(problem(text)).toBe(code));
});
