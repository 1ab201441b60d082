import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { alertContentSchema } from './alert-content.ts';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import type { ClaimedMessage } from './delivery-queue.store.ts';
import type { SendResult } from './send-result.ts';
import { alertMessage, digestMessage, testMessage, type MessageItem } from './slack-message.ts';
import { SlackWebhookClient } from './slack-webhook.client.ts';

export const slackSettingsSchema = z.object({ webhookUrl: z.string() });

/** Puts what was claimed into words for its channel's type and posts it. */
@Injectable()
export class SendMessage {
  private readonly slack: SlackWebhookClient;

  constructor(@Inject(DELIVER_OPTIONS) private readonly options: DeliverOptions) {
    this.slack = new SlackWebhookClient(options.httpClient, options.sendTimeoutMs);
  }

  /** Never rejects: whatever goes wrong is a result. */
  async send({ channelType, settings, subscriptionName, digest, deliveries }: ClaimedMessage): Promise<SendResult> {
    const target = slackSettingsSchema.safeParse(settings);
    if (channelType !== 'slack' || !target.success) return { outcome: 'dead', errorCode: 'bad-channel', message: `The channel's settings (${channelType}) cannot be used. Save the channel again.` };
    const items: MessageItem[] = [];
    for (const { id, content } of deliveries) {
      const readable = alertContentSchema.safeParse(content);
      if (!readable.success) return { outcome: 'dead', errorCode: 'unreadable-alert', message: `The alert's content cannot be read: ${readable.error.issues[0]?.path.join('.')}` };
      items.push({ deliveryId: id, content: readable.data });
    }
    const context = { publicUrl: this.options.publicUrl, subscriptionName, idempotencyKey: idempotencyKey(deliveries.map(({ id }) => id)) };
    const message = digest ? digestMessage(items, context) : alertMessage(items[0]!, context);
    return this.slack.send(target.data.webhookUrl, message, context.idempotencyKey);
  }

  async sendTest(channelName: string, webhookUrl: string): Promise<SendResult> {
    const idempotencyKey = crypto.randomUUID();
    return this.slack.send(webhookUrl, testMessage(channelName, { publicUrl: this.options.publicUrl, idempotencyKey }), idempotencyKey);
  }
}

/** A delivery's own id; for a digest a name of exactly the deliveries it holds. The same on every attempt. */
export function idempotencyKey(deliveryIds: readonly string[]): string {
  if (deliveryIds.length === 1) return deliveryIds[0]!;
  return createHash('sha256').update([...deliveryIds].sort().join(' ')).digest('hex');
}
