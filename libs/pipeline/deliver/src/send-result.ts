/** What came of sending one message, as far as it matters for trying again. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly httpStatus: number }
  | (SendFailure & { readonly outcome: 'retry'; readonly retryAfterMs?: number | undefined })
  | (SendFailure & { readonly outcome: 'dead' });

export interface SendFailure {
  /** Stable, for operators and the API: Slack's own code (`no_service`), `rate-limited`, `timeout`, `http-500`, … */
  readonly errorCode: string;
  /** A sentence for the person who set the channel up. */
  readonly message: string;
  readonly httpStatus?: number | undefined;
}
