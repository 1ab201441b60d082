import { describe, expect, it } from 'vitest';
import { FeedProblem } from './feed-result.ts';
import { readOpml, writeOpml, type OpmlSource } from './opml.ts';

const read = (text: string) => readOpml(Buffer.from(text));

function problem(text: string): string {
  try {
    read(text);
  } catch (error) {
    return error instanceof FeedProblem ? `${error.code}: ${error.message}` : String(error);
  }
  return 'no error';
}

describe('OPML', () => {
  it('reads feeds with the folders around them, what they say of themselves, and their lines', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>t</title></head><body>
      <outline text="Official"><outline text="US">
        <outline type="rss" text="FR" title="Federal &amp; Register" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" description="Daily" language="en_US"/></outline></outline>

      <outline text="a note"/><outline xmlUrl="ftp://b.example/rss"/></body></opml>`;
    expect(read(text)).toEqual([
      { name: 'Federal & Register', url: 'https://a.example/rss', siteUrl: 'https://a.example/', description: 'Daily', language: 'en-US', folders: ['Official', 'US'], extra: {}, line: 3 },
      { name: 'ftp://b.example/rss', url: 'ftp://b.example/rss', siteUrl: undefined, description: undefined, language: undefined, folders: [], extra: {}, line: 5 },
    ]);
  });

  it('reads what other readers wrote badly: bare ampersands, attributes in other cases, another encoding', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><opml version="1.1"><body><outline TEXT="Econom\u00eda & Finanzas" XMLURL=\'https://a.example/?x=1&y=2\'></outline></body></opml>';
    expect(readOpml(Buffer.from(text, 'latin1'))).toMatchObject([{ name: 'Economía & Finanzas', url: 'https://a.example/?x=1&y=2', folders: [] }]);
  });

  it('writes what it reads: names, folders, what is our own', () => {
    const sources: Omit<OpmlSource, 'line'>[] = [
      { name: 'C', url: 'https://c.example/rss', siteUrl: undefined, description: undefined, language: undefined, folders: [], extra: {} },
      { name: 'A & "B" <i>\u2028', url: 'https://a.example/rss?x=1&y=2', siteUrl: 'https://a.example/', description: 'Ask "first"', language: 'es', folders: ['México', 'Oficial & <más>'], extra: { kind: 'html-list', selectors: '{"item":"a > b"}' } },
      { name: 'D', url: 'https://d.example/rss', siteUrl: undefined, description: undefined, language: 'fr', folders: ['México'], extra: {} },
    ];
    const back = read(writeOpml('Sources & more', sources)).map(({ line: _line, ...source }) => source);
    expect(back.map(({ name }) => name)).toEqual(['C', 'D', 'A & "B" <i>']);
    expect(back.find(({ name }) => name.startsWith('A'))).toEqual({ ...sources[1], name: 'A & "B" <i>' });
    expect(back.find(({ name }) => name === 'D')).toEqual(sources[2]);
  });

  it.each([
    ['', 'empty: The file is empty'],
    ['hello', 'not-a-feed: Line 1: the file is no XML, but not OPML'],
    ['\n\n<html></html>', 'not-a-feed: Line 3: the file is XML (<html>), but not OPML'],
    ['\n<!DOCTYPE opml [\n<!ENTITY a "b">]><opml/>', 'entity-bomb: Line 3: the file declares entities'],
    ['<opml>\n<body>\n<outline text="a">\n<outline xmlUrl="https://a.example/"', 'truncated: Line 3: the file breaks off before the <outline> that begins here is closed'],
    [`<opml version="2.0"><body>\n${'<outline text="a">\n'.repeat(60)}${'</outline>'.repeat(60)}</body></opml>`, 'too-deep: Line 23: '],
    [`<opml><body>${'<outline xmlUrl="https://a.example/"/>\n'.repeat(10_001)}</body></opml>`, 'too-many-nodes: Line 10001: '],
  ])('names line and reason where %j is none', (text, message) => {
    expect(problem(text).slice(0, message.length)).toBe(message);
  });

  it.each([['<outline text="a" ', 200_000], ['<outline xmlUrl="https://a.example">\n', 100_000], ['&amp;', 500_000]])('answers %j many times over in linear time', (piece, times) => {
    const started = process.threadCpuUsage().user;
    problem(`<opml><body>${piece.repeat(times)}`);
    expect((process.threadCpuUsage().user - started) / 1000).toBeLessThan(5000);
  });
});
