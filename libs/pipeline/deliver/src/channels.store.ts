import { Injectable } from '@nestjs/common';
import { Database, type Prisma } from '@tradewatch/database';
import type { Channel, ChannelChange, ChannelDraft } from './channel.ts';
import { slackSettingsSchema } from './send-message.ts';

/** Channels of one user each; nobody sees or changes another's. */
@Injectable()
export class ChannelsStore {
  constructor(private readonly database: Database) {}

  async list(userId: string): Promise<Channel[]> {
    return (await this.database.channel.findMany({ where: { userId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toChannel);
  }

  async find(userId: string, id: string): Promise<Channel | null> {
    const row = await this.database.channel.findFirst({ where: { userId, id } });
    return row && toChannel(row);
  }

  async create(userId: string, { name, type, webhookUrl }: ChannelDraft): Promise<Channel> {
    return toChannel(await this.database.channel.create({ data: { userId, name, type, settings: { webhookUrl } } }));
  }

  /** A new webhook starts with a clean slate: what its predecessor asked to wait for does not bind it. @returns null where the user has no such channel. */
  async replace(userId: string, id: string, { name, type, webhookUrl }: ChannelChange): Promise<Channel | null> {
    const fresh = webhookUrl === undefined ? {} : { settings: { webhookUrl }, nextSendAt: new Date(), lastSentAt: null, lastErrorAt: null, lastErrorMessage: null };
    const [row] = await this.database.channel.updateManyAndReturn({ where: { userId, id }, data: { name, type, updatedAt: new Date(), ...fresh } });
    return row ? toChannel(row) : null;
  }

  /** @returns whether there was one. */
  async delete(userId: string, id: string): Promise<boolean> {
    return (await this.database.channel.deleteMany({ where: { userId, id } })).count > 0;
  }

  /** @param error null where the test went through. */
  async recordTest(id: string, at: Date, error: string | null): Promise<void> {
    await this.database.channel.updateMany({ where: { id }, data: error === null ? { lastSentAt: at } : { lastErrorAt: at, lastErrorMessage: error } });
  }
}

function toChannel({ settings, ...row }: Prisma.ChannelGetPayload<object>): Channel {
  const readable = slackSettingsSchema.safeParse(settings);
  return { ...row, webhookUrl: readable.success ? readable.data.webhookUrl : '' };
}
