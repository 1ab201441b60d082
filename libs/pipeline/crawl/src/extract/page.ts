// The part of the DOM that reading pages needs, so that the server's code is compiled without a browser's types.
import { decodeHTMLStrict } from 'entities';
import { parseHTML } from 'linkedom';

export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  textContent: string | null;
  readonly parentElement: PageElement | null;
  readonly childNodes: Iterable<PageNode> & { readonly length: number };
  remove(): void;
}

export interface PageElement extends PageNode {
  readonly tagName: string;
  readonly children: Iterable<PageElement> & { readonly length: number };
  readonly previousElementSibling: PageElement | null;
  readonly nextElementSibling: PageElement | null;
  innerHTML: string;
  readonly outerHTML: string;
  readonly className: string;
  readonly id: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  setAttribute(name: string, value: string): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
  replaceWith(...nodes: PageNode[]): void;
  append(...nodes: (PageNode | string)[]): void;
  closest(selector: string): PageElement | null;
  cloneNode(deep: boolean): PageElement;
  contains(node: PageNode): boolean;
}

export interface PageDocument {
  readonly documentElement: PageElement | null;
  readonly head: PageElement | null;
  readonly body: PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
  createElement(name: string): PageElement;
}

/** Parses a page without running or loading anything it refers to. A fragment becomes the body of a page. */
export function parsePage(html: string): PageDocument {
  const single = withPlainCharacters(withoutInnerPages(html));
  const whole = /<body[\s>]|<html[\s>]/i.test(single) ? single : `<!doctype html><html><head></head><body>${single}</body></html>`;
  return (parseHTML(whole) as unknown as { document: PageDocument }).document;
}

/** Each entity would become a text node of its own; those that stand for letters and spaces become what they stand for. */
function withPlainCharacters(html: string): string {
  return html.includes('&') ? html.replace(/&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,24}\d{0,2});/gi, (entity) => {
    const character = decodeHTMLStrict(entity);
    return character.charCodeAt(0) > 0x7f ? character : entity;
  }) : html;
}

/** Pages carry whole documents inside their articles; a browser ignores the inner html and body tags, linkedom would nest them. */
function withoutInnerPages(html: string): string {
  const seen = new Set<string>();
  const lastEnd = html.toLowerCase().lastIndexOf('</body');
  return html.replace(/<(\/?)(html|body)(?=[\s>])[^<>]{0,4000}>/gi, (tag, slash: string, name: string, at: number) => {
    const key = `${slash}${name.toLowerCase()}`;
    if (slash === '/') return lastEnd === -1 || at >= lastEnd ? tag : '';
    if (seen.has(key)) return '';
    seen.add(key);
    return tag;
  });
}
