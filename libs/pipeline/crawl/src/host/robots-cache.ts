// The robots.txt of each host: on record in the database for all replicas, its rules in this process's memory.
import { HttpError, type GetResult } from '@tradewatch/http';
import type { Clock } from '../clock.ts';
import type { Hosts, HostTurn } from './host.store.ts';
import { openToAll, readRobots, worthKeeping, type RobotsRules } from './robots.ts';

/** RFC 9309, 2.4: not longer than a day; a site that says less in Cache-Control is asked again after that, but not within an hour. */
const longestMs = 24 * 3600_000;
const shortestMs = 3600_000;
/** Characters of robots.txt whose rules are kept in memory, all hosts together. */
const mostRemembered = 16 * 1024 * 1024;

export class RobotsCache {
  /** Of a longer robots.txt nothing is read. */
  static readonly mostBytes = 5 * 1024 * 1024;
  readonly #remembered = new Map<string, { fetchedAt: number; size: number; rules: RobotsRules }>();
  #size = 0;

  constructor(private readonly hosts: Hosts, private readonly clock: Clock) {}

  /** The rules in force; undefined where robots.txt must be fetched first. */
  async rulesOf({ host, robotsFetchedAt, robotsExpireAt, robotsOpen }: HostTurn): Promise<RobotsRules | undefined> {
    if (robotsFetchedAt === null || robotsExpireAt === null || robotsExpireAt <= this.clock.now()) return undefined;
    if (robotsOpen) return openToAll;
    const remembered = this.#remembered.get(host);
    if (remembered?.fetchedAt === robotsFetchedAt.getTime()) return remembered.rules;
    const text = await this.hosts.robotsText(host);
    const rules = readRobots(text);
    this.#remember(host, { fetchedAt: robotsFetchedAt.getTime(), size: text.length, rules });
    return rules;
  }

  #remember(host: string, entry: { fetchedAt: number; size: number; rules: RobotsRules }): void {
    this.#forget(host);
    this.#remembered.set(host, entry);
    this.#size += entry.size;
    for (const oldest of this.#remembered.keys()) {
      if (this.#size <= mostRemembered) break;
      this.#forget(oldest);
    }
  }

  #forget(host: string): void {
    this.#size -= this.#remembered.get(host)?.size ?? 0;
    this.#remembered.delete(host);
  }

  /**
   * Fetches a host's robots.txt and puts it on record. What the site says of 4xx is that it has none: all is open (RFC 9309, 2.3.1.3).
   * Where it cannot be reached, the one on record counts on; without one nothing may be asked (2.3.1.4).
   * @returns the crawl delay that holds from now on. @throws HttpError `robots-unavailable`, or why the host cannot be reached
   */
  async learn(turn: HostTurn, host: string, fetch: () => Promise<GetResult>): Promise<number> {
    const fetchedAt = this.clock.now();
    try {
      const response = await fetch();
      const text = worthKeeping(new TextDecoder().decode(response.body));
      const { crawlDelayMs } = readRobots(text);
      await this.hosts.saveRobots(host, { text, crawlDelayMs, fetchedAt, expireAt: new Date(fetchedAt.getTime() + lifetimeOf(response)) });
      return crawlDelayMs;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code === 'aborted') throw error;
      if (saysThereIsNone(error)) {
        await this.hosts.saveRobots(host, { text: '', crawlDelayMs: 0, fetchedAt, expireAt: new Date(fetchedAt.getTime() + longestMs) });
        return 0;
      }
      if (turn.robotsFetchedAt === null) throw unavailable(error, host);
      await this.hosts.keepRobots(host, new Date(fetchedAt.getTime() + shortestMs));
      return turn.crawlDelayMs;
    }
  }
}

function saysThereIsNone({ status, code }: HttpError): boolean {
  const isNo = status !== undefined && status >= 400 && status < 500 && status !== 429;
  // A trail of redirects that leads nowhere is no robots.txt either (2.3.1.2).
  return isNo || code === 'too-many-redirects' || code === 'redirect-loop' || code === 'redirect-without-location';
}

function unavailable(error: HttpError, host: string): HttpError {
  // A host that does not answer at all is explained by that, not by its robots.txt.
  if (error.status === undefined && error.retryable) return error;
  const message = `The robots.txt of ${host} cannot be read (${error.message}); until it can, nothing is asked there (RFC 9309)`;
  return new HttpError({ code: 'robots-unavailable', message, retryable: true, url: error.url, retryAfterMs: error.retryAfterMs, cause: error });
}

function lifetimeOf({ headers }: GetResult): number {
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(headers['cache-control'] ?? '')?.[1];
  return maxAge === undefined ? longestMs : Math.min(Math.max(Number(maxAge) * 1000, shortestMs), longestMs);
}
