import { describe, expect, it } from 'vitest';
import { alertContent, sentenceAround } from './alert-content.ts';
import { alertCause, alertId } from './alert.ts';
import { classifiedArticle } from './article-event.fixture.ts';

const announced = { kind: 'tariff', stage: 'announced' } as const;
const inEffect = { kind: 'tariff', stage: 'in-effect' } as const;
const ruled = { kind: 'dispute', stage: 'ruled' } as const;

describe('an alert', () => {
  it('is raised the first time whatever the article carries', () => {
    expect(alertCause(null, [])).toEqual({ cause: 'first', developments: [] });
    expect(alertCause(null, [announced])).toEqual({ cause: 'first', developments: [announced] });
  });

  it('is raised again only for developments that no earlier one carried', () => {
    const carried = { developments: new Set(['tariff:announced']), corrections: new Set<string>() };
    expect(alertCause(carried, [])).toBeNull();
    expect(alertCause(carried, [announced])).toBeNull();
    expect(alertCause(carried, [inEffect, announced, ruled])).toEqual({ cause: 'dispute:ruled,tariff:in-effect', developments: [inEffect, ruled] });
  });

  it('is raised again once for each correction, with all that the article says', () => {
    const told = { developments: new Set(['tariff:announced']), corrections: new Set(['a']) };
    expect(alertCause(told, [announced], 'b')).toEqual({ cause: 'corrected:b', developments: [announced] });
    expect(alertCause(told, [announced], 'a')).toBeNull();
    expect(alertCause(told, [inEffect], 'a')).toEqual({ cause: 'tariff:in-effect', developments: [inEffect] });
    expect(alertCause(null, [], 'b')).toEqual({ cause: 'first', developments: [] });
  });

  it('has an id that depends on its subscription, story and cause alone', () => {
    expect(alertId('a', 'b', 'first')).toBe(alertId('a', 'b', 'first'));
    expect(new Set([alertId('a', 'b', 'first'), alertId('b', 'a', 'first'), alertId('a', 'b', 'tariff:ruled')]).size).toBe(3);
  });

  it('shows the article, its tags by name, the sentence of its development and why', () => {
    const content = alertContent(classifiedArticle(), { why: ['Sector: Automotive'], developments: [announced] }, { cause: 'first', developments: [announced] });
    expect(content).toMatchObject({
      article: { title: 'Truck tariffs rise to 25%', source: { name: 'The Gazette', authority: 'press' }, language: 'en' },
      tags: [{ field: 'sector', name: 'Automotive' }, { field: 'topic', name: 'Tariff measures' }, { field: 'authority', name: 'Section 232' }, { name: 'United States' }, { name: 'Mexico' }],
      developments: [{ kind: 'tariff', stage: 'announced', name: 'Tariff: announced' }],
      evidence: ['The duties on imported trucks rise to 25% on Monday.'],
      why: ['Sector: Automotive'],
    });
  });

  it('says that it is a correction', () => {
    const content = alertContent(classifiedArticle(), { why: ['Sector: Automotive'], developments: [announced] }, { cause: 'corrected:a', developments: [announced] });
    expect(content.why).toEqual(['Correction of a story you were told of', 'Sector: Automotive']);
  });

  it('says of an update what is new', () => {
    const content = alertContent(classifiedArticle(), { why: ['Sector: Automotive'], developments: [inEffect] }, { cause: 'tariff:in-effect', developments: [inEffect] });
    expect(content.why[0]).toBe('Update to a story you were told of: Tariff: in effect');
  });
});

describe('the sentence around a span', () => {
  const text = 'First one. The rate on trucks rises to 2.5 times the old. Last one.\n\nA heading without a stop\nNext line here';
  it.each([
    ['trucks', 'The rate on trucks rises to 2.5 times the old.'],
    ['First', 'First one.'],
    ['Last one.', 'Last one.'],
    ['without', 'A heading without a stop'],
    ['line', 'Next line here'],
  ])('of %j is %j', (span, sentence) => {
    const start = text.indexOf(span);
    expect(sentenceAround(text, { start, end: start + span.length })).toBe(sentence);
  });

  it('is a bounded stretch where the text has no sentences', () => {
    const long = 'word '.repeat(10_000);
    expect(sentenceAround(long, { start: 20_000, end: 20_004 }).length).toBeLessThan(850);
  });
});
