// A receiver of Slack messages for tests: real HTTP on loopback, one path a webhook, whose answers a test sets as it goes.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** What a webhook answers. `never` accepts the request and stays silent; `hang-up` cuts the connection after reading it. */
export type SlackAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly afterMs?: number }
  | 'ok' | 'never' | 'hang-up';

/** A Block Kit message as it arrived. */
export interface ReceivedMessage {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly text?: { readonly text: string }; readonly elements?: readonly { readonly text: string }[] }[];
  readonly metadata?: { readonly event_payload: { readonly idempotency_key: string; readonly delivery_ids: readonly string[] } };
}

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly message: ReceivedMessage;
  /** What it was answered; null where no answer was given. */
  readonly status: number | null;
  readonly receivedAt: Date;
}

export interface SlackReceiver {
  /** Everything that arrived, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Requests that are being answered. */
  readonly open: () => number;
  /** Messages taken with 200 on a path, in order. */
  accepted(path?: string): ReceivedRequest[];
  /** The address of a webhook. */
  url(path: string): string;
  /** What a path answers from now on; a list is used up answer by answer, then its last stays. @returns its address. */
  answer(path: string, ...answers: SlackAnswer[]): string;
  /** Cuts every connection, those kept waiting too. */
  cutOff(): void;
  /** Called with each request before it is answered. */
  onRequest: ((request: ReceivedRequest) => void | Promise<void>) | undefined;
}

/** Starts a receiver that ends with the test file. Webhooks nobody set answer 200 "ok", as Slack does. */
export async function startSlackReceiver(): Promise<SlackReceiver> {
  const answers = new Map<string, SlackAnswer[]>();
  const requests: ReceivedRequest[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    open += 1;
    response.on('close', () => (open -= 1));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '/';
      const queue = answers.get(path) ?? ['ok'];
      const answer = queue.length > 1 ? queue.shift()! : queue[0]!;
      const status = answer === 'ok' ? 200 : typeof answer === 'string' ? null : answer.status;
      const message = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ReceivedMessage;
      const received: ReceivedRequest = { path, headers: request.headers, message, status, receivedAt: new Date() };
      requests.push(received);
      void Promise.resolve(receiver.onRequest?.(received)).then(() => give(answer, response));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: SlackReceiver = {
    requests,
    open: () => open,
    accepted: (path) => requests.filter((each) => each.status === 200 && (path === undefined || each.path === path)),
    url: (path) => base + path,
    answer(path, ...given) {
      answers.set(path, given);
      return base + path;
    },
    cutOff: () => server.closeAllConnections(),
    onRequest: undefined,
  };
  return receiver;
}

function give(answer: SlackAnswer, response: ServerResponse): void {
  if (answer === 'never') return;
  if (answer === 'hang-up') {
    response.socket?.destroy();
    return;
  }
  const { status, body = '', headers = {}, afterMs = 0 } = answer === 'ok' ? { status: 200, body: 'ok' } : answer;
  const send = (): void => void response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body);
  if (afterMs > 0) setTimeout(send, afterMs);
  else send();
}
