// Asks sources as the crawler would, and says how each is doing: without database, and without keeping anything.
import { HttpError, type GetResult, type HttpClient } from '@tradewatch/http';
import { systemClock } from '../clock.ts';
import { HostGate } from '../host/host-gate.ts';
import { HostsInMemory } from '../host/hosts-in-memory.ts';
import { readAddress, type Getter, type ReadableSource, type Reading } from '../poll/read-source.ts';
import type { SourceDefinition } from '../source/source.ts';
import { formatOf } from './document-format.ts';

/** How one address answered. */
export interface CheckedAddress {
  readonly url: string;
  /** Whether a server answered the request, whatever it said. */
  readonly reachable: boolean;
  /** Whether robots.txt lets us ask; null where the host cannot be reached at all. */
  readonly robots: 'allowed' | 'disallowed' | 'unavailable' | null;
  /** From robots.txt; absent where it asks for none. */
  readonly crawlDelaySeconds?: number;
  /** What the document is, by its bytes: rss, atom, rdf, json, html, sitemap, gzip, xml, text; null where none came. */
  readonly format: string | null;
  readonly contentType: string | null;
  /** Null where the document cannot be read as what the source is. */
  readonly entries: number | null;
  /** The newest date of an entry, ISO 8601; null where none has a date. */
  readonly newest: string | null;
  readonly ms: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * `ok`; `stale`: nothing newer than 30 days; `empty`: readable, but without entries; `fallback`: its main address fails, a fallback works;
 * `failed`: nothing of it can be read.
 */
export type Verdict = 'ok' | 'stale' | 'empty' | 'fallback' | 'failed';

export interface CheckedSource extends CheckedAddress {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly fallbacks: readonly CheckedAddress[];
}

export interface CheckOptions {
  /** Hosts asked at the same time; each of them one thing at a time. */
  readonly concurrency: number;
  /** Milliseconds between two requests to one host. */
  readonly hostGapMs?: number;
  readonly signal?: AbortSignal;
}

const staleAfterMs = 30 * 86_400_000;
const patienceMs = 30 * 60_000;

/** Checks the sources, main addresses and fallbacks, and hands each to `take` as soon as it is known. */
export async function checkSources(httpClient: HttpClient, sources: readonly SourceDefinition[], { concurrency, hostGapMs, signal }: CheckOptions, take: (checked: CheckedSource) => Promise<void>): Promise<void> {
  const hosts = new HostsInMemory();
  const gate = new HostGate({ httpClient, sourcesOrigin: '', ...(hostGapMs === undefined ? {} : { hostGapMs }) }, hosts, systemClock);
  const groups = [...Map.groupBy(sources, ({ url }) => new URL(url).host).values()];
  const worker = async (): Promise<void> => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const source of group) await take(await checkSource(gate, hosts, source, signal ?? new AbortController().signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, groups.length) }, worker));
  } finally {
    await gate.settled();
    gate.onModuleDestroy();
  }
}

async function checkSource(gate: HostGate, hosts: HostsInMemory, source: SourceDefinition, signal: AbortSignal): Promise<CheckedSource> {
  const addresses: CheckedAddress[] = [];
  for (const [addressIndex, address] of [source.url, ...source.fallbacks].entries()) addresses.push(await checkAddress(gate, hosts, source, address, addressIndex, signal));
  const [main, ...fallbacks] = addresses;
  const { id, name, kind } = source;
  return { id, name, kind, verdict: verdictOf(main!, fallbacks), ...main!, fallbacks };
}

async function checkAddress(gate: HostGate, hosts: HostsInMemory, definition: SourceDefinition, address: string, addressIndex: number, signal: AbortSignal): Promise<CheckedAddress> {
  const started = performance.now();
  const now = new Date();
  const recorder = new Recorder(gate);
  const reading = await readAddress(recorder, unpolled(definition, now), { address, addressIndex }, { now, signal });
  const error = errorOf(reading);
  const { host } = new URL(address);
  const { last, isAnswered } = recorder;
  const crawlDelaySeconds = hosts.crawlDelaySeconds(host);
  return {
    url: address,
    reachable: isAnswered,
    robots: error?.code === 'robots-disallowed' ? 'disallowed' : error?.code === 'robots-unavailable' ? 'unavailable' : isAnswered ? 'allowed' : null,
    ...(crawlDelaySeconds > 0 ? { crawlDelaySeconds } : {}),
    format: last === undefined ? null : formatOf(last.body),
    contentType: last?.headers['content-type'] ?? null,
    entries: reading.outcome === 'read' ? reading.feed.entries.length : null,
    newest: reading.outcome === 'read' ? newestOf(reading) : null,
    ms: Math.round(performance.now() - started),
    ...(error ? { error } : {}),
  };
}

/** As if it had been polled a moment ago, so that one page is enough; a gazette as if never, for today may be a day without edition. */
function unpolled(definition: SourceDefinition, now: Date): ReadableSource {
  const lastSucceededAt = definition.kind === 'dof' ? null : now;
  return { ...definition, etag: null, lastModified: null, lastPolledAt: null, lastSucceededAt, backfilledAt: lastSucceededAt, consecutiveFailures: 0, gaps: [] };
}

function errorOf(reading: Reading): CheckedAddress['error'] {
  const fault = reading.outcome === 'unreadable' ? reading.fault : reading.outcome === 'read' ? reading.partFault : undefined;
  return fault && { code: fault.code, message: fault.message };
}

function newestOf({ feed }: Extract<Reading, { outcome: 'read' }>): string | null {
  return feed.entries.map(({ published, updated }) => published ?? updated).filter((date) => date !== null).sort().at(-1) ?? null;
}

function verdictOf(main: CheckedAddress, fallbacks: readonly CheckedAddress[]): Verdict {
  if (main.entries === null) return fallbacks.some(({ entries }) => (entries ?? 0) > 0) ? 'fallback' : 'failed';
  if (main.entries === 0) return 'empty';
  return main.newest !== null && Date.now() - Date.parse(main.newest) > staleAfterMs ? 'stale' : 'ok';
}

/** Remembers the last document, and whether any server answered at all. */
class Recorder implements Getter {
  last: GetResult | undefined;
  isAnswered = false;

  constructor(private readonly gate: HostGate) {}

  async get(...[url, options]: Parameters<Getter['get']>): Promise<GetResult> {
    try {
      this.last = await this.gate.get(url, { ...options, patienceMs });
      this.isAnswered = true;
      return this.last;
    } catch (error) {
      if (error instanceof HttpError && (error.status !== undefined || error.code.startsWith('robots-'))) this.isAnswered = true;
      throw error;
    }
  }
}
