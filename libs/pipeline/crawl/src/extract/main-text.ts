// The text of the article on a page: Readability chooses the part, rules for what it leaves behind take the rest away, and the containers
// that publishing systems use stand in where it chose too little.
import { Readability } from '@mozilla/readability';
import { collapse, sanitizeMarkup, textOfMarkup } from '../feed/clean-html.ts';
import { parsePage, type PageDocument, type PageElement } from './page.ts';
import { isLeftover } from './leftovers.ts';

const maxElements = 30_000;
/** Never part of what an article says. */
const clutter = ['iframe', 'object', 'embed', 'svg', 'canvas', 'button', 'input', 'select', 'textarea', 'dialog', 'nav', 'link', 'audio', 'video',
  '[role="navigation"]', '[role="dialog"]', '[role="alertdialog"]', '[role="search"]', '[role="contentinfo"]', '[id*="cookie" i]', '[class*="cookie" i]', '[id*="onetrust"]', '[class*="consent"]'].join(',');
/** Names of parts inside an article that are about it or lead away from it. */
const sideParts = /(?:^|[\s_-])(?:newsletter|subscribe|subscription|signup|paywall|regwall|share|sharing|social|socials|sharedaddy|related|recommended|recommendations|recirc|promo|advert|advertisement|adsbygoogle|sponsored|outbrain|taboola|breadcrumbs?|comments?|commentlist|disqus|respond|pagination|pager|post-navigation|taglist|tag-list|post-tags|tags-links|entry-meta|post-meta|article-meta|entry-footer|toolbar|popup|modal|sidebar|byline|dateline|author-bio|author-box|about-author|wp-caption-text|caption|figcaption|screen-reader-text|visually-hidden|sr-only|jp-relatedposts|yarpp|noprint|skip-link|reading-time|toc|rating|likes?|feedback)(?:$|[\s_-])/i;
const sideTags = 'aside, figcaption, form, footer, noscript, button, nav';
/** Containers of the article's body in common publishing systems, the most exact first. */
const bodyContainers = ['[itemprop="articleBody"]', '.entry-content', '.post-content', '.article-body', '.article__body', '.article-content', '.article__content', '.articleBody', '.story-body', '.post-body', '.post__content', '.content-body', '.field--name-body', '.field-name-body',
  '.node__content', '.td-post-content', '.single-content', '.nota-contenido', '.article-text', '.texto', '#article-body', '#articleBody', '#main-content article', 'article', '[role="main"]', 'main', '#content', '.content', '#main'];

export interface MainText {
  /** Paragraphs separated by a blank line. */
  readonly text: string;
  readonly title: string | null;
  readonly byline: string | null;
}

/** Where an article's parts stand on a site whose pages mislead the general rules. */
export interface ArticleSelectors {
  readonly content: string;
  /** Parts of the content that do not belong to it. */
  readonly remove?: string | undefined;
}

/** @throws whatever linkedom or Readability throw on a page they cannot take; the caller falls back. */
export function readMainText(html: string, selectors?: ArticleSelectors): MainText {
  const page = parsePage(html);
  const chosen = selectors === undefined ? null : page.querySelector(selectors.content);
  if (chosen !== null) {
    if (selectors?.remove !== undefined) for (const element of [...chosen.querySelectorAll(selectors.remove)]) element.remove();
    return { text: textOf(chosen), title: null, byline: null };
  }
  removeClutter(page);
  const contained = containedText(page);
  const read = new Readability(page as unknown as ConstructorParameters<typeof Readability>[0], {
    maxElemsToParse: maxElements, charThreshold: 250, keepClasses: true, disableJSONLD: true, serializer: (node) => node as unknown as PageElement,
  }).parse();
  const content = read?.content as PageElement | null | undefined;
  const found = content ? textOf(content) : '';
  return { text: better(found, contained), title: read?.title ?? null, byline: read?.byline ?? null };
}

/** Scripts go first, so that what is left can be weighed by its text: an element that holds half the page is the page, whatever its name. */
function removeClutter(page: PageDocument): void {
  for (const element of [...page.querySelectorAll('script, style, template')]) element.remove();
  const whole = (page.body?.textContent ?? '').length;
  for (const element of [...page.querySelectorAll(clutter)]) if (isSmall(element, whole)) element.remove();
}

interface Contained {
  readonly text: string;
  readonly isDeclared: boolean;
}

/** The text of the first known container that holds a fair amount of prose. */
function containedText(page: PageDocument): Contained {
  let longest: Contained = { text: '', isDeclared: false };
  for (const selector of bodyContainers) {
    const elements = [...page.querySelectorAll(selector)].slice(0, 3);
    // Several of a kind are a list of articles, not one.
    if (elements.length !== 1 || elements[0] === undefined) continue;
    const text = textOf(parsePage(elements[0].outerHTML).body ?? elements[0]);
    if (text.length > 600) return { text, isDeclared: selector.startsWith('[itemprop') };
    if (text.length > longest.text.length) longest = { text, isDeclared: false };
  }
  return longest;
}

/** A declared body is exact where it is not a stub; another container helps only where Readability found next to nothing. */
function better(found: string, contained: Contained): string {
  if (contained.isDeclared && contained.text.length > found.length * 0.6) return contained.text;
  return found.length < 250 && contained.text.length > found.length * 1.5 ? contained.text : found;
}

function textOf(content: PageElement): string {
  const whole = (content.textContent ?? '').length;
  for (const element of [...content.querySelectorAll(sideTags)]) if (isSmall(element, whole)) element.remove();
  for (const element of [...content.querySelectorAll('[class], [id]')]) {
    if (sideParts.test(`${element.className} ${element.id}`) && isSmall(element, whole)) element.remove();
  }
  const paragraphs = textOfMarkup(sanitizeMarkup(content.innerHTML)).split(/\n{2,}/);
  return paragraphs.map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '' && !isLeftover(collapse(paragraph))).join('\n\n');
}

function isSmall(element: PageElement, whole: number): boolean {
  return (element.textContent ?? '').length < whole * 0.3;
}
