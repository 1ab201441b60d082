// What a site's robots.txt lets us do (RFC 9309), as far as a crawler of feeds asks.
import parseRobots from 'robots-parser';

/** The product token of our User-Agent: the group of rules with this name is ours, the group `*` otherwise. */
const productToken = 'tradewatch';
/** RFC 9309, 2.5: at least the first 500 KiB count. */
const mostCharacters = 512 * 1024;
/** Patterns longer than any path are no rules, and would make matching expensive. */
const longestLine = 1024;
/** From there on a pattern is cut short, which forbids more rather than less. */
const mostWildcards = 10;
const longestCrawlDelayMs = 24 * 3600_000;

export interface RobotsRules {
  /** Milliseconds between two requests that the site asks for (Crawl-delay), at most a day; 0 where it asks for nothing. */
  readonly crawlDelayMs: number;
  allows(url: URL): boolean;
}

/** No robots.txt, or an empty one: everything is open. */
export const openToAll: RobotsRules = { crawlDelayMs: 0, allows: () => true };

/** Reads a robots.txt; whatever is no rule in it is passed over, so that an HTML page says nothing. */
export function readRobots(text: string): RobotsRules {
  const rules = text.slice(0, mostCharacters).replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).filter((line) => line.length <= longestLine).map(plainPattern);
  const origin = 'http://host.invalid';
  const robots = parseRobots(`${origin}/robots.txt`, rules.join('\n'));
  const delay = robots.getCrawlDelay(productToken) ?? 0;
  return {
    crawlDelayMs: delay > 0 ? Math.min(delay * 1000, longestCrawlDelayMs) : 0,
    allows: ({ pathname, search }) => robots.isAllowed(origin + pathname + search, productToken) !== false,
  };
}

function plainPattern(line: string): string {
  const parts = line.split(/\*+/);
  return parts.length <= mostWildcards + 1 ? parts.join('*') : parts.slice(0, mostWildcards + 1).join('*');
}

/** Only what is worth keeping of a robots.txt: nothing, where it has no rules at all. */
export function worthKeeping(text: string): string {
  return /^[ \t]*(?:disallow|crawl-delay)[ \t]*:[ \t]*[^\s#]/im.test(text.slice(0, mostCharacters)) ? text.slice(0, mostCharacters) : '';
}
