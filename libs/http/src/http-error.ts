/** Stable codes of everything that can go wrong with an outbound request; `http-404` and its like carry the status. */
export type HttpErrorCode =
  | 'invalid-url' | 'blocked-scheme' | 'blocked-port' | 'blocked-address' | 'blocked-credentials'
  | 'dns-failure' | 'host-not-found' | 'connection-refused' | 'connection-lost' | 'unreachable' | 'tls-failure' | 'timeout' | 'aborted'
  | 'too-many-redirects' | 'redirect-loop' | 'redirect-without-location' | 'unexpected-redirect' | 'insecure-redirect'
  | 'headers-too-large' | 'body-too-large' | 'unsupported-encoding' | 'corrupt-encoding' | 'protocol-error' | 'request-failed'
  /** Raised by the crawler's gate: the site's own rules, and hosts whose turn did not come. */
  | 'robots-disallowed' | 'robots-unavailable' | 'host-busy'
  | `http-${number}`;

export interface HttpErrorDetails {
  readonly code: HttpErrorCode;
  /** A sentence a person reading the sources page understands. */
  readonly message: string;
  /** Whether the same request can be expected to work later without anyone changing anything. */
  readonly retryable: boolean;
  readonly url?: string | undefined;
  readonly status?: number | undefined;
  /** Milliseconds the server asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The one error class of this library. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly retryable: boolean;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(details: HttpErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HttpError';
    this.code = details.code;
    this.retryable = details.retryable;
    this.url = details.url;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}
