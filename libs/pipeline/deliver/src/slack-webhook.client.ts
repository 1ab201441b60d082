import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError, type FetchFunction } from '@slack/webhook';
import { HttpError, parseRetryAfter, type HttpClient } from '@tradewatch/http';
import { slackFailure } from './slack-errors.ts';
import type { SlackMessage } from './slack-message.ts';
import type { SendResult } from './send-result.ts';

/** Posts messages to Slack incoming webhooks, over the guarded client, once each: trying again is the delivery's business. */
export class SlackWebhookClient {
  /** @param timeoutMs for one attempt, connection included. */
  constructor(private readonly http: Pick<HttpClient, 'fetch'>, private readonly timeoutMs = 8_000) {}

  /** Never rejects. @param idempotencyKey sent along, so that a receiver can tell a message that it has got already. */
  async send(webhookUrl: string, message: SlackMessage, idempotencyKey: string): Promise<SendResult> {
    let answer: { status: number; retryAfterMs: number | undefined } | undefined;
    const fetch: FetchFunction = async (url, init) => {
      const response = await this.http.fetch(url, {
        method: 'POST', body: init?.body, redirect: 'error', signal: init?.signal, headers: { ...init?.headers, 'idempotency-key': idempotencyKey },
      });
      answer = { status: response.status, retryAfterMs: parseRetryAfter(response.headers.get('retry-after') ?? undefined) };
      return response as unknown as Awaited<ReturnType<FetchFunction>>;
    };
    try {
      await new IncomingWebhook(webhookUrl, { fetch, timeout: this.timeoutMs }).send(message);
      return { outcome: 'sent', httpStatus: answer?.status ?? 200 };
    } catch (error) {
      return this.failure(error, answer?.retryAfterMs);
    }
  }

  private failure(error: unknown, retryAfterMs: number | undefined): SendResult {
    if (error instanceof IncomingWebhookHTTPError) {
      const status = error.statusCode;
      const failure = { ...slackFailure(status, error.body), httpStatus: status };
      const passing = status === 408 || status === 425 || status === 429 || status >= 500;
      return passing ? { outcome: 'retry', ...failure, retryAfterMs } : { outcome: 'dead', ...failure };
    }
    const original = error instanceof IncomingWebhookRequestError ? error.original : error;
    if (original instanceof HttpError) {
      // The library's own time limit reaches the guarded client as a cancellation.
      if (original.code === 'aborted') return { outcome: 'retry', errorCode: 'timeout', message: `The receiver did not answer within ${this.timeoutMs / 1000} s` };
      const { code, message, retryable } = original;
      return { outcome: retryable ? 'retry' : 'dead', errorCode: code, message };
    }
    return { outcome: 'retry', errorCode: 'request-failed', message: `The message could not be sent: ${original instanceof Error ? original.message : String(original)}` };
  }
}
