// The text of the article on a page: Readability chooses the part, rules for what it leaves behind take the rest away, and the containers
// that publishing systems use stand in where it chose too little.
import { Readability } from '@mozilla/readability';
import { collapse, sanitizeMarkup, textOfMarkup } from '../feed/clean-html.ts';
import type { PageDocument, PageElement } from './page.ts';
import { isLeftover } from './leftovers.ts';
import { proseHome } from './prose-home.ts';

const maxElements = 30_000;
/** Never part of what an article says. */
const clutter = ['iframe', 'object', 'embed', 'svg', 'canvas', 'button', 'input', 'select', 'textarea', 'dialog', 'nav', 'link', 'audio', 'video',
  '[role="navigation"]', '[role="dialog"]', '[role="alertdialog"]', '[role="search"]', '[role="contentinfo"]', '[id*="cookie" i]', '[class*="cookie" i]', '[id*="onetrust"]', '[class*="consent"]'].join(',');
/** Names of parts inside an article that are about it or lead away from it. */
const sideParts = /(?:^|[\s_-])(?:newsletter|subscribe|subscription|signup|paywall|regwall|share|sharing|social|socials|sharedaddy|related|recommended|recommendations|recirc|promo|advert|advertisement|adsbygoogle|sponsored|outbrain|taboola|breadcrumbs?|comments?|commentlist|disqus|respond|pagination|pager|post-navigation|taglist|tag-list|post-tags|tags-links|entry-meta|post-meta|article-meta|entry-footer|toolbar|popup|modal|sidebar|byline|author-bio|author-box|about-author|wp-caption-text|caption|figcaption|screen-reader-text|visually-hidden|sr-only|jp-relatedposts|yarpp|noprint|skip-link|reading-time|toc|rating|likes?|feedback|credits?|photo-?credit|image-?credit|transcript|gallery|carousel|slideshow|donate|donation|teasers?|read-?more|more-?(?:on|from|stories|news)|see-?also|also-?read|trending|most-?read|popular|author-?(?:info|details|card|meta)|contributors?|bio|log-?in|sign-?in|report-?error|kudos|timestamp|publish(?:ed)?-?date|pub-?date|ads?|ad-?(?:slot|unit|container|wrapper)|video-?player|player|tags|topics)(?:$|[\s_-])/i;
/** Names of what stands beside an article and may look like one. */
const isAside = /(?:^|[\s_-])(?:footer|header|menu|navigation|navbar|cookies?|consent|banner|legal|imprint|teaser|listing|cards?)(?:$|[\s_-])/i;
const sideTags = 'aside, figcaption, form, footer, noscript, button, nav';
/** Containers of the article's body in common publishing systems, the most exact first. */
const bodyContainers = ['[itemprop="articleBody"]', '.entry-content', '.post-content', '[class*="article-body" i]', '[class*="article__body" i]', '[class*="article-content" i]', '[class*="article__content" i]', '[class*="articleBody" i]', '[class*="story-body" i]',
  '[class*="post-body" i]', '.post__content', '.content-body', '.field--name-body', '.field-name-body', '.node__content', '.td-post-content', '.single-content', '.nota-contenido', '.article-text', '.texto', '#article-body', '#fulltext_content_area', '#DivDetalleNota', '[property="mainContentOfPage"]', 'article', '[role="main"]', 'main', '#content', '.content', '#main'];

const generalContainersFrom = bodyContainers.indexOf('article');

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

/**
 * Takes the page apart while reading it: whoever needs the page for something else reads that first.
 * @throws whatever linkedom or Readability throw on a page they cannot take; the caller falls back
 */
export function readMainText(page: PageDocument, selectors?: ArticleSelectors): MainText {
  const chosen = selectors === undefined ? null : page.querySelector(selectors.content);
  if (chosen !== null) {
    if (selectors?.remove !== undefined) for (const element of [...chosen.querySelectorAll(selectors.remove)]) element.remove();
    return { text: textOf(chosen), title: null, byline: null };
  }
  removeClutter(page);
  const contained = containedText(page);
  const lead = leadOf(page);
  const home = homeText(page);
  const read = new Readability(page as unknown as ConstructorParameters<typeof Readability>[0], {
    maxElemsToParse: maxElements, charThreshold: 250, keepClasses: true, disableJSONLD: true, serializer: (node) => node as unknown as PageElement,
  }).parse();
  const content = read?.content as PageElement | null | undefined;
  const found = content ? textOf(content) : '';
  return { text: withLead(lead, corrected(better(found, contained), home)), title: read?.title ?? null, byline: read?.byline ?? null };
}

/** Scripts go first, so that what is left can be weighed by its text: an element that holds half the page is the page, whatever its name. */
function removeClutter(page: PageDocument): void {
  for (const element of [...page.querySelectorAll('script, style, template')]) element.remove();
  const whole = (page.body?.textContent ?? '').length;
  for (const element of [...page.querySelectorAll(clutter)]) if (isSmall(element, whole)) element.remove();
}

const leadSelectors = '.lead, .lede, .lead-text, .standfirst, .article-lead, .article__lead, .article-intro, .intro, .entry-summary, .article-summary, .chapo, .chapeau, .sumario, .bajada, .entradilla, .dek, .deck, [class*="standfirst"], header p';

/** The paragraph that publishers set above the text, outside of what Readability takes. */
function leadOf(page: PageDocument): string {
  const leads = [...page.querySelectorAll(leadSelectors)].slice(0, 20).map((element) => collapse(element.textContent ?? '')).filter((text) => text.length >= 60 && text.length <= 700 && /[.!?…»"”]$/.test(text));
  return new Set(leads).size === 1 ? (leads[0] ?? '') : '';
}

function withLead(lead: string, text: string): string {
  if (lead === '' || text.length < 250 || isLeftover(lead)) return text;
  return collapse(text).includes(lead.slice(0, 50)) ? text : `${lead}\n\n${text}`;
}

interface Contained {
  readonly text: string;
  readonly isDeclared: boolean;
  /** By a name that only the body of an article has. */
  readonly isNamed: boolean;
}

/** The text of the first known container that holds a fair amount of prose. */
function containedText(page: PageDocument): Contained {
  let longest: Contained = { text: '', isDeclared: false, isNamed: false };
  for (const [index, selector] of bodyContainers.entries()) {
    const elements = [...page.querySelectorAll(selector)].slice(0, 3);
    // Several of a kind are a list of articles, not one.
    if (elements.length !== 1 || elements[0] === undefined) continue;
    const text = textOf(elements[0].cloneNode(true));
    if (text.length > 600) return { text, isDeclared: selector.startsWith('[itemprop'), isNamed: index < generalContainersFrom };
    if (text.length > longest.text.length) longest = { text, isDeclared: false, isNamed: index < generalContainersFrom };
  }
  return longest;
}

/** Whether some paragraph of one stands in the other. */
function sharesText(one: string, other: string): boolean {
  const whole = collapse(other);
  return one.split('\n\n').some((paragraph) => paragraph.length >= 60 && whole.includes(collapse(paragraph).slice(0, 60)));
}

/** A declared body is exact where it is not a stub; another container helps where Readability found little. */
function better(found: string, contained: Contained): string {
  if (contained.isDeclared && contained.text.length > found.length * 0.75) return contained.text;
  if (contained.isNamed && contained.text.length > 600 && (found.length > contained.text.length * 3 || !sharesText(found, contained.text))) return contained.text;
  const isMore = contained.isNamed && proseLength(contained.text) > proseLength(found) * 1.4 && proseLength(contained.text) > contained.text.length * 0.6;
  const isTooLittle = isMore || (found.length < 250 ? contained.text.length > found.length * 1.5 : found.length < contained.text.length * 0.35);
  return isTooLittle ? contained.text : found;
}

/** The text where most of the prose stands; '' where that is most of the page, which says nothing. */
function homeText(page: PageDocument): string {
  const whole = (page.body?.textContent ?? '').length;
  const home = proseHome(page, (element) => isDiscussion(element) || isHidden(element) || consent.test(namesOf(element)) || (sideParts.test(namesOf(element)) || isAside.test(namesOf(element))) && isSmall(element, whole));
  return home === null || home.tagName === 'BODY' ? '' : textOf(home.cloneNode(true));
}

const consent = /(?:^|[\s_-])(?:cookies?|consent|gdpr|dsgvo|cmp|usercentrics|onetrust|didomi|privacy)(?:$|[\s_-])/i;

function isHidden(element: PageElement): boolean {
  return element.hasAttribute('hidden') || /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(element.getAttribute('style') ?? '') || element.getAttribute('aria-hidden') === 'true';
}

/** Readers' comments can be longer than the article. */
function isDiscussion(element: PageElement): boolean {
  const names = `${element.className} ${element.id}`.toLowerCase().split(/\s+/, 40);
  return names.some((name) => /^(?:comments?|comment-?(?:list|section|area|thread|container|wrapper)|comments-?(?:list|section|area|thread|container|wrapper)|respond|replies|reactions|disqus\w*|fb-comments|leserkommentare|kommentare)$/.test(name)) && element.querySelector('h1') === null;
}

/** Replaces a choice that lost much of the page's prose, or is not where it stands, or took in far more than that. */
function corrected(chosen: string, home: string): string {
  const here = proseLength(chosen);
  const there = proseLength(home);
  if (there < (here < 150 ? 200 : 400) || (there < home.length * 0.6 && here > there * 0.3)) return chosen;
  // A good deal more than what already is an article is a page of articles.
  if (there > here * 1.4) return here > 600 && there > here * 2 ? chosen : home;
  return chosen.length > home.length * 2.5 && there > here * 0.5 ? home : chosen;
}

function proseLength(text: string): number {
  return text.split('\n\n').reduce((sum, paragraph) => sum + (paragraph.length >= 60 && /[.!?…]["”»’)]?$/.test(paragraph) ? paragraph.length : 0), 0);
}

function textOf(content: PageElement): string {
  const whole = (content.textContent ?? '').length;
  for (const element of [...content.querySelectorAll(sideTags)]) if (isSmall(element, whole)) element.remove();
  for (const element of [...content.querySelectorAll('[class], [id], [hidden], [style]')]) {
    if (isDiscussion(element) || (isHidden(element) && isSmall(element, whole))) element.remove();
    else if (sideParts.test(namesOf(element)) && isSmall(element, whole)) element.remove();
  }
  removeLinkBlocks(content);
  const headings = new Set([...content.querySelectorAll('h2, h3, h4, h5, h6')].map((heading) => collapse(heading.textContent ?? '')));
  const paragraphs = textOfMarkup(sanitizeMarkup(content.innerHTML)).split(/\n{2,}/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '' && !isLeftover(collapse(paragraph)));
  // A heading with nothing below it announced something that is gone.
  while (headings.has(collapse(paragraphs.at(-1) ?? ''))) paragraphs.pop();
  return paragraphs.join('\n\n');
}

/** Lists and lines that are nothing but links lead to other articles; the heading above such a list goes with it. */
function removeLinkBlocks(content: PageElement): void {
  for (const block of [...content.querySelectorAll('ul, ol, p, div, h2, h3, h4, h5')]) {
    const length = collapse(block.textContent ?? '').length;
    if (length === 0 || length > 800 || (block.tagName === 'DIV' && block.querySelector('p, div') !== null)) continue;
    const linked = [...block.querySelectorAll('a[href]')].reduce((sum, link) => sum + collapse(link.textContent ?? '').length, 0);
    const share = linked / length;
    if (share < (block.tagName === 'P' && length < 200 && !/[.!?…]["”»]?$/.test(collapse(block.textContent ?? '')) ? 0.6 : 0.85)) continue;
    const above = block.previousElementSibling;
    if (above !== null && /^H[2-6]$/.test(above.tagName) && block.nextElementSibling?.tagName !== 'P') above.remove();
    block.remove();
  }
}

/** Class and id, their camelCase taken apart. */
function namesOf(element: PageElement): string {
  return `${element.className} ${element.id}`.slice(0, 500).replace(/([a-z])(?=[A-Z])/g, '$1-');
}

function isSmall(element: PageElement, whole: number): boolean {
  return (element.textContent ?? '').length < whole * 0.3;
}
