// The keys by which copies of a report are found among millions: of its headline, of the beginning of its lead, and of runs of four words,
// chosen by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: Local Algorithms for Document Fingerprinting", 2003). Any 15 words in a row
// that two leads share give at least one key in common, wherever they stand, so cuts and additions at either end do not matter.
import { uniqueNumbers } from './document-numbers.ts';
import type { Report } from './report.ts';

const runWords = 4;
const windowRuns = 12;
const openingWords = 6;
const shortestLead = 5;

/** Between 0 and about 20 distinct keys, each a whole number below 2^53; equal texts give equal keys on every machine. */
export function fingerprintOf(report: Report): number[] {
  const { headlineKey, lead, documents } = report;
  const keys = new Set<number>(uniqueNumbers(documents).map(documentKey));
  if (headlineKey !== '') keys.add(hash(`headline ${headlineKey}`));
  if (lead.length >= openingWords) keys.add(hash(`opening ${lead.slice(0, openingWords).join(' ')}`));
  if (lead.length >= shortestLead) for (const key of winnow(runs(lead))) keys.add(key);
  return [...keys];
}

/** The key of a document that is named by its number, e.g. `federal-register:2026-12345`. */
export function documentKey(number: string): number {
  return hash(`document ${number}`);
}

function runs(words: readonly string[]): number[] {
  const hashes: number[] = [];
  for (let at = 0; at + runWords <= words.length; at += 1) hashes.push(hash(words.slice(at, at + runWords).join(' ')));
  return hashes;
}

/** The smallest of every 12 neighbours; of a short text all, for a longer one may have chosen any of them. */
function winnow(hashes: readonly number[]): Set<number> {
  if (hashes.length <= windowRuns) return new Set(hashes);
  const chosen = new Set<number>();
  let smallest = -1;
  for (let end = windowRuns; end <= hashes.length; end += 1) {
    const start = end - windowRuns;
    if (smallest < start) {
      smallest = start;
      for (let at = start + 1; at < end; at += 1) if (hashes[at]! <= hashes[smallest]!) smallest = at;
    } else if (hashes[end - 1]! <= hashes[smallest]!) {
      smallest = end - 1;
    }
    chosen.add(hashes[smallest]!);
  }
  return chosen;
}

/** cyrb53: 53 bits from two multiplicative hashes mixed as in MurmurHash3. Not for secrets: a forged collision costs one comparison. */
function hash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
