import { describe, expect, it } from 'vitest';
import { isSummary, wantsPage } from './wants-page.ts';

const at = new Date('2026-07-20T12:00:00Z');
const article = { url: 'https://paper.example/2026/steel', text: 'Duties rise.', publishedAt: at };

describe('the text of a feed', () => {
  it.each([
    ['Duties rise on Monday.', true],
    ['', true],
    ['Duties rise on Monday. '.repeat(100), false],
    [`${'Duties rise on Monday. '.repeat(100)}Importers were […]`, true],
    [`${'Duties rise on Monday. '.repeat(100)}Importers were told... Read more`, true],
    [`${'Los aranceles suben el lunes. '.repeat(100)}Seguir leyendo »`, true],
    [`${'Les droits augmentent lundi. '.repeat(100)}Lire la suite`, true],
    [`${'Duties rise on Monday. '.repeat(80)}The post Duties appeared first on The Paper.`, true],
  ])('is a summary where it is short or breaks off: %#', (text, expected) => expect(isSummary(text)).toBe(expected));
});

describe('the page of an article', () => {
  it('is fetched by itself while the article is news and its feed gives a summary', () => {
    expect(wantsPage(article, 'auto', at)).toBe(true);
    expect(wantsPage({ ...article, text: 'Duties rise on Monday. '.repeat(100) }, 'auto', at)).toBe(false);
    expect(wantsPage({ ...article, publishedAt: new Date('2026-07-12T12:00:00Z') }, 'auto', at)).toBe(false);
  });

  it('is fetched always or never where its source says so', () => {
    expect(wantsPage({ ...article, text: 'x'.repeat(9000), publishedAt: new Date('2020-01-01') }, 'always', at)).toBe(true);
    expect(wantsPage(article, 'never', at)).toBe(false);
  });

  it('must be a page of its own', () => {
    expect(wantsPage({ ...article, url: 'https://paper.example/' }, 'always', at)).toBe(false);
    expect(wantsPage({ ...article, url: 'not an address' }, 'always', at)).toBe(false);
  });
});
