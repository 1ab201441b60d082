// rss-parser builds the model of a feed. It is given the tree our tolerant reader made, in the shape its own XML parser would have
// produced, holding only what it can take without throwing (valid dates, links with attributes); what its model does not know is read from
// the tree afterwards. HTML bodies stay out: its snippet making takes quadratic time on hostile markup.
import Parser from 'rss-parser';

/** Element values as xml2js gives them: text, or attributes beside text. */
export type ModelValue = string | { readonly $?: Readonly<Record<string, string>>; readonly _?: string; readonly name?: readonly string[] };
export type ModelElement = Record<string, ModelValue[] | ModelElement[]>;

export interface ModelItem {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly id?: string;
  readonly pubDate?: string;
  readonly date?: string;
  readonly author?: string;
  readonly creator?: string;
  readonly categories?: readonly string[];
}

export interface ModelFeed {
  readonly title?: string;
  readonly link?: string;
  readonly language?: string;
  readonly description?: string;
  readonly ttl?: string;
  readonly items: readonly ModelItem[];
}

/** The steps of rss-parser after its XML parser; the package is pinned, and rss-model.spec.ts notices if they change. */
interface ModelBuilder {
  buildRSS2(tree: { rss: { $: Record<string, string>; channel: ModelElement[] } }): ModelFeed;
  buildAtomFeed(tree: { feed: ModelElement }): ModelFeed;
}

const builder = new Parser() as unknown as ModelBuilder;

export function modelOfRss(channel: ModelElement): ModelFeed {
  return builder.buildRSS2({ rss: { $: { version: '2.0' }, channel: [channel] } });
}

export function modelOfAtom(feed: ModelElement): ModelFeed {
  return builder.buildAtomFeed({ feed });
}
