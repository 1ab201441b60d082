import { startLocalServer, type LocalServer } from './local-server.ts';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** The part of a Block Kit message that an incoming webhook of Slack needs and this receiver shows. */
const messageSchema = z.object({
  text: z.string(),
  blocks: z.array(z.looseObject({
    type: z.string(),
    text: z.object({ type: z.string(), text: z.string() }).optional(),
    elements: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional(),
  })).min(1),
});
export type SlackMessage = z.infer<typeof messageSchema>;

/** Stands in for hooks.slack.com: takes messages over HTTP as Slack does, and hands each to `onMessage`. */
export class SlackReceiver {
  #server: LocalServer | undefined;
  /** How many messages have come. */
  received = 0;

  constructor(private readonly onMessage: (message: SlackMessage) => void) {}

  get webhookUrl(): string {
    if (!this.#server) throw new Error('the Slack receiver is not started');
    return `${this.#server.origin}/services/T0DEMO000/B0DEMO000/tradewatchdemo`;
  }

  async start(): Promise<void> {
    this.#server = await startLocalServer((request, response) => {
      const answer = (status: number, body: string): void => void response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      if (request.method !== 'POST' || !request.url?.startsWith('/services/')) return answer(404, 'no_service');
      void text(request).then((body) => {
        const message = messageSchema.safeParse(JSON.parse(body));
        if (!message.success) return answer(400, 'invalid_payload');
        this.received += 1;
        this.onMessage(message.data);
        return answer(200, 'ok');
      }).catch(() => answer(400, 'invalid_payload'));
    });
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}
