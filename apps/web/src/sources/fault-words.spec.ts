import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultWords } from './fault-words.ts';

const libs = new URL('../../../../libs/', import.meta.url);
const codesIn = (path: string, type: string): string[] => {
  const source = readFileSync(new URL(path, libs), 'utf8');
  const union = new RegExp(`type ${type} =([^;]+);`).exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code!);
};
const unknown = faultWords('never heard of');

describe('the words for a fault', () => {
  const codes = [...codesIn('http/src/http-error.ts', 'HttpErrorCode'), ...codesIn('pipeline/crawl/src/feed/feed-result.ts', 'FeedErrorCode'), 'too-many-entries', 'internal-error', 'overdue', 'empty', 'host-busy', 'robots-disallowed', 'robots-unavailable'];

  it('are there for every code that the crawler can store', () => {
    expect(codes.length).toBeGreaterThan(38);
    expect(codes.filter((code) => faultWords(code).cause === unknown.cause)).toEqual([]);
  });

  it('are there for every status a server can answer', () => {
    const statuses = [300, 304, 400, 401, 402, 403, 404, 405, 406, 408, 410, 418, 422, 425, 429, 451, 500, 501, 502, 503, 504, 520, 599];
    expect(statuses.filter((status) => faultWords(`http-${status}`).cause === unknown.cause)).toEqual([]);
    expect(faultWords('http-503').cause).toBe('The site has trouble');
  });

  it.each(codes)('of %s are a short cause without a full stop and an advice in sentences', (code) => {
    const { cause, advice } = faultWords(code);
    expect(cause).toMatch(/^[A-Z].{5,45}[^.]$/);
    expect(advice).toMatch(/^[A-Z].{15,400}[^.]$/s);
    expect(`${cause} ${advice}`).not.toMatch(/\b(?:http-\d|null|undefined)\b/);
  });

  it('for what is not known are calm', () => {
    expect(faultWords(null)).toEqual(unknown);
  });
});
