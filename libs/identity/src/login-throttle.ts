/** How many failed sign-ins are borne within the window before the next is refused. */
export interface ThrottleLimits {
  readonly failures: number;
  readonly windowMs: number;
}

const keptAtMost = 10_000;

/**
 * Counts failed attempts by key, in memory. An attempt is counted before it is made and given back when it succeeds, so
 * that a hundred at once are not all let through.
 */
export class LoginThrottle {
  private readonly attempts = new Map<string, number[]>();

  constructor(private readonly limits: ThrottleLimits, private readonly now: () => number = Date.now) {}

  /** How many keys are remembered. */
  get size(): number {
    return this.attempts.size;
  }

  /** Counts an attempt. @returns 0, or the milliseconds to wait when there were too many; then it is not counted. */
  begin(key: string): number {
    const since = this.now() - this.limits.windowMs;
    const recent = (this.attempts.get(key) ?? []).filter((time) => time > since);
    const wait = recent.length < this.limits.failures ? 0 : recent[0]! - since;
    if (wait === 0) recent.push(this.now());
    // Set anew, so that the map stays in the order of last use and the first key is the one to drop.
    this.attempts.delete(key);
    this.attempts.set(key, recent);
    if (this.attempts.size > keptAtMost) this.attempts.delete(this.attempts.keys().next().value!);
    return wait;
  }

  /** Forgets the failures of a key whose attempt succeeded. */
  succeed(key: string): void {
    this.attempts.delete(key);
  }
}
