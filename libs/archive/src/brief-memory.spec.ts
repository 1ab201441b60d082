import { describe, expect, it } from 'vitest';
import { BriefMemory } from './brief-memory.ts';

/** A memory on a clock of its own, and computations that take as long as they are told. */
function memory() {
  let time = 0;
  let computed = 0;
  const subject = new BriefMemory<number>(() => time);
  const compute = (tookMs: number) => async (): Promise<number> => {
    time += tookMs;
    return ++computed;
  };
  return { subject, compute, pass: (ms: number) => void (time += ms) };
}

describe('a brief memory', () => {
  it('computes what is cheap every time', async () => {
    const { subject, compute } = memory();
    expect([await subject.get('a', compute(5)), await subject.get('a', compute(5))]).toEqual([1, 2]);
  });

  it('keeps what was costly, by its cost, for ten seconds at most', async () => {
    const { subject, compute, pass } = memory();
    expect(await subject.get('a', compute(100))).toBe(1);
    pass(4_900);
    expect(await subject.get('a', compute(100))).toBe(1);
    expect(await subject.get('b', compute(100))).toBe(2);
    pass(5_100);
    expect(await subject.get('a', compute(3_000))).toBe(3);
    pass(9_900);
    expect(await subject.get('a', compute(100))).toBe(3);
    pass(200);
    expect(await subject.get('a', compute(100))).toBe(4);
  });

  it('computes once for all who ask at once, and not again after a failure was told', async () => {
    const { subject, compute } = memory();
    expect(await Promise.all([subject.get('a', compute(1)), subject.get('a', compute(1))])).toEqual([1, 1]);
    await expect(subject.get('b', () => Promise.reject(new Error('out')))).rejects.toThrow('out');
    expect(await subject.get('b', compute(1))).toBe(2);
  });
});
