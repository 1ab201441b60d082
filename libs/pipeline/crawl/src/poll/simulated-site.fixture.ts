// Hundreds of hosts on one loopback server, living by a simulated clock: feeds that grow, and every fault a feed can have. Its log is
// the witness of what the crawler did, in simulated time.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rssFeed, type FeedItem } from '@tradewatch/testing';
import { Clock } from '../clock.ts';

export const minute = 60_000;
export const hour = 60 * minute;

/** Stands still until it is moved; whoever sleeps moves it. */
export class SimulatedClock extends Clock {
  private readonly sleepers: { wakeAt: number; wake: () => void }[] = [];

  constructor(private ms: number) {
    super();
  }
  now(): Date {
    return new Date(this.ms);
  }
  /** Those who sleep at about the same time sleep together, so that many naps are not a night. */
  sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.sleepers.push({ wakeAt: this.ms + ms, wake: resolve }) === 1) setTimeout(() => this.wakeAll(), 20);
    return promise;
  }
  private wakeAll(): void {
    const woken = this.sleepers.splice(0);
    this.moveTo(Math.max(...woken.map(({ wakeAt }) => wakeAt)));
    for (const { wake } of woken) wake();
  }
  moveTo(ms: number): void {
    this.ms = Math.max(this.ms, ms);
  }
}

export interface SimulatedEntry extends FeedItem {
  readonly guid: string;
  readonly link: string;
  readonly from: number;
  readonly until: number;
}

export interface Visit {
  readonly host: string;
  readonly path: string;
  readonly at: number;
  readonly status: () => number;
}

/** Answers in place of the feed, and says so with true; false leaves it to the feed as it should be. */
export type Fault = (feed: SimulatedFeed, request: IncomingMessage, response: ServerResponse, now: number) => boolean;

export interface SimulatedFeed {
  readonly host: string;
  readonly path: string;
  readonly entries: readonly SimulatedEntry[];
  readonly fault: Fault | undefined;
}

/** The bytes of the feed at a time: what is listed then, the newest first. */
export function feedAt({ entries, host }: SimulatedFeed, now: number, guidSuffix = ''): string {
  const listed = entries.filter(({ from, until }) => from <= now && until > now).toReversed();
  return rssFeed(listed.map(({ guid, title, link, text = '', from }) => ({ guid: guid + guidSuffix, title, link, text, date: new Date(from).toUTCString() })), host);
}

export function answer(response: ServerResponse, status: number, body = '', headers: Record<string, string> = {}): true {
  response.writeHead(status, headers).end(body);
  return true;
}

export class SimulatedSite {
  readonly visits: Visit[] = [];
  /** Most requests that one host was answering at the same moment. */
  mostAtOnce = 0;
  readonly #feeds = new Map<string, SimulatedFeed>();
  readonly #open = new Map<string, number>();
  readonly #server: Server;

  constructor(private readonly clock: Clock) {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** @returns the address of the feed. */
  add(feed: SimulatedFeed): string {
    this.#feeds.set(`${feed.host}${feed.path}`, feed);
    return `http://${feed.host}:${this.port}${feed.path}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const now = this.clock.now().getTime();
    const host = (request.headers.host ?? '').split(':')[0]!;
    const path = request.url ?? '/';
    this.visits.push({ host, path, at: now, status: () => response.statusCode });
    const open = (this.#open.get(host) ?? 0) + 1;
    this.#open.set(host, open);
    this.mostAtOnce = Math.max(this.mostAtOnce, open);
    response.on('close', () => this.#open.set(host, this.#open.get(host)! - 1));
    const feed = this.#feeds.get(host + path) ?? this.#feeds.get(`${host}/feed`);
    if (feed?.fault?.(feed, request, response, now)) return;
    if (feed?.path !== path) return void answer(response, 404);
    const body = feedAt(feed, now);
    const etag = `"${body.length}-${feed.entries.filter(({ from }) => from <= now).length}-${feed.entries.filter(({ until }) => until <= now).length}"`;
    if (request.headers['if-none-match'] === etag) answer(response, 304, '', { etag });
    else answer(response, 200, body, { etag, 'content-type': 'application/rss+xml' });
  }
}
