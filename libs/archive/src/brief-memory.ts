/** Results that took less than this are not remembered: a small archive is always counted afresh. */
const worthMs = 40;
/** A result is kept for this many times what it took, up to `longestMs`. */
const keptTimes = 50;
const longestMs = 10_000;
const entriesAtMost = 500;

/**
 * Remembers costly results for a time in proportion to their cost, and lets callers who ask for the same at once wait for
 * one computation. What is cheap is never stale.
 */
export class BriefMemory<Value> {
  private readonly running = new Map<string, Promise<Value>>();
  private readonly kept = new Map<string, { value: Value; until: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  async get(key: string, compute: () => Promise<Value>): Promise<Value> {
    const known = this.kept.get(key);
    if (known && known.until > this.now()) return known.value;
    this.kept.delete(key);
    const running = this.running.get(key);
    if (running) return running;
    const started = this.now();
    const computing = compute().finally(() => this.running.delete(key));
    this.running.set(key, computing);
    const value = await computing;
    const took = this.now() - started;
    if (took >= worthMs) {
      if (this.kept.size >= entriesAtMost) this.kept.delete(this.kept.keys().next().value!);
      this.kept.set(key, { value, until: this.now() + Math.min(took * keptTimes, longestMs) });
    }
    return value;
  }
}
