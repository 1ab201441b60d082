import { describe, expect, it } from 'vitest';
import { documentKey, fingerprintOf } from './fingerprint.ts';
import { reportOf } from './report.ts';

const words = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => `w${((n + from) * 7919) % 100_003}x`);
const keys = (title: string, text: string, guid = 'g'): number[] => fingerprintOf(reportOf({ title, text, guid, url: 'https://paper.example/1', official: false }));

describe('a fingerprint', () => {
  it('is the same on every machine and in every version, for it is stored', () => {
    expect(documentKey('federal-register:2026-12345')).toBe(5_695_621_390_821_853);
    expect(keys('Canada lifts surtax on steel imports', '')).toEqual(keys('CANADA LIFTS SURTAX ON STEEL IMPORTS - Global News', 'Canada lifts surtax on steel imports Global News'));
  });

  it('has a key in common with that of any text that shares fifteen words in a row', () => {
    for (let from = 0; from < 60; from += 1) {
      const shared = words(15, from * 31);
      const one = keys('', [...words(from, 50_000), ...shared, ...words(40, 60_000)].join(' '));
      const other = keys('', [...words(20, 70_000), ...shared, ...words(60 - from, 80_000)].join(' '));
      expect(one.filter((key) => other.includes(key)).length).toBeGreaterThanOrEqual(1);
    }
  });

  it('has few distinct keys, all whole numbers that JSON can carry', () => {
    const all = keys('CSMS # 63988468 - Quota for raw sugar from all countries', words(5_000).join(' '));
    expect(all.length).toBeLessThanOrEqual(25);
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
    expect(all).toContain(documentKey('csms:63988468'));
  });

  it('is empty for what says too little', () => {
    expect(keys('Press release', 'Read more.')).toEqual([]);
  });
});
