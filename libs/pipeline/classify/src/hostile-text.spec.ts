import { classificationSchema } from '@tradewatch/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';

const trade = 'The United States imposed a 25% tariff on steel from Mexico on March 4, 2025 under Section 232. ';

/** CPU time of a call in milliseconds; the wall clock of a shared machine says little. */
function cpuOf(call: () => void): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('hostile text', () => {
  it.each([
    ['one token of a million letters', 'a'.repeat(1_000_000)],
    ['ten million characters', trade.repeat(Math.ceil(10_000_000 / trade.length))],
    ['a million digits', '1'.repeat(1_000_000)],
    ['a million full stops', '. '.repeat(500_000)],
    ['a million apostrophes', "l'".repeat(500_000)],
    ['lone surrogates', '\ud800\udc00\ud800 tariff \udfff'.repeat(50_000)],
    ['bidi marks inside words', [...trade].join('\u202e').repeat(300)],
    ['NUL between letters', trade.replace(/ /g, '\u0000').repeat(1000)],
    ['a hundred thousand distinct scripts', Array.from({ length: 100_000 }, (_, index) => String.fromCodePoint(0x250 + (index % 0xd000))).join(' ')],
    ['combining marks without end', `e${'\u0301'.repeat(500_000)}`],
    ['prefixes of a long phrase', 'united states mexico canada '.repeat(40_000)],
    ['percent signs', '5% '.repeat(300_000)],
  ])('does not throw and keeps to the contract on %s', (_, text) => {
    let result: ReturnType<typeof classify> | undefined;
    const cost = cpuOf(() => {
      result = classify({ title: 'Tariff', text });
    });
    expect(() => classificationSchema.parse(result)).not.toThrow();
    expect(cost).toBeLessThan(5000);
    expect(cpuOf(() => classify({ title: text, text: '' }))).toBeLessThan(5000);
  });

  it('never throws and points evidence inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (title, noise, mixed) => {
        const article = { title, text: mixed ? `${trade}${noise}${trade}` : noise };
        const result = classificationSchema.parse(classify(article));
        const tags = [...result.sectors, ...result.topics, ...result.authorities, ...result.jurisdictions];
        for (const { field, start, end, text } of [...tags.flatMap(({ evidence }) => evidence), ...result.developments.flatMap(({ evidence }) => evidence), ...result.facts.map(({ evidence }) => evidence)]) {
          expect(article[field].slice(start, end)).toBe(text);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same answer twice, and after any other text', () => {
    const article = { title: 'Canada drops counter-tariffs', text: trade };
    const first = classify(article);
    classify({ title: 'x', text: 'ш'.repeat(1000) });
    expect(classify(article)).toEqual(first);
  });

  it('costs in proportion to the length', () => {
    const short = trade.repeat(200);
    const long = trade.repeat(1600);
    classify({ title: '', text: long });
    const once = Math.max(cpuOf(() => { for (let round = 0; round < 8; round++) classify({ title: '', text: short }); }), 1);
    expect(cpuOf(() => classify({ title: '', text: long }))).toBeLessThan(once * 6 + 50);
  });
});
