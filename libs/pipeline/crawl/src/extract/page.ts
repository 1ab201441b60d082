// The part of the DOM that reading pages needs, so that the server's code is compiled without a browser's types.
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
  const whole = /<body[\s>]|<html[\s>]/i.test(html) ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  return (parseHTML(whole) as unknown as { document: PageDocument }).document;
}
