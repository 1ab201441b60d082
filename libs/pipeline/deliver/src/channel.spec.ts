import { describe, expect, it } from 'vitest';
import { presented, redacted, type Channel } from './channel.ts';
import { slackFailure } from './slack-errors.ts';

describe('a webhook address', () => {
  it.each([
    ['https://hooks.slack.com/services/T0000/B0000/secretsecretabcd', 'https://hooks.slack.com/services/…/abcd'],
    ['http://127.0.0.1:9000/hook', 'http://127.0.0.1:9000/…'],
    ['https://chat.example/hooks/short', 'https://chat.example/hooks/…'],
    ['https://chat.example/hooks/longenough?token=secret', 'https://chat.example/hooks/…/ough'],
    ['nonsense', '…'],
  ])('%s is shown as %s', (url, shown) => {
    expect(redacted(url)).toBe(shown);
  });
});

describe("a channel's health", () => {
  const channel: Channel = { id: 'c', name: 'Desk', type: 'slack', webhookUrl: 'https://a.example/x', createdAt: new Date(0), lastSentAt: null, lastErrorAt: null, lastErrorMessage: null };
  it.each([
    [{}, 'unused', null],
    [{ lastSentAt: new Date(1) }, 'ok', null],
    [{ lastErrorAt: new Date(1), lastErrorMessage: 'No.' }, 'failing', 'No.'],
    [{ lastSentAt: new Date(1), lastErrorAt: new Date(2), lastErrorMessage: 'No.' }, 'failing', 'No.'],
    [{ lastSentAt: new Date(3), lastErrorAt: new Date(2), lastErrorMessage: 'No.' }, 'ok', null],
  ])('after %j is %s', (history, state, lastErrorMessage) => {
    expect(presented({ ...channel, ...history }).health).toMatchObject({ state, lastErrorMessage });
  });
});

describe("Slack's refusals", () => {
  it.each([
    [404, 'no_service', 'no_service', /Create a new one/],
    [410, 'channel_is_archived', 'channel_is_archived', /archived/],
    [400, 'invalid_payload', 'invalid_payload', /could not read/],
    [403, 'brand_new_reason', 'brand_new_reason', /may not be used.*403 and said: brand_new_reason/],
    [404, '<html><body>Not\n Found</body></html>', 'http-404', /no webhook at this address.*said: Not Found/],
    [500, '', 'http-500', /will be tried again.*answered 500$/],
    [429, 'rate_limited', 'rate-limited', /more slowly/],
  ])('%i %j is %s in words', (status, body, errorCode, message) => {
    expect(slackFailure(status, body).errorCode).toBe(errorCode);
    expect(slackFailure(status, body).message).toMatch(message);
  });

  it('are read in bounded time', () => {
    const before = process.cpuUsage();
    slackFailure(500, '<'.repeat(1_000_000));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
