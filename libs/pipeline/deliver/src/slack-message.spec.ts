import { describe, expect, it } from 'vitest';
import { alertContent, type ContentOverrides } from './alert-content.fixture.ts';
import { alertMessage, digestMessage, testMessage, type SlackMessage } from './slack-message.ts';
import { fitted, link, localTime } from './slack-text.ts';

const context = { publicUrl: 'https://tradewatch.example', subscriptionName: 'Trucks & parts', idempotencyKey: 'key-1' };
const message = (overrides: ContentOverrides = {}): SlackMessage => alertMessage({ deliveryId: 'd1', content: alertContent(overrides) }, context);

type Texts = { type: string; text?: { text: string }; elements?: { text: string }[] };
const texts = ({ blocks }: SlackMessage): string[] => (blocks as Texts[]).map(({ text, elements }) => text?.text ?? elements?.map((each) => each.text).join() ?? '');

describe('the message of an alert', () => {
  it('shows the title as a link, source, time, development, evidence, tags, why, and the way to the app', () => {
    expect(texts(message())).toEqual([
      '*<https://news.example/trucks?a=1&amp;b=2|Truck tariffs rise>*',
      'The Gazette  ·  <!date^1782916200^{date_short_pretty} {time}|2026-07-01 14:30 UTC>  ·  *:rotating_light: Tariff: in effect*',
      '> The duties on trucks rise to 25% on Monday.',
      '*Sectors:* Automotive\n*Topics:* Tariff measures\n*Jurisdictions:* Mexico',
      'Why you see this: Sector: Automotive',
      '<https://tradewatch.example/articles/3f2b8f0e-6a54-4f6e-9b86-0d3a5f0c1a11|Open in tradewatch>  ·  Trucks &amp; parts',
    ]);
  });

  it('has a plain text for notifications and carries its key', () => {
    expect(message()).toMatchObject({
      text: 'Tariff: in effect | Truck tariffs rise | The Gazette', unfurl_links: false,
      metadata: { event_type: 'tradewatch_alert', event_payload: { idempotency_key: 'key-1', delivery_ids: ['d1'] } },
    });
  });

  it('leaves out what the alert does not have', () => {
    const bare = texts(message({ tags: [], developments: [], evidence: [], why: [] }));
    expect(bare).toHaveLength(4);
    expect(bare[2]).toBe('Why you see this: Trucks &amp; parts');
  });

  it('says when the time is the one it was first seen', () => {
    expect(texts(message({ article: { publishedConfidence: 'absent' } }))[1]).toContain('first seen <!date^');
  });

  it('gives hostile texts no say in the markup', () => {
    const hostile = '<!channel> & <https://evil.example|click> *bold* | end';
    const all = texts(message({ article: { title: hostile, source: { name: hostile } }, evidence: [hostile], why: [hostile], tags: [{ field: 'sector', id: 'x', name: hostile }] })).join('\n');
    expect(all).not.toMatch(/<!channel|<https:\/\/evil/);
    expect(all).toContain('&lt;!channel&gt; &amp;');
  });

  it('links to nothing but the web', () => {
    expect(texts(message({ article: { url: 'javascript:alert(1)' } }))[0]).toBe('*Truck tariffs rise*');
    expect(texts(message({ article: { url: 'https://news.example/a|b>c d' } }))[0]).toBe('*<https://news.example/a%7Cb%3Ec%20d|Truck tariffs rise>*');
  });

  it("stays within Slack's limits whatever the alert holds", () => {
    const huge = '<&> 👩‍👩‍👧‍👦é '.repeat(20_000);
    const overrides: ContentOverrides = {
      article: { title: huge, url: `https://news.example/${'&'.repeat(1_480)}`, source: { name: huge } }, evidence: Array.from({ length: 5 }, () => huge), why: [huge],
      tags: Array.from({ length: 500 }, () => ({ field: 'topic' as const, id: 'x', name: huge })), developments: Array.from({ length: 50 }, () => ({ kind: 'tariff', stage: 'in-effect', name: huge })),
    };
    const digest = digestMessage(Array.from({ length: 45 }, (_, at) => ({ deliveryId: String(at), content: alertContent(overrides) })), { ...context, subscriptionName: huge });
    for (const each of [message(overrides), digest]) {
      expect(each.blocks.length).toBeLessThanOrEqual(50);
      for (const text of texts(each)) expect(text.length).toBeLessThanOrEqual(3_000);
      expect(each.text.length).toBeLessThanOrEqual(3_000);
      expect(JSON.stringify(each)).toBe(JSON.stringify(each).toWellFormed());
    }
    expect(texts(digest)[0]!.length).toBeLessThanOrEqual(150);
  });
});

describe('a digest', () => {
  const items = (count: number) => Array.from({ length: count }, (_, at) => ({ deliveryId: `d${at}`, content: alertContent({ article: { title: `Article ${at}` } }) }));

  it('lists its alerts under the name of the subscription', () => {
    const digest = digestMessage(items(2), context);
    expect(texts(digest)[0]).toBe('Trucks & parts: 2 alerts');
    expect(texts(digest)[1]).toContain('|Article 0>');
    expect(digest.text).toBe('Trucks &amp; parts: 2 alerts: Article 0 | Article 1');
    expect(digest.metadata.event_payload).toEqual({ idempotency_key: 'key-1', delivery_ids: ['d0', 'd1'] });
  });

  it('shows twenty and says how many more there are', () => {
    const shown = texts(digestMessage(items(27), context));
    expect(shown).toHaveLength(22);
    expect(shown.at(-1)).toContain('+7 more');
  });
});

describe("Slack's markup", () => {
  it('is cut between characters as a reader sees them', () => {
    expect(fitted('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12)).toBe('👩‍👩‍👧‍👦…');
    expect(fitted('e\u0301e\u0301e\u0301', 5)).toBe('e\u0301e\u0301…');
    expect(fitted('a & b', 5)).toBe('a…');
    expect(fitted('line\n\tbreak\0', 50)).toBe('line break');
  });

  it('keeps a link whole or leaves it out', () => {
    expect(link('https://a.example/', 'a|b')).toBe('<https://a.example/|a¦b>');
    expect(link(`https://a.example/${'x'.repeat(2_000)}`, 'a')).toBe('a');
  });

  it('shows times it cannot read as such', () => {
    expect(localTime('yesterday')).toBe('unknown time');
  });

  it('greets with a test message', () => {
    expect(testMessage('Desk <1>', { publicUrl: 'https://tradewatch.example', idempotencyKey: 'k' }).text).toContain('Desk &lt;1&gt;');
  });
});
