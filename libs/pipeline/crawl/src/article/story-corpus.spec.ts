import { describe, expect, it } from 'vitest';
import { candidateOf, StoryCorpus, type CorpusPair } from './story-corpus.fixture.ts';
import { StoryIndex } from './story.ts';

/** Whether the second article of a pair is found by its fingerprint and taken for a copy of the first. */
function joins({ a, b }: CorpusPair): boolean {
  const first = candidateOf(a);
  return new StoryIndex([{ ...first, storyId: 'one', storyBegan: first.publishedAt, correctsId: null, correctionId: null }]).find(candidateOf(b)) !== undefined;
}

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly wrong: readonly CorpusPair[];
}

function score(pairs: readonly CorpusPair[]): Score {
  const joined = pairs.map(joins);
  const right = pairs.filter(({ copies }, n) => copies && joined[n]).length;
  return {
    precision: right / joined.filter(Boolean).length, recall: right / pairs.filter(({ copies }) => copies).length,
    wrong: pairs.filter(({ copies }, n) => copies !== joined[n]),
  };
}

function byKind(pairs: readonly CorpusPair[], wrong: readonly CorpusPair[]): string {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))];
  const count = (list: readonly CorpusPair[], kind: string): number => list.filter((pair) => pair.kind === kind).length;
  return kinds.map((kind) => `  ${kind}: ${count(wrong, kind)} of ${count(pairs, kind)} wrong`).join('\n');
}

describe('stories on a corpus of copies, near copies and look-alikes', () => {
  it('are joined with a precision of 99 % and a recall of 95 % at least', () => {
    const pairs = new StoryCorpus(20_260_703).pairs(6_000);
    const { precision, recall, wrong } = score(pairs);
    process.stdout.write(`stories: ${pairs.length} pairs, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n${byKind(pairs, wrong)}\n`);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('are joined alike whichever of two copies came first', () => {
    const pairs = new StoryCorpus(7).pairs(1_000);
    expect(pairs.filter((pair) => joins(pair) !== joins({ ...pair, a: pair.b, b: pair.a })).length).toBe(0);
  });

  it('take linear time on texts made to be slow', () => {
    const started = performance.now();
    for (const part of ['a', 'a ', '1,', 'U.', '- ', '(', 'By A ', '\n', '25% ', 'é', '"', 'FR Doc. 2026-', 'ﷺ']) {
      const [text, more] = [part.repeat(200_000 / part.length), part.repeat(100_000 / part.length)];
      joins({ kind: 'hostile', copies: false, a: { ...new StoryCorpus(1).report(), title: text.slice(0, 1000), text }, b: { ...new StoryCorpus(1).report(), title: more.slice(0, 1000), text: more } });
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
