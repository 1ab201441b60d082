/** What one exchange may cost at most. Times are milliseconds, sizes are bytes. */
export interface HttpLimits {
  /** Name resolution, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** From the sent request to the last byte of the response's header. */
  readonly headersTimeoutMs: number;
  /** Longest silence inside a body. */
  readonly idleTimeoutMs: number;
  /** Everything, redirects included: what ends a response that drips slowly enough to pass the other limits. */
  readonly timeoutMs: number;
  /** Size of a body after decompression. */
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxRedirects: number;
}

export const defaultLimits: HttpLimits = {
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 20_000,
  idleTimeoutMs: 10_000,
  timeoutMs: 30_000,
  maxBytes: 15 * 1024 * 1024,
  maxHeaderBytes: 32 * 1024,
  maxRedirects: 5,
};
