import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { checkUrl } from '@tradewatch/http';
import type { Channel, ChannelChange, ChannelDraft } from './channel.ts';
import { ChannelsStore } from './channels.store.ts';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { SendMessage } from './send-message.ts';

export type TestResult = { readonly ok: true; readonly status: number } | { readonly ok: false; readonly errorCode: string; readonly message: string };

/** Creates, changes and tests channels. */
@Injectable()
export class ManageChannels {
  private readonly now: () => Date;

  constructor(
    @Inject(DELIVER_OPTIONS) private readonly options: DeliverOptions,
    private readonly store: ChannelsStore,
    private readonly sendMessage: SendMessage,
  ) {
    this.now = options.now ?? (() => new Date());
  }

  /** @throws Problem 400 naming `webhookUrl` where it cannot be sent to. */
  async create(userId: string, draft: ChannelDraft): Promise<Channel> {
    this.checkWebhook(draft.webhookUrl);
    return this.store.create(userId, draft);
  }

  /** @throws Problem 400 as `create`; 404 where the user has no such channel. */
  async replace(userId: string, id: string, change: ChannelChange): Promise<Channel> {
    if (change.webhookUrl !== undefined) this.checkWebhook(change.webhookUrl);
    const replaced = await this.store.replace(userId, id, change);
    if (!replaced) throw Problem.notFound('channel', id);
    return replaced;
  }

  /** Sends a test message now, past rate limit and queue, and waits for the answer. @throws Problem 404 */
  async test(userId: string, id: string): Promise<TestResult> {
    const channel = await this.store.find(userId, id);
    if (!channel) throw Problem.notFound('channel', id);
    const result = await this.sendMessage.sendTest(channel.name, channel.webhookUrl);
    await this.store.recordTest(id, this.now(), result.outcome === 'sent' ? null : result.message);
    if (result.outcome === 'sent') return { ok: true, status: result.httpStatus };
    return { ok: false, errorCode: result.errorCode, message: result.message };
  }

  private checkWebhook(webhookUrl: string): void {
    const { allowPrivateNetworks } = this.options;
    try {
      const url = checkUrl(webhookUrl, { allowPrivateNetworks });
      if (url.protocol === 'https:' || allowPrivateNetworks) return;
    } catch (error) {
      throw Problem.invalid('webhookUrl', error instanceof Error ? error.message : 'is not a web address');
    }
    throw Problem.invalid('webhookUrl', 'must begin with https://');
  }
}
