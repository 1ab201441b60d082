import { z } from 'zod';

const name = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'contains characters that are no text');
const webhookUrl = z.string().trim().min(1, 'must not be empty').max(2_000, 'must have at most 2000 characters');
const type = z.literal('slack', { error: ({ input }) => `there is no channel type ${JSON.stringify(input)}; known are slack` });

/** A channel as its owner writes it. */
export const channelSchema = z.strictObject({ name, type, webhookUrl });
/** As a channel is changed: without `webhookUrl` it keeps the one it has. */
export const channelChangeSchema = z.strictObject({ name, type: type.default('slack'), webhookUrl: webhookUrl.optional() });

export type ChannelDraft = z.output<typeof channelSchema>;
export type ChannelChange = z.output<typeof channelChangeSchema>;

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly webhookUrl: string;
  readonly createdAt: Date;
  readonly lastSentAt: Date | null;
  readonly lastErrorAt: Date | null;
  readonly lastErrorMessage: string | null;
}

/** A channel as the API tells of it: whoever knows a webhook's address can post to it, so it is never shown whole. */
export function presented(channel: Channel) {
  const { id, name: channelName, type: channelType, createdAt, lastSentAt, lastErrorAt, lastErrorMessage } = channel;
  const failing = lastErrorAt !== null && (lastSentAt === null || lastErrorAt > lastSentAt);
  const state = failing ? 'failing' : lastSentAt ? 'ok' : 'unused';
  return {
    id, name: channelName, type: channelType,
    settings: { webhookUrl: redacted(channel.webhookUrl) },
    health: { state, lastSentAt, lastErrorMessage: failing ? lastErrorMessage : null } as const,
    createdAt,
  };
}
export type PresentedChannel = ReturnType<typeof presented>;

/** `https://hooks.slack.com/services/…/abcd`: the host, the first folder, and the last four characters. */
export function redacted(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return '…';
  const [first, ...rest] = parsed.pathname.split('/').filter(Boolean);
  const last = rest.at(-1) ?? '';
  return `${parsed.origin}/${rest.length > 0 ? `${first}/` : ''}…${last.length > 8 ? `/${last.slice(-4)}` : ''}`;
}
