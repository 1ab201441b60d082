import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { Deadline } from './deadline.ts';
import { failureOf, statusFailure } from './failure.ts';
import { guardedConnector, systemResolve, type Resolve } from './guarded-connector.ts';
import { guardedFetch, type GuardedFetch } from './guarded-fetch.ts';
import { HttpError } from './http-error.ts';
import { defaultLimits, type HttpLimits } from './limits.ts';
import { readBody } from './read-body.ts';
import { RedirectTrail } from './redirect-trail.ts';
import { parseRetryAfter } from './retry-after.ts';

export interface HttpClientOptions {
  /** Lets requests reach loopback and private addresses, and any port. Link-local and metadata addresses stay closed. */
  readonly allowPrivateNetworks: boolean;
  /** An honest name with a contact, sent with every request. */
  readonly userAgent: string;
  readonly limits?: Partial<HttpLimits>;
  /** Follow a redirect from https to http; off by default. */
  readonly allowDowngrade?: boolean;
  /** Replaces the system's resolver. Its answers are checked like any other. */
  readonly resolve?: Resolve;
  /** Milliseconds since 1970, for dates in Retry-After; the system's clock by default. */
  readonly now?: () => number;
}

interface Bounds {
  readonly maxBytes?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before every request of a trail of redirects, the first included, once its address is checked; what it throws ends the trail. Time spent in it does not count. */
  readonly beforeRequest?: ((url: URL) => Promise<void>) | undefined;
}

export interface GetOptions extends Bounds {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly accept?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface HttpRequest extends Bounds {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** What a 3xx means: an answer like any other (default), an error, or (GET and HEAD only) a hop to follow. */
  readonly redirect?: 'manual' | 'error' | 'follow' | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly ok: boolean;
  /** Where the response came from, after redirects. */
  readonly url: string;
  /** Set where the first hops were 301 or 308: the address to ask from now on. */
  readonly movedPermanentlyTo?: string | undefined;
  /** Lower-case names; repeated fields are joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly retryAfterMs?: number | undefined;
}

export interface GetResult extends HttpResponse {
  /** The server answered 304 to the conditional request; the body is empty. */
  readonly notModified: boolean;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface HttpClient {
  /** Fetches a document, following redirects. @throws HttpError for everything except 2xx and an answered condition (304) */
  get(url: string, options?: GetOptions): Promise<GetResult>;
  /** Sends one request and returns whatever status comes back. @throws HttpError where no response came, or a limit was passed */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** For libraries that take a `fetch`: the same guard and limits; rejects with HttpError. */
  readonly fetch: GuardedFetch;
  /** Ends all connections; requests under way fail with `aborted`. */
  close(): Promise<void>;
}

/** The one way out to the web, for crawler and webhooks alike. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limits: HttpLimits = { ...defaultLimits, ...options.limits };
  const agent = new Agent({
    connect: guardedConnector(options, options.resolve ?? systemResolve, limits.connectTimeoutMs),
    allowH2: false,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.idleTimeoutMs,
    maxHeaderSize: limits.maxHeaderBytes,
    connections: 64,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 30_000,
  });

  async function exchange(request: HttpRequest, deadline: Deadline): Promise<HttpResponse> {
    const trail = new RedirectTrail(options, limits.maxRedirects);
    let url = trail.start(request.url);
    for (;;) {
      if (request.beforeRequest) await deadline.without(() => request.beforeRequest!(url));
      const response = await send(request, url, trail.crossedOrigin, deadline.signal);
      const isRedirect = response.statusCode >= 300 && response.statusCode < 400 && response.statusCode !== 304 && response.statusCode !== 300;
      if (isRedirect && request.redirect !== undefined && request.redirect !== 'manual') {
        response.body.on('error', () => undefined).destroy();
        if (request.redirect === 'error') throw unexpectedRedirect(url, response.statusCode);
        url = trail.follow(response.statusCode, flatten(response.headers)['location'], url);
        continue;
      }
      const headers = flatten(response.headers);
      const empty = request.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
      const body = empty ? await noBody(response.body) : await readBody(response.body as Readable, headers['content-encoding'] ?? '', request.maxBytes ?? limits.maxBytes, url.href);
      return {
        status: response.statusCode,
        ok: response.statusCode >= 200 && response.statusCode < 300,
        url: url.href,
        movedPermanentlyTo: trail.movedPermanentlyTo,
        headers,
        body,
        retryAfterMs: parseRetryAfter(headers['retry-after'], options.now?.()),
      };
    }
  }

  function send(request: HttpRequest, url: URL, crossedOrigin: boolean, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = { 'user-agent': options.userAgent, 'accept-encoding': 'gzip, deflate, br' };
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
    if (crossedOrigin) {
      delete headers['authorization'];
      delete headers['cookie'];
    }
    return agent.request({ origin: url.origin, path: url.pathname + url.search, method: request.method, headers, body: request.body ?? null, signal });
  }

  async function request(call: HttpRequest): Promise<HttpResponse> {
    const timeoutMs = call.timeoutMs ?? limits.timeoutMs;
    const deadline = new Deadline(timeoutMs, call.signal);
    try {
      return await exchange(call, deadline);
    } catch (error) {
      if (error instanceof HttpError || error === deadline.refusal) throw error;
      if (call.signal?.aborted) throw new HttpError({ code: 'aborted', message: 'The request was cancelled', retryable: true, url: call.url, cause: error });
      if (deadline.passed) throw tooSlow(call.url, timeoutMs, error);
      throw failureOf(error, call.url);
    } finally {
      deadline.clear();
    }
  }

  async function get(url: string, call: GetOptions = {}): Promise<GetResult> {
    const headers: Record<string, string> = { accept: call.accept ?? '*/*', ...call.headers };
    if (call.etag !== undefined) headers['if-none-match'] = call.etag;
    if (call.lastModified !== undefined) headers['if-modified-since'] = call.lastModified;
    const response = await request({ method: 'GET', url, headers, redirect: 'follow', maxBytes: call.maxBytes, timeoutMs: call.timeoutMs, signal: call.signal, beforeRequest: call.beforeRequest });
    const notModified = response.status === 304 && (call.etag !== undefined || call.lastModified !== undefined);
    if (!response.ok && !notModified) throw statusFailure(response.status, response.url, response.retryAfterMs);
    return { ...response, notModified, etag: response.headers['etag'], lastModified: response.headers['last-modified'] };
  }

  return { get, request, fetch: guardedFetch(request), close: () => agent.destroy() };
}

/** A response that has no body by its nature: the connection is free for the next request. */
async function noBody(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  await body.dump();
  return new Uint8Array();
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function unexpectedRedirect(url: URL, status: number): HttpError {
  return new HttpError({ code: 'unexpected-redirect', message: `${url.host} answered with a redirect where none is allowed`, retryable: false, url: url.href, status });
}

function tooSlow(url: string, timeoutMs: number, cause: unknown): HttpError {
  return new HttpError({ code: 'timeout', message: `No complete response within ${timeoutMs / 1000} s`, retryable: true, url, cause });
}
