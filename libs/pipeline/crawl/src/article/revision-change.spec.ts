import { revisionChangeSchema, type RevisionChange } from '@tradewatch/events';
import { describe, expect, it } from 'vitest';
import { revisionChange } from './revision-change.ts';

const title = 'Canada lifts surtax on steel rails';
const text = 'By Anna Writer\n\nCanada will lift its surtax of 25 per cent on steel rails on August 1, the minister said.\n\nRailways welcomed the decision.';
const change = (after: { title?: string; text?: string }): RevisionChange | undefined => revisionChange({ title, text }, { title, text, ...after });

describe('a revision', () => {
  it.each([
    ['white space', text.replaceAll('\n\n', '  \n ')],
    ['an age', text],
  ])('that changes only %s is none', (_, after) => {
    expect(change({ text: after })).toBeUndefined();
    expect(revisionChange({ title, text: `5 minutes ago ${text} 12 comments` }, { title, text: `2 hours ago ${text} 14 comments` })).toBeUndefined();
    expect(revisionChange({ title, text: `${text}\nUpdated 10:31 a.m. ET` }, { title, text: `${text}\nUpdated 11:02 a.m. ET` })).toBeUndefined();
    expect(revisionChange({ title, text: `Last updated: July 3, 2026 at 10:31\n${text}` }, { title, text: `Last updated: July 4, 2026 at 8:05\n${text}` })).toBeUndefined();
  });

  it.each([
    ['punctuation', text.replace('said.', 'said;').replace('August 1,', 'August 1')],
    ['quotes and case', text.replace('the decision', '“the Decision”')],
    ['accents', text.replace('decision', 'décision')],
    ['a typing error', text.replace('Railways', 'Raliways')],
    ['a letter', text.replace('minister', 'ministter')],
    ['a compound', text.replace('surtax', 'sur-tax')],
    ['an article', text.replace('the minister', 'a minister')],
    ['the byline', text.replace('Anna Writer', 'Anna Writer and Tom Reeves')],
    ['the byline', text.replace('By Anna Writer\n\n', '')],
  ])('of %s is cosmetic', (_, after) => {
    expect(change({ text: after })).toMatchObject({ cosmetic: true, rewritten: false });
    expect(revisionChange({ title, text: after }, { title, text })).toMatchObject({ cosmetic: true });
  });

  it.each([
    ['a rate', text.replace('25', '35')], ['a date', text.replace('August 1', 'August 11')], ['a negation', text.replace('will lift', 'will not lift')],
    ['the direction', text.replace('rails on', 'rail exports on')], ['a short word', text.replace('will lift', 'may lift')],
    ['a name', text.replace('Railways', 'Shippers')], ['a sentence', text.replace('\n\nRailways welcomed the decision.', '')], ['a name outside of the byline', text.replace('the minister', 'Anna Writer')],
  ])('of %s is news', (_, after) => {
    expect(change({ text: after })).toMatchObject({ cosmetic: false });
  });

  it('says what was there before and what is now, in the words as they stand', () => {
    expect(change({ title: 'Canada keeps surtax on steel rails', text: text.replace('lift its surtax of 25 per cent', 'keep its surtax') })).toEqual({
      cosmetic: false, rewritten: false, title: { before: title, after: 'Canada keeps surtax on steel rails' }, wordsAdded: 2, wordsRemoved: 6,
      passages: [{ removed: 'lift', added: 'keep' }, { removed: 'of 25 per cent', added: '' }],
    });
  });

  it('is bounded for texts that have nothing in common, and fits its contract', () => {
    const words = (count: number, word: string): string => Array.from({ length: count }, (_, n) => `${word}${n}`).join(' ');
    const rewritten = revisionChange({ title, text: words(5_000, 'a') }, { title: 'New', text: words(7_000, 'b') })!;
    expect(rewritten).toMatchObject({ cosmetic: false, rewritten: true, wordsAdded: 7_001, wordsRemoved: 5_006, passages: [] });
    const many = revisionChange({ title, text: words(500, 'x ') }, { title, text: words(500, 'x y') })!;
    expect(JSON.stringify(revisionChangeSchema.parse(many)).length).toBeLessThan(15_000);
  });

  it('takes no time to compare long and hostile texts', () => {
    const started = performance.now();
    for (const part of ['a b ', '\n', 'By A ', '1,', '"', 'ago ', 'updated ', 'é']) {
      revisionChange({ title, text: part.repeat(200_000 / part.length) }, { title, text: `x${part.repeat(150_000 / part.length)} y` });
    }
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
