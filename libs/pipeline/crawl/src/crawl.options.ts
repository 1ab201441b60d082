import type { HttpClient } from '@tradewatch/http';
import type { Clock } from './clock.ts';

/** What the host application gives the crawl step. */
export interface CrawlOptions {
  /** The one way out; its limits are the limits of every poll. */
  readonly httpClient: HttpClient;
  /** Content of a sources YAML that replaces the catalog shipped with the product. */
  readonly sourcesYaml?: string;
  /** What to call the sources file in messages, e.g. its path. */
  readonly sourcesOrigin: string;
  /** Hours for which an entry of a source's first poll counts as news; 48 by default. */
  readonly alertableWindowHours?: number;
  /** Milliseconds between two requests to one host where its robots.txt asks for no more, and up to a quarter more at random; 1000 by default. */
  readonly hostGapMs?: number;
  /** Polls under way at the same time in one process, waiting and storing included; 128 by default. At most 32 of them receive an answer. */
  readonly concurrency?: number;
  /** The system's clock by default. */
  readonly clock?: Clock;
}

/** Injection token of the options. */
export const crawlOptions = Symbol('CrawlOptions');
