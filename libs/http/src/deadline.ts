/** The time one exchange may take, redirects included; it stands still while a caller's own wait is under way. */
export class Deadline {
  passed = false;
  /** What a caller's own wait threw: not to be taken for the server's fault. */
  refusal: unknown;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #cancel = (): void => this.#controller.abort(this.#outer?.reason);
  #timer: NodeJS.Timeout | undefined;
  #leftMs: number;
  #startedAt = 0;

  /** @param outer ends the exchange as well. */
  constructor(timeoutMs: number, outer: AbortSignal | undefined) {
    this.#leftMs = timeoutMs;
    this.#outer = outer;
    if (outer?.aborted) this.#cancel();
    else outer?.addEventListener('abort', this.#cancel, { once: true });
    this.#run();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for something that is not the server's time; what it throws is kept as `refusal`. */
  async without<T>(wait: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#startedAt;
    try {
      return await wait();
    } catch (error) {
      this.refusal = error;
      throw error;
    } finally {
      this.#run();
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#cancel);
  }

  #run(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.passed = true;
      this.#controller.abort();
    }, Math.max(this.#leftMs, 0));
  }
}
