// A site for crawler tests: real HTTP on loopback, whose pages a test sets and changes as it goes, and which remembers who asked.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** What a page answers: a body (200, with an ETag and answers to conditions), a status with headers, or a function of its own. */
export type Page = string | Uint8Array | PageAnswer | ((request: IncomingMessage, response: ServerResponse) => void);

export interface PageAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: () => number;
}

export interface FeedServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Most requests that were being answered at the same moment. */
  readonly mostAtOnce: () => number;
  /** Sets what a path answers from now on. @returns the address of the page. */
  set(path: string, page: Page): string;
}

/** Starts a site that ends with the test file. Paths nobody set answer 404. */
export async function startFeedServer(): Promise<FeedServer> {
  const pages = new Map<string, Page>();
  const requests: SeenRequest[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers, status: () => response.statusCode });
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    response.on('close', () => (open -= 1));
    answer(pages.get(path) ?? { status: 404, body: 'nothing here' }, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    mostAtOnce: () => mostAtOnce,
    set: (path, page) => {
      pages.set(path, page);
      return url + path;
    },
  };
}

function answer(page: Page, request: IncomingMessage, response: ServerResponse): void {
  if (typeof page === 'function') return page(request, response);
  if (typeof page === 'string' || page instanceof Uint8Array) {
    const etag = `"${createHash('sha256').update(page).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': 'application/rss+xml; charset=utf-8' }).end(page);
    return;
  }
  response.writeHead(page.status, page.headers).end(page.body);
}

export interface FeedItem {
  readonly guid?: string;
  readonly title: string;
  readonly link?: string;
  readonly text?: string;
  /** RFC 822, ISO 8601 or whatever the test is about; now when absent, no date at all when null. */
  readonly date?: string | null;
}

/** An RSS 2.0 document of these items. */
export function rssFeed(items: readonly FeedItem[], title = 'A feed'): string {
  const date = ({ date: given }: FeedItem) => (given === null ? '' : `<pubDate>${given ?? new Date().toUTCString()}</pubDate>`);
  const body = items.map(
    (item) => `<item>${item.guid === undefined ? '' : `<guid isPermaLink="false">${escape(item.guid)}</guid>`}<title>${escape(item.title)}</title>
      ${item.link === undefined ? '' : `<link>${escape(item.link)}</link>`}<description>${escape(item.text ?? '')}</description>${date(item)}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${escape(title)}</title><link>https://example.org/</link>
    <description>For tests</description>${body.join('\n')}</channel></rss>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
