// Turns what undici, Node's sockets, TLS and zlib throw into one HttpError with a stable code and a sentence for people.
import { HttpError, type HttpErrorCode } from './http-error.ts';

interface Explanation {
  readonly code: HttpErrorCode;
  readonly retryable: boolean;
  readonly message: (host: string) => string;
}

const explain = (code: HttpErrorCode, retryable: boolean, message: (host: string) => string): Explanation => ({ code, retryable, message });

const refused = explain('connection-refused', true, (host) => `${host} refuses the connection`);
const lost = explain('connection-lost', true, (host) => `${host} closed the connection before the response was complete`);
const unreachable = explain('unreachable', true, (host) => `${host} cannot be reached over the network`);
const protocolError = explain('protocol-error', true, (host) => `${host} sent something that is not valid HTTP`);
const corrupt = explain('corrupt-encoding', true, (host) => `${host} sent a compressed response that cannot be unpacked`);
const timeout = explain('timeout', true, (host) => `${host} did not answer in time`);

const byCode: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: explain('host-not-found', true, (host) => `The name ${host} does not exist`),
  EAI_AGAIN: explain('dns-failure', true, (host) => `The name ${host} could not be looked up (name server or network not available)`),
  ECONNREFUSED: refused,
  ECONNRESET: lost,
  EPIPE: lost,
  UND_ERR_SOCKET: lost,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: timeout,
  UND_ERR_CONNECT_TIMEOUT: explain('timeout', true, (host) => `No connection to ${host} in time`),
  UND_ERR_HEADERS_TIMEOUT: explain('timeout', true, (host) => `${host} accepted the request but sent no response in time`),
  UND_ERR_BODY_TIMEOUT: explain('timeout', true, (host) => `${host} stopped sending in the middle of its response`),
  UND_ERR_HEADERS_OVERFLOW: explain('headers-too-large', false, (host) => `${host} sent a response header over the size limit`),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: protocolError,
  UND_ERR_DESTROYED: explain('aborted', true, () => 'The request was cancelled because the client is closing'),
  UND_ERR_CLOSED: explain('aborted', true, () => 'The request was cancelled because the client is closing'),
};

/** The HttpError for anything thrown while talking to `url`; an HttpError found on the way, also as a cause, is kept as it is. */
export function failureOf(error: unknown, url: string): HttpError {
  for (const link of causes(error)) {
    if (link instanceof HttpError) return link;
  }
  const host = hostOf(url);
  for (const link of causes(error)) {
    const explanation = explanationOf(link);
    if (explanation) {
      return new HttpError({ code: explanation.code, message: explanation.message(host), retryable: explanation.retryable, url, cause: error });
    }
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new HttpError({ code: 'request-failed', message: `The request to ${host} failed: ${detail}`, retryable: true, url, cause: error });
}

function explanationOf(error: unknown): Explanation | undefined {
  const code = String((error as { code?: unknown }).code ?? '');
  const known = byCode[code];
  if (known) return known;
  if (code.startsWith('EAI_')) return byCode['EAI_AGAIN'];
  if (code.startsWith('HPE_') || (error as Error).name === 'HTTPParserError') return code === 'HPE_HEADER_OVERFLOW' ? byCode['UND_ERR_HEADERS_OVERFLOW'] : protocolError;
  if (code.startsWith('Z_') || /^ERR_(_ERROR|BROTLI|ZLIB|ZSTD|PADDING|TRAILING)/.test(code)) return corrupt;
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/.test(code)) {
    return explain('tls-failure', true, (host) => `No secure connection to ${host}: ${(error as Error).message}`);
  }
  return undefined;
}

function* causes(error: unknown): Generator<object> {
  const waiting: unknown[] = [error];
  for (let seen = 0; seen < 20 && waiting.length > 0; seen += 1) {
    const link = waiting.shift();
    if (typeof link !== 'object' || link === null) continue;
    yield link;
    waiting.push((link as Error).cause);
    if (link instanceof AggregateError) waiting.push(...link.errors);
  }
}

/** The HttpError for a response whose status is neither success nor "not modified". */
export function statusFailure(status: number, url: string, retryAfterMs: number | undefined): HttpError {
  const retryable = status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
  const reason = statusReasons[status];
  const message = `${hostOf(url)} answered ${status}${reason ? ` (${reason})` : ''}`;
  return new HttpError({ code: `http-${status}`, message, retryable, url, status, retryAfterMs });
}

const statusReasons: Readonly<Record<number, string>> = {
  400: 'it did not accept the request',
  401: 'a sign-in is required',
  402: 'payment is required',
  403: 'access is refused',
  404: 'nothing at this address',
  406: 'no acceptable format',
  408: 'it waited too long for the request',
  410: 'gone for good',
  429: 'too many requests',
  451: 'unavailable for legal reasons',
  500: 'an error on its side',
  502: 'an error between its servers',
  503: 'temporarily unavailable',
  504: 'its servers did not answer in time',
};

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The server';
}
