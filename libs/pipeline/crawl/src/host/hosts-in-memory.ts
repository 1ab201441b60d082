// The record of hosts where there is no database: for a process that asks alone and forgets at its end (`tradewatch sources check`).
import type { HostRelease, Hosts, HostTurn, HostWait } from './host.store.ts';

interface Entry {
  turn: HostTurn;
  text: string;
  isTaken: boolean;
  nextRequestAt: Date;
}

export class HostsInMemory implements Hosts {
  readonly #hosts = new Map<string, Entry>();

  take(host: string, at: Date): Promise<{ readonly turn: HostTurn } | HostWait> {
    const entry = this.#hosts.get(host) ?? { turn: { host, crawlDelayMs: 0, robotsFetchedAt: null, robotsExpireAt: null, robotsOpen: true }, text: '', isTaken: false, nextRequestAt: at };
    this.#hosts.set(host, entry);
    if (entry.isTaken || entry.nextRequestAt > at) return Promise.resolve({ waitUntil: entry.nextRequestAt, isTaken: entry.isTaken });
    entry.isTaken = true;
    return Promise.resolve({ turn: { ...entry.turn } });
  }

  release(releases: readonly HostRelease[]): Promise<void> {
    for (const { host, nextRequestAt } of releases) this.#change(host, { isTaken: false, nextRequestAt });
    return Promise.resolve();
  }

  /** A turn lasts as long as its process here. */
  renew(): Promise<void> {
    return Promise.resolve();
  }

  robotsText(host: string): Promise<string> {
    return Promise.resolve(this.#hosts.get(host)?.text ?? '');
  }

  saveRobots(host: string, { text, crawlDelayMs, fetchedAt, expireAt }: { text: string; crawlDelayMs: number; fetchedAt: Date; expireAt: Date }): Promise<void> {
    const turn = { host, crawlDelayMs, robotsFetchedAt: fetchedAt, robotsExpireAt: expireAt, robotsOpen: text === '' };
    this.#change(host, { text, turn });
    return Promise.resolve();
  }

  keepRobots(host: string, expireAt: Date): Promise<void> {
    const entry = this.#hosts.get(host);
    if (entry) entry.turn = { ...entry.turn, robotsExpireAt: expireAt };
    return Promise.resolve();
  }

  /** Seconds between two requests that the host's robots.txt asks for. */
  crawlDelaySeconds(host: string): number {
    return (this.#hosts.get(host)?.turn.crawlDelayMs ?? 0) / 1000;
  }

  #change(host: string, change: Partial<Entry>): void {
    const entry = this.#hosts.get(host);
    if (entry) Object.assign(entry, change);
  }
}
