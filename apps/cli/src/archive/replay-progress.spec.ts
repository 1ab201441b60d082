import { describe, expect, it } from 'vitest';
import { ReplayProgress } from './replay-progress.ts';

function shown(isTTY: boolean, steps: readonly [at: number, done: number][]): string[] {
  const written: string[] = [];
  let at = 0;
  const progress = new ReplayProgress({ isTTY, write: (text) => written.push(text) }, () => at);
  progress.start(0);
  for (const [now, done] of steps) {
    at = now;
    progress.show({ done, total: 1000, changed: 3 });
  }
  progress.end();
  return written;
}

describe('the progress of a replay', () => {
  it('is a line every five seconds and one at the end where nobody watches', () => {
    expect(shown(false, [[1_000, 100], [2_000, 200], [6_500, 600], [9_000, 1000]])).toEqual([
      '100 of 1000 articles (10 %), 3 changed, 100 a second, 9 s left\n', '600 of 1000 articles (60 %), 3 changed, 92 a second, 5 s left\n',
      '1000 of 1000 articles (100 %), 3 changed, 111 a second\n',
    ]);
  });

  it('is one line that is written over in a terminal', () => {
    expect(shown(true, [[1_000, 1], [1_100, 2], [1_300, 3]])).toEqual([
      '\r1 of 1000 articles (0 %), 3 changed, 1 a second, 17 min left\u001B[K', '\r3 of 1000 articles (0 %), 3 changed, 2 a second, 7 min left\u001B[K', '\n',
    ]);
  });
});
