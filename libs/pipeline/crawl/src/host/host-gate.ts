// The one gate between the crawler and the web. Whatever asks a site for something (a feed, its next page, an article, a PDF) asks
// here, so that a host sees one request at a time from all replicas together, a gap between two, and its robots.txt kept.
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpError, type GetOptions, type GetResult, type HttpClient } from '@tradewatch/http';
import { Clock } from '../clock.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import { HostStore, type Hosts, type HostTurn } from './host.store.ts';
import { HostTurns } from './host-turns.ts';
import { RobotsCache } from './robots-cache.ts';
import { Slots } from './slots.ts';

export interface GateOptions extends GetOptions {
  /** Milliseconds to wait at most for the host's turn; half a minute by default. */
  readonly patienceMs?: number;
}

/** What asks the web politely. `HostGate` is one; a poll is given one that has its host's turn already. */
export interface PoliteClient {
  get(url: string, options?: GateOptions): Promise<GetResult>;
}

/** Answers being received at the same time by one process: what bounds the memory that hostile sites can take. */
const mostRequests = 32;
const longestPatienceMs = 5 * 60_000;

/** The host's turn was spent on its robots.txt: come again when the gap is over. */
export class ComeAgain extends Error {}

@Injectable()
export class HostGate implements PoliteClient, OnModuleDestroy {
  readonly #client: HttpClient;
  readonly #turns: HostTurns;
  readonly #robots: RobotsCache;
  readonly #slots = new Slots(mostRequests);

  constructor(@Inject(crawlOptions) options: CrawlOptions, @Inject(HostStore) hosts: Hosts, clock: Clock) {
    this.#client = options.httpClient;
    this.#turns = new HostTurns(hosts, clock, options.hostGapMs);
    this.#robots = new RobotsCache(hosts, clock);
  }

  /**
   * Fetches a document in its host's turn, and each redirect in the turn of the host it leads to.
   * @throws HttpError as the HTTP client does, and `robots-disallowed`, `robots-unavailable` (robots.txt answered 5xx: RFC 9309 wants
   * us to wait) and `host-busy` (the turn does not come within `patienceMs`; `retryAfterMs` says when it may).
   */
  get(url: string, options: GateOptions = {}): Promise<GetResult> {
    return this.#visit(url, options, undefined);
  }

  /**
   * A client for one poll, whose first request has its turn already. Where the turn had to be spent on robots.txt it throws ComeAgain
   * instead of waiting. `leave` gives the turn back if nothing was asked.
   */
  withTurn(turn: HostTurn): PoliteClient & { leave(): Promise<void> } {
    let unused: HostTurn | undefined = turn;
    this.#turns.hold(turn);
    // Further pages of the host wait as long as its robots.txt wants them to.
    const patienceMs = Math.min(30_000 + 2 * turn.crawlDelayMs, longestPatienceMs);
    return {
      get: (url, options = {}) => {
        const given = URL.canParse(url) && new URL(url).host === unused?.host ? unused : undefined;
        if (given) unused = undefined;
        return this.#visit(url, { patienceMs, ...options }, given);
      },
      leave: async () => {
        const left = unused;
        unused = undefined;
        if (left) await this.#turns.leave(left);
      },
    };
  }

  /** Resolves when every turn that is over is on record: to be awaited before the database goes. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  onModuleDestroy(): void {
    this.#turns.close();
  }

  async #visit(url: string, options: GateOptions, given: HostTurn | undefined): Promise<GetResult> {
    const { patienceMs, ...get } = options;
    let turn: HostTurn | undefined = given;
    let isGiven = given !== undefined;
    let hasSlot = false;
    let pauseMs = 0;
    const giveSlotBack = (): void => {
      if (hasSlot) this.#slots.giveBack();
      hasSlot = false;
    };
    try {
      return await this.#client.get(url, {
        ...get,
        beforeRequest: async (hop) => {
          giveSlotBack();
          for (;;) {
            if (!isGiven) {
              if (turn) await this.#turns.end(turn);
              turn = undefined;
              turn = await this.#turns.take(hop, patienceMs, options.signal);
            }
            const comesAgain = isGiven;
            isGiven = false;
            const rules = await this.#robots.rulesOf(turn!);
            if (rules?.allows(hop)) {
              await this.#slots.take();
              hasSlot = true;
              return;
            }
            if (rules) throw new HttpError({ code: 'robots-disallowed', message: `The robots.txt of ${hop.host} asks crawlers not to read this address`, retryable: true, url: hop.href });
            await this.#fetchRobots(turn!, hop, options.signal);
            turn = undefined;
            if (comesAgain) throw new ComeAgain();
          }
        },
      });
    } catch (error) {
      if (error instanceof HttpError && error.status === 429) pauseMs = error.retryAfterMs ?? 0;
      throw error;
    } finally {
      giveSlotBack();
      // Not waited for: what was fetched is read meanwhile.
      if (turn) void this.#turns.end(turn, pauseMs);
    }
  }

  /** Spends a turn on a host's robots.txt; its redirects take turns of their own (RFC 9309, 2.3.1.2: at least five are followed). */
  async #fetchRobots(turn: HostTurn, { origin, host }: URL, signal: AbortSignal | undefined): Promise<void> {
    let open: HostTurn | undefined = turn;
    let isFirst = true;
    let crawlDelayMs = turn.crawlDelayMs;
    try {
      crawlDelayMs = await this.#robots.learn(turn, host, () =>
        this.#client.get(`${origin}/robots.txt`, {
          accept: 'text/plain, */*;q=0.5', signal, maxBytes: RobotsCache.mostBytes,
          beforeRequest: async (hop) => {
            if (!isFirst) {
              if (open) await this.#turns.end(open);
              open = undefined;
              open = await this.#turns.take(hop, undefined, signal);
            }
            isFirst = false;
          },
        }));
    } finally {
      if (open) await this.#turns.end(open, 0, open.host === host ? crawlDelayMs : open.crawlDelayMs);
    }
  }
}
