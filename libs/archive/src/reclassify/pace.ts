// Keeps a replay from delaying live news: so many articles a second, and never far ahead of whoever reads them.
import { setTimeout as pause } from 'node:timers/promises';
import type { Backlog } from './reclassifications.store.ts';

export interface PaceOptions {
  /** Articles a second at most. */
  readonly rate: number;
  /** Events that may wait for a reader before more are added: live news waits behind at most so many. */
  readonly ahead: number;
  readonly backlogs: () => Promise<readonly Backlog[]>;
  /** Told once of a reader that stands still, which is then not waited for. */
  readonly onStill: (group: string) => void;
  /** A reader that handles nothing for so long is not running, or has its own trouble. */
  readonly stillAfterMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const lookEveryMs = 100;
const defaultStillAfterMs = 10_000;

export class Pace {
  private readonly startedAt = performance.now();
  private done = 0;
  private readonly seen = new Map<string, { moved: bigint; at: number; still: boolean }>();

  constructor(private readonly options: PaceOptions) {}

  /** Waits until the next articles may go. @param count how many went since the last call. */
  async after(count: number): Promise<void> {
    this.done += count;
    const due = this.startedAt + (this.done / this.options.rate) * 1000;
    await this.sleep(due - performance.now());
    await this.caughtUp(this.options.ahead);
  }

  /** Waits until no more than so many events wait for a reader that moves. */
  async caughtUp(ahead: number): Promise<void> {
    while (!this.options.signal?.aborted && (await this.isSomebodyBehind(ahead))) await this.sleep(lookEveryMs);
  }

  private async isSomebodyBehind(ahead: number): Promise<boolean> {
    const now = performance.now();
    let behind = false;
    for (const { group, lag, moved } of await this.options.backlogs()) {
      const known = this.seen.get(group);
      if (known === undefined || known.moved !== moved || lag <= ahead) {
        this.seen.set(group, { moved, at: now, still: known?.still === true && known.moved === moved });
      }
      if (lag <= ahead) continue;
      const state = this.seen.get(group)!;
      if (!state.still && now - state.at >= (this.options.stillAfterMs ?? defaultStillAfterMs)) {
        state.still = true;
        this.options.onStill(group);
      }
      if (!state.still) behind = true;
    }
    return behind;
  }

  private async sleep(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.options.signal }).catch(() => undefined);
  }
}
