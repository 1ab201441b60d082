// A Block Kit message as lines of a terminal: what Slack would show, as far as letters go.
import { styleText } from 'node:util';
import type { SlackMessage } from './slack-receiver.ts';

type Format = Parameters<typeof styleText>[0];
/** Applies a format of `util.styleText`, or leaves the text alone where the terminal shows no colours. */
export type Paint = (format: Format, text: string) => string;

/** Colours as stderr can show them (NO_COLOR, FORCE_COLOR and pipes are respected). */
export const paintForStderr: Paint = (format, text) => styleText(format, text, { stream: process.stderr });

const emoji: Readonly<Record<string, string>> = {
  grey_question: '?', loudspeaker: '»', rotating_light: '!', double_vertical_bar: '‖', checkered_flag: '■', scales: '§',
};

/** The message as text; sections stand by themselves, context is dimmed, quotes carry a bar. */
export function renderMessage({ blocks }: SlackMessage, paint: Paint): string {
  const lines = blocks.flatMap((block) => {
    if (block.type === 'divider') return [paint('dim', '─'.repeat(40))];
    const texts = [block.text?.text, ...(block.elements ?? []).map((element) => element.text)].filter((text) => text !== undefined);
    if (block.type === 'header') return texts.map((text) => paint('bold', text));
    return texts.flatMap((text) => text.split('\n')).map((line) => renderLine(line, block.type === 'context', paint));
  });
  const bar = paint('magenta', '┃');
  return lines.map((line) => `${bar} ${line}`).join('\n');
}

function renderLine(line: string, isContext: boolean, paint: Paint): string {
  const quoted = /^(?:>|&gt;) ?/.exec(line);
  if (quoted) return `${paint('cyan', '│')} ${paint('italic', plain(line.slice(quoted[0].length), paint))}`;
  return isContext ? paint('dim', plain(line, paint)) : plain(line, paint);
}

/** Slack's markup (https://docs.slack.dev/messaging/formatting-message-text/) without its signs. */
function plain(markup: string, paint: Paint): string {
  return markup
    .replace(/:([a-z_]+):/g, (whole, name: string) => emoji[name] ?? whole)
    .replace(/\*([^*\n]+)\*/g, (_, inner: string) => paint('bold', inner))
    .replace(/<!date\^(\d+)\^[^|>]*\|[^>]*>/g, (_, unixSeconds: string) => localTime(Number(unixSeconds)))
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, (_, url: string, text: string) => `${text} ${paint(['dim', 'underline'], url)}`)
    .replace(/<(https?:[^|>]+)>/g, (_, url: string) => paint('underline', url))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function localTime(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toLocaleString('en-CA', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}
