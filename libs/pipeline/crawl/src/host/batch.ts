// Many small writes that end at about the same time become one statement: while one is on its way, the next ones gather.

export class Batch<Item> {
  #waiting: { item: Item; done: () => void; failed: (error: unknown) => void }[] = [];
  #isWriting = false;

  constructor(private readonly write: (items: readonly Item[]) => Promise<void>) {}

  /** Resolves once the item is written. @throws what writing its batch threw. */
  add(item: Item): Promise<void> {
    const { promise, resolve: done, reject: failed } = Promise.withResolvers<void>();
    this.#waiting.push({ item, done, failed });
    if (!this.#isWriting) {
      this.#isWriting = true;
      setImmediate(() => void this.#drain());
    }
    return promise;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.write(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isWriting = false;
  }
}
