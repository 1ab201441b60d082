import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderMessage } from './render-message.ts';

const message = {
  text: 'fallback',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'Tariffs & more' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*<https://news.example/1|Duties on A &amp; B>*' } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'Wire  ·  <!date^1780000000^{date_short_pretty} {time}|2026-05-28 20:26 UTC>  ·  *:rotating_light: Tariff: in effect*' }] },
    { type: 'section', text: { type: 'mrkdwn', text: '> It took effect.\n*Sectors:* Energy' } },
    { type: 'divider' },
  ],
};

describe('a Slack message in the terminal', () => {
  it('reads like the message without the signs of its markup', () => {
    const plain = renderMessage(message, (_, text) => text).split('\n');
    expect(plain[0]).toBe('┃ Tariffs & more');
    expect(plain[1]).toBe('┃ Duties on A & B https://news.example/1');
    expect(plain[2]).toMatch(/^┃ Wire {2}· {2}May \d\d, \d\d:\d\d {2}· {2}! Tariff: in effect$/);
    expect(plain.slice(3)).toEqual(['┃ │ It took effect.', '┃ Sectors: Energy', `┃ ${'─'.repeat(40)}`]);
  });

  it('has the same words in colour', () => {
    const coloured = renderMessage(message, (format, text) => styleText(format, text, { validateStream: false }));
    expect(coloured).toContain('\u001B[1m');
    expect(stripVTControlCharacters(coloured)).toBe(renderMessage(message, (_, text) => text));
  });
});
