// RSS 2.0 as the RSS Advisory Board specifies it (https://www.rssboard.org/rss-specification).
import type { ArticleItem } from '../article-item.ts';

// What XML 1.0 cannot hold at all, escaped or not (section 2.2).
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export function xmlText(text: string): string {
  return text.replace(forbidden, '\uFFFD').replace(/[&<>"']/g, (character) => entities[character]!);
}

/** @param selfUrl address of this feed. @param siteUrl address of the web app. */
export function rssHead(selfUrl: string, siteUrl: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>tradewatch</title>
<link>${xmlText(siteUrl)}</link>
<description>Trade-policy articles that match a search.</description>
<atom:link href="${xmlText(selfUrl)}" rel="self" type="application/rss+xml"/>
<ttl>15</ttl>
`;
}

export const rssTail = '</channel>\n</rss>\n';

/** One item. The guid is the article's id, which no revision changes. */
export function rssItem(article: ArticleItem): string {
  const categories = [
    ...article.sectors.map((id) => ['sector', id] as const),
    ...article.topics.map((id) => ['topic', id] as const),
    ...article.authorities.map((id) => ['authority', id] as const),
    ...article.jurisdictions.map((id) => ['jurisdiction', id] as const),
    ...article.developments.map(({ kind, stage }) => ['development', `${kind}:${stage}`] as const),
  ];
  return `<item>
<title>${xmlText(article.title)}</title>
<link>${xmlText(article.url)}</link>
<guid isPermaLink="false">urn:uuid:${article.id}</guid>
<pubDate>${new Date(article.publishedAt).toUTCString()}</pubDate>
<dc:creator>${xmlText(article.source.name)}</dc:creator>
<dc:language>${xmlText(article.language)}</dc:language>
${categories.map(([domain, id]) => `<category domain="${domain}">${xmlText(id)}</category>\n`).join('')}<description>${xmlText(article.excerpt)}</description>
</item>
`;
}
