import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLocalServer, type LocalServer } from './local-server.ts';
import type { SampleArticle } from './sample-articles.ts';
import { articlePage, articlePath, feedDocument, type PublishedArticle } from './sample-documents.ts';
import { sampleFeeds } from './sample-feeds.ts';

/** A news site with four feeds and a page an article, served on loopback like a real one: ETags, 304, 404. */
export class SampleSite {
  readonly #articles: PublishedArticle[] = [];
  #server: LocalServer | undefined;

  get origin(): string {
    if (!this.#server) throw new Error('the sample site is not started');
    return this.#server.origin;
  }

  async start(): Promise<void> {
    this.#server = await startLocalServer((request, response) => this.#answer(request, response));
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** Puts an article on its page and into its feed, dated by its age or now. */
  publish(article: SampleArticle, now = new Date()): void {
    const publishedAt = new Date(now.getTime() - (article.ageMinutes ?? 0) * 60_000);
    this.#articles.push({ ...article, publishedAt });
    this.#articles.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const found = this.#find(new URL(request.url ?? '/', this.origin).pathname);
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    const etag = `"${createHash('sha256').update(found.body).digest('base64url').slice(0, 22)}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': found.type }).end(request.method === 'HEAD' ? undefined : found.body);
  }

  #find(path: string): { type: string; body: string } | undefined {
    const feed = sampleFeeds.find((each) => each.path === path);
    if (feed) return { type: `application/${feed.kind}+xml; charset=utf-8`, body: feedDocument(feed, this.#articles.filter((article) => article.feed === feed.id), this.origin) };
    const article = this.#articles.find((each) => articlePath(each) === path);
    const home = article && sampleFeeds.find(({ id }) => id === article.feed);
    return home && { type: 'text/html; charset=utf-8', body: articlePage(article, home) };
  }
}
