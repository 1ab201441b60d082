// A site of thousands of hosts in a process of its own: it answers whatever Host is asked for, and keeps the log that politeness is judged by.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SiteVisit {
  readonly host: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  to: number;
}

export type SiteMessage = { readonly ask: 'log' } | { readonly ask: 'publish'; readonly hosts: readonly string[] };

const visits: SiteVisit[] = [];
/** Entries that a host has besides its first. */
const added = new Map<string, number>();

const vocabulary = 'duty quota steel timber dairy lumber panel review tariff notice rule origin border auto parts wheat sugar solar copper ruling hearing comment docket order list safeguard import export licence ministry office'.split(' ');

/** A headline that no other host has. */
function words(host: string, n: number): string {
  let state = [...host].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), n * 7919) >>> 0;
  return Array.from({ length: 9 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `${vocabulary[(state >>> 8) % vocabulary.length]}${(state >>> 16) % 97}`;
  }).join(' ');
}

function feed(host: string): string {
  const count = 1 + (added.get(host) ?? 0);
  const items = Array.from({ length: Math.min(count, 20) }, (_, index) => {
    const n = count - index;
    return `<item><guid isPermaLink="false">${host}-${n}</guid><title>${words(host, n)}</title><link>http://${host}/notices/${n}</link><pubDate>${new Date(Date.UTC(2026, 5, n)).toUTCString()}</pubDate><description>The ministry modifies the tariff applied to steel products from the following day; importers declare the new fraction.</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${host}</title><link>http://${host}/</link><description>d</description>${items.join('')}</channel></rss>`;
}

const server = createServer((request, response) => {
  const host = (request.headers.host ?? '').split(':')[0] ?? '';
  const visit: SiteVisit = { host, path: request.url ?? '/', from: Date.now(), to: Infinity };
  visits.push(visit);
  response.on('finish', () => (visit.to = Date.now()));
  if (request.url === '/robots.txt') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /private\n');
  const etag = `"${added.get(host) ?? 0}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { etag, 'content-type': 'application/rss+xml; charset=utf-8' }).end(feed(host));
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: SiteMessage) => {
  if (message.ask === 'log') process.send?.({ visits: visits.splice(0) });
  else {
    for (const host of message.hosts) added.set(host, (added.get(host) ?? 0) + 1);
    process.send?.({});
  }
});
process.on('disconnect', () => process.exit(0));
