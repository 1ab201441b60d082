// Where most of a page's prose stands, whatever its parts are called: what Readability's choice is checked against.
import { collapse } from '../feed/clean-html.ts';
import type { PageDocument, PageElement } from './page.ts';

const shortest = 60;
const mostClimbs = 400_000;
const outside = new Set(['ASIDE', 'FOOTER', 'NAV', 'FORM', 'FIGURE', 'FIGCAPTION']);

/** The smallest element that holds nearly all of the page's sentences; null on a page without prose. @param isBeside whether an element's name says that it stands beside the article */
export function proseHome(page: PageDocument, isBeside: (element: PageElement) => boolean): PageElement | null {
  const held = new Map<PageElement, number>();
  const beside = new Map<PageElement, boolean>();
  let climbs = 0;
  for (const block of page.querySelectorAll('p, blockquote, li, pre, td')) {
    const text = collapse(block.textContent ?? '');
    if (text.length < shortest || !/[.!?…。！？।]/.test(text) || linkedShare(block, text.length) > 0.4) continue;
    if (block.tagName !== 'P' && block.querySelector('p, li, td') !== null) continue;
    const above = ancestors(block);
    climbs += above.length;
    if (climbs > mostClimbs) return null;
    if (above.some((element) => outside.has(element.tagName) || remembered(beside, element, isBeside))) continue;
    for (const element of above) held.set(element, (held.get(element) ?? 0) + text.length);
  }
  let home = page.body;
  while (home !== null) {
    const enough = (held.get(home) ?? 0) * 0.85;
    const inner: PageElement | undefined = enough === 0 ? undefined : [...home.children].find((child) => (held.get(child) ?? 0) >= enough);
    if (inner === undefined) break;
    home = inner;
  }
  return home !== null && (held.get(home) ?? 0) > 0 ? home : null;
}

function remembered(answers: Map<PageElement, boolean>, element: PageElement, ask: (element: PageElement) => boolean): boolean {
  let answer = answers.get(element);
  if (answer === undefined) answers.set(element, (answer = element.tagName !== 'BODY' && ask(element)));
  return answer;
}

function ancestors(element: PageElement): PageElement[] {
  const found: PageElement[] = [];
  for (let above = element.parentElement; above !== null; above = above.parentElement) found.push(above);
  return found;
}

export function linkedShare(element: PageElement, length: number): number {
  let linked = 0;
  for (const link of element.querySelectorAll('a[href]')) linked += collapse(link.textContent ?? '').length;
  return linked / Math.max(length, 1);
}
