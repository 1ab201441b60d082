import { setTimeout as delay } from 'node:timers/promises';

/** What time it is for the crawl step. A test that lives through a day in a minute gives another one. */
export abstract class Clock {
  abstract now(): Date;
  /** Resolves after so many milliseconds. @throws AbortError where the signal ends the wait. */
  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};
