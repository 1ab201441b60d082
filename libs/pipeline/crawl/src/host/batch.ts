// Many small writes that end at about the same time become one statement: while one is on its way, the next ones gather.

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
}

/** Milliseconds that the first of a batch waits for others. */
const gatherMs = 15;

export class Batch<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  #isWriting = false;

  /** @param write writes all items of a batch; one result each, in their order. */
  constructor(private readonly write: (items: readonly Item[]) => Promise<readonly Result[]>) {}

  /** Resolves with the item's result once it is written. @throws what writing its batch threw. */
  add(item: Item): Promise<Result> {
    const { promise, resolve: done, reject: failed } = Promise.withResolvers<Result>();
    this.#waiting.push({ item, done, failed });
    if (!this.#isWriting) {
      this.#isWriting = true;
      setTimeout(() => void this.#drain(), gatherMs);
    }
    return promise;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const results = await this.write(batch.map(({ item }) => item));
        for (const [index, { done }] of batch.entries()) done(results[index] as Result);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isWriting = false;
  }
}
