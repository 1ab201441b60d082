// The documents of the sample site: RSS 2.0 and Atom 1.0 (RFC 4287) feeds, and article pages.
import type { SampleArticle } from './sample-articles.ts';
import type { SampleFeed } from './sample-feeds.ts';

/** An article as it stands on the site. */
export interface PublishedArticle extends SampleArticle {
  readonly publishedAt: Date;
}

/** @param origin of the site, e.g. `http://127.0.0.1:4010`. @param articles newest first. */
export function feedDocument(feed: SampleFeed, articles: readonly PublishedArticle[], origin: string): string {
  return feed.kind === 'rss' ? rssDocument(feed, articles, origin) : atomDocument(feed, articles, origin);
}

export function articlePath({ feed, slug }: SampleArticle): string {
  return `/${feed}/${slug}.html`;
}

export function articlePage(article: PublishedArticle, feed: SampleFeed): string {
  return `<!doctype html>
<html lang="${feed.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(article.title)} - ${escaped(feed.name)}</title>
<meta property="article:published_time" content="${article.publishedAt.toISOString()}">
<style>body { font: 1.1rem/1.6 Georgia, serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem; } header, footer { color: #666; }</style>
</head>
<body>
<header>${escaped(feed.name)}</header>
<article>
<h1>${escaped(article.title)}</h1>
<p><small>${article.author ? `<span rel="author">${escaped(article.author)}</span>, ` : ''}<time datetime="${article.publishedAt.toISOString()}">${article.publishedAt.toUTCString()}</time></small></p>
${bodyHtml(article)}
</article>
<footer>An invented article of the tradewatch demo.</footer>
</body>
</html>
`;
}

function rssDocument(feed: SampleFeed, articles: readonly PublishedArticle[], origin: string): string {
  const items = articles.map((article) => `<item>
<title>${escaped(article.title)}</title>
<link>${origin}${articlePath(article)}</link>
<guid isPermaLink="false">${feed.id}:${article.slug}</guid>
<pubDate>${article.publishedAt.toUTCString()}</pubDate>${article.author ? `\n<dc:creator>${escaped(article.author)}</dc:creator>` : ''}
<description>${escaped(firstParagraph(article))}</description>
<content:encoded>${escaped(bodyHtml(article))}</content:encoded>
</item>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escaped(feed.name)}</title>
<link>${origin}/</link>
<description>Invented articles for the tradewatch demo</description>
<language>${feed.language}</language>
${items.join('\n')}
</channel>
</rss>
`;
}

function atomDocument(feed: SampleFeed, articles: readonly PublishedArticle[], origin: string): string {
  const entries = articles.map((article) => `<entry>
<title>${escaped(article.title)}</title>
<id>urn:sample:${feed.id}:${article.slug}</id>
<link rel="alternate" type="text/html" href="${origin}${articlePath(article)}"/>
<published>${article.publishedAt.toISOString()}</published>
<updated>${article.publishedAt.toISOString()}</updated>${article.author ? `\n<author><name>${escaped(article.author)}</name></author>` : ''}
<summary>${escaped(firstParagraph(article))}</summary>
<content type="html">${escaped(bodyHtml(article))}</content>
</entry>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
<title>${escaped(feed.name)}</title>
<subtitle>Invented articles for the tradewatch demo</subtitle>
<id>urn:sample:${feed.id}</id>
<link href="${origin}/"/>
<link rel="self" href="${origin}${feed.path}"/>
<author><name>${escaped(feed.name)}</name></author>
<updated>${(articles[0]?.publishedAt ?? new Date(0)).toISOString()}</updated>
${entries.join('\n')}
</feed>
`;
}

function paragraphs({ text }: SampleArticle): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, ' ').trim());
}

function firstParagraph(article: SampleArticle): string {
  return paragraphs(article)[0] ?? '';
}

function bodyHtml(article: SampleArticle): string {
  return paragraphs(article).map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
