import type { HttpRequest, HttpResponse } from './http-client.ts';
import { HttpError } from './http-error.ts';

export interface GuardedFetchInit {
  readonly method?: string | undefined;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: unknown;
  readonly redirect?: 'error' | 'follow' | 'manual' | undefined;
  readonly signal?: AbortSignal | null | undefined;
}

/** The part of WHATWG fetch that client libraries use: text or byte bodies, redirects as asked, a standard Response. */
export type GuardedFetch = (url: string | URL, init?: GuardedFetchInit) => Promise<Response>;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

export function guardedFetch(send: (request: HttpRequest) => Promise<HttpResponse>): GuardedFetch {
  return async (url, init = {}) => {
    const method = (init.method ?? 'GET').toUpperCase();
    if (!methods.has(method)) {
      throw new HttpError({ code: 'request-failed', message: `Method ${method} is not supported`, retryable: false, url: String(url) });
    }
    const response = await send({
      method: method as HttpRequest['method'],
      url: String(url),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: bodyOf(init.body, String(url)),
      redirect: init.redirect ?? (method === 'GET' || method === 'HEAD' ? 'follow' : 'error'),
      signal: init.signal ?? undefined,
    });
    const bodyless = response.status === 204 || response.status === 205 || response.status === 304;
    const headers = new Headers(response.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    const result = new Response(bodyless ? null : (response.body as Uint8Array<ArrayBuffer>), { status: response.status, headers });
    return Object.defineProperty(result, 'url', { value: response.url });
  };
}

function bodyOf(body: unknown, url: string): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new HttpError({ code: 'request-failed', message: 'Only text and byte bodies can be sent', retryable: false, url });
}
