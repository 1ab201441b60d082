import { HttpError } from '@tradewatch/http';
import type { Clock } from '../clock.ts';
import { Batch } from './batch.ts';
import { statedGapMs } from './host-gaps.ts';
import type { HostRelease, Hosts, HostTurn } from './host.store.ts';

/** Turns end by themselves when a process dies; while it lives they are renewed. */
export const turnMs = 20_000;
const renewEveryMs = 6_000;
const defaultGapMs = 1_000;
/** Up to so much more than the gap, at random. */
const jitter = 0.25;
const defaultPatienceMs = 30_000;
/** What another process does with the host we cannot know: look again so soon. */
const lookAgainMs = 200;
/**
 * A host that says 429 is left alone by every source for as long as it says, at most this, for a limit may be one address's; the source
 * that got it waits it all, and so does every other that gets one.
 */
const longestPauseMs = 15_000;

/** The turns this process has at hosts: takes them, renews them, and ends them with the gap that is due after a request. */
export class HostTurns {
  readonly #held = new Map<string, HostTurn>();
  readonly #releases: Batch<HostRelease, undefined>;
  /** Turns that are over, but not yet on record as over. */
  readonly #ending = new Map<string, Promise<undefined>>();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly hosts: Hosts, private readonly clock: Clock, private readonly gapMs = defaultGapMs) {
    this.#releases = new Batch(async (releases) => {
      await hosts.release(releases);
      return releases.map(() => undefined);
    });
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs);
    this.#timer.unref();
  }

  /** Notes a turn that was taken with the source to be polled. */
  hold(turn: HostTurn): void {
    this.#held.set(turn.host, turn);
  }

  /** Waits for a host's turn. @throws HttpError `host-busy`, `aborted` */
  async take({ host, href }: URL, patienceMs = defaultPatienceMs, signal?: AbortSignal): Promise<HostTurn> {
    const deadline = this.clock.now().getTime() + patienceMs;
    for (;;) {
      await this.#ending.get(host);
      const at = this.clock.now();
      const taken = await this.hosts.take(host, at, new Date(at.getTime() + turnMs));
      if (taken.turn) {
        this.hold(taken.turn);
        return taken.turn;
      }
      const { waitUntil, isTaken } = taken;
      const wait = isTaken ? lookAgainMs : Math.max(waitUntil.getTime() - at.getTime(), 1);
      if (at.getTime() + wait > deadline) {
        throw new HttpError({ code: 'host-busy', message: `${host} is asked one thing at a time, and its turn did not come`, retryable: true, url: href, retryAfterMs: Math.max(waitUntil.getTime() - at.getTime(), 0) });
      }
      try {
        await this.clock.sleep(wait, signal);
      } catch (cause) {
        throw new HttpError({ code: 'aborted', message: 'The request was cancelled', retryable: true, url: href, cause });
      }
    }
  }

  /** Ends a turn in which something was asked: the host is left alone for its gap, or the pause it asked for. */
  async end(turn: HostTurn, pauseMs = 0, crawlDelayMs = turn.crawlDelayMs): Promise<void> {
    const gap = Math.max(this.gapMs, crawlDelayMs, statedGapMs(turn.host)) * (1 + Math.random() * jitter);
    await this.#release(turn, Math.max(gap, Math.min(pauseMs, longestPauseMs)));
  }

  /** Ends a turn in which nothing was asked. */
  async leave(turn: HostTurn): Promise<void> {
    await this.#release(turn, 0);
  }

  /** Resolves when all turns that are over are on record. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending.values());
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #release(turn: HostTurn, waitMs: number): Promise<void> {
    const { host } = turn;
    if (this.#held.get(host) !== turn) return;
    this.#held.delete(host);
    // Not released, the turn ends by itself: nothing is lost but time.
    const ending = this.#releases.add({ host, nextRequestAt: new Date(this.clock.now().getTime() + waitMs) }).catch(() => undefined).finally(() => {
      if (this.#ending.get(host) === ending) this.#ending.delete(host);
    });
    this.#ending.set(host, ending);
    await ending;
  }

  async #renew(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      await this.hosts.renew([...this.#held.keys()], new Date(this.clock.now().getTime() + turnMs));
    } catch {
      // The database is away for now; a turn that ends meanwhile may overlap with the next, once.
    }
  }
}
