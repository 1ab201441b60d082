/** A seeded source of choices: the same seed makes the same choices, so that a failing run can be repeated. */
export class Random {
  private state: number;

  /** @param name sets streams of one seed apart, so that one stream's length does not change another's choices. */
  constructor(seed: number, name: string) {
    this.state = seed >>> 0;
    for (const character of name) this.state = Math.imul(this.state ^ character.codePointAt(0)!, 0x9e3779b1) >>> 0;
  }

  /** In 0..1, 1 excluded (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let end = result.length - 1; end > 0; end--) {
      const at = this.between(0, end);
      [result[end], result[at]] = [result[at]!, result[end]!];
    }
    return result;
  }
}
