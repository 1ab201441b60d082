import type { IncomingWebhookSendArguments } from '@slack/webhook';
import type { AlertContent } from './alert-content.ts';
import { fitted, link, localTime } from './slack-text.ts';

/** One delivery as its message shows it. */
export interface MessageItem {
  readonly deliveryId: string;
  readonly content: AlertContent;
}

export interface MessageContext {
  /** Where the app is reached by its users, e.g. `https://tradewatch.example`. */
  readonly publicUrl: string;
  readonly subscriptionName: string;
  /** The same on every attempt at the same message. */
  readonly idempotencyKey: string;
}

export type SlackMessage = Required<Pick<IncomingWebhookSendArguments, 'text' | 'blocks' | 'metadata'>> &
  Pick<IncomingWebhookSendArguments, 'unfurl_links' | 'unfurl_media'>;

type Blocks = NonNullable<IncomingWebhookSendArguments['blocks']>;

// Limits of Block Kit (https://docs.slack.dev/reference/block-kit/blocks): a section 3,000 characters, a header 150, 50 blocks.
const most = { section: 3_000, header: 150, context: 2_000, fallback: 1_000, digestItems: 20 } as const;
const stageMarks: Readonly<Record<string, string>> = {
  proposed: ':grey_question:', announced: ':loudspeaker:', 'in-effect': ':rotating_light:', paused: ':double_vertical_bar:', ended: ':checkered_flag:', ruled: ':scales:',
};

/** One alert as a Block Kit message. */
export function alertMessage({ deliveryId, content }: MessageItem, context: MessageContext): SlackMessage {
  const { article } = content;
  const badges = developmentBadges(content);
  const blocks: Blocks = [
    section(`*${link(article.url, fitted(article.title || article.url, 500))}*`),
    contextLine([fitted(article.source.name, 150), publishedAt(content), ...(badges ? [`*${badges}*`] : [])].join('  ·  ')),
  ];
  if (content.evidence.length > 0) blocks.push(section(quote(content.evidence, most.section)));
  const tags = tagLines(content);
  if (tags) blocks.push(section(tags));
  blocks.push(contextLine(`Why you see this: ${fitted(content.why.join('; ') || context.subscriptionName, 800)}`));
  blocks.push(contextLine(`${link(articlePage(content, context), 'Open in tradewatch')}  ·  ${fitted(context.subscriptionName, 200)}`));
  const text = [content.developments.map(({ name }) => name).join(', '), article.title, article.source.name].filter(Boolean).join(' | ');
  return { text: fitted(text, most.fallback), blocks, ...messageRest(context, [deliveryId]) };
}

/** Several alerts of one subscription as one message; beyond twenty it says how many more there are. */
export function digestMessage(items: readonly MessageItem[], context: MessageContext): SlackMessage {
  const shown = items.slice(0, most.digestItems);
  const title = `${context.subscriptionName}: ${items.length === 1 ? '1 alert' : `${items.length} alerts`}`;
  const blocks: Blocks = [
    { type: 'header', text: { type: 'plain_text', text: unescaped(fitted(title, most.header)), emoji: false } },
    ...shown.map(({ content }) => section(digestLine(content))),
  ];
  const more = items.length - shown.length;
  blocks.push(contextLine(`${more > 0 ? `+${more} more  ·  ` : ''}${link(`${context.publicUrl}/articles`, 'Open in tradewatch')}`));
  const titles = shown.slice(0, 3).map(({ content }) => content.article.title).join(' | ');
  return { text: fitted(`${title}: ${titles}`, most.fallback), blocks, ...messageRest(context, items.map(({ deliveryId }) => deliveryId)) };
}

/** What "send a test" sends. */
export function testMessage(channelName: string, { publicUrl, idempotencyKey }: Pick<MessageContext, 'publicUrl' | 'idempotencyKey'>): SlackMessage {
  const text = `Test from tradewatch: alerts for the channel ${fitted(channelName, 200)} will appear here.`;
  return { text, blocks: [section(`${text}\n${link(publicUrl, 'Open tradewatch')}`)], ...messageRest({ idempotencyKey }, []) };
}

function messageRest({ idempotencyKey }: Pick<MessageContext, 'idempotencyKey'>, deliveryIds: readonly string[]): Pick<SlackMessage, 'metadata' | 'unfurl_links' | 'unfurl_media'> {
  return {
    metadata: { event_type: 'tradewatch_alert', event_payload: { idempotency_key: idempotencyKey, delivery_ids: deliveryIds } },
    unfurl_links: false,
    unfurl_media: false,
  };
}

function digestLine(content: AlertContent): string {
  const { article } = content;
  const badges = developmentBadges(content);
  const head = `*${link(article.url, fitted(article.title || article.url, 300))}*\n${fitted(article.source.name, 150)}  ·  ${publishedAt(content)}${badges ? `  ·  *${badges}*` : ''}`;
  return content.evidence.length > 0 ? `${head}\n${quote(content.evidence.slice(0, 1), 400)}` : head;
}

function developmentBadges({ developments }: AlertContent): string {
  return developments.slice(0, 4).map(({ stage, name }) => `${stageMarks[stage] ?? ''} ${fitted(name, 60)}`.trim()).join('  ');
}

function publishedAt({ article }: AlertContent): string {
  const time = localTime(article.publishedAt);
  return article.publishedConfidence === 'absent' ? `first seen ${time}` : time;
}

function tagLines({ tags }: AlertContent): string {
  const line = (label: string, field: AlertContent['tags'][number]['field']): string[] => {
    const names = tags.filter((tag) => tag.field === field).map(({ name }) => name);
    return names.length > 0 ? [`*${label}:* ${fitted(names.join(', '), 600)}`] : [];
  };
  return [...line('Sectors', 'sector'), ...line('Topics', 'topic'), ...line('Legal basis', 'authority'), ...line('Jurisdictions', 'jurisdiction')].join('\n');
}

/** Sentences as Slack quotes, together at most `room` long. */
function quote(sentences: readonly string[], room: number): string {
  const each = Math.floor(room / sentences.length) - 3;
  return sentences.map((sentence) => `> ${fitted(sentence, Math.min(each, 700))}`).join('\n');
}

function articlePage({ article }: AlertContent, { publicUrl }: MessageContext): string {
  return `${publicUrl.replace(/\/$/, '')}/articles/${encodeURIComponent(article.id)}`;
}

function section(text: string): Blocks[number] {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function contextLine(text: string): Blocks[number] {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

// Plain text is shown as it is: Slack decodes no entities in it.
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
