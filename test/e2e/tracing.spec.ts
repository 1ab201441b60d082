// Real: the built product, its PostgreSQL, a feed, a receiver of messages, a receiver of OTLP over HTTP.
import { startFeedServer, startSlackReceiver, waitFor } from '@tradewatch/testing';
import { describe, expect, it } from 'vitest';
import { headlines, rss } from './feed-fixture.ts';
import { Product, type ArticleList } from './product.ts';
import { startSpanReceiver, type ReceivedSpan, type SpanReceiver } from './span-receiver.ts';

const source = (url: string) => ({ id: 'feed', name: 'Feed', kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m', alertOnBackfill: true });
const steps = [
  'GET', 'publish article-published', 'classify article-published', 'publish article-classified', 'archive article-classified', 'match article-classified',
  'publish alert-raised', 'deliver alert-raised', 'deliver message', 'POST',
];

/** The whole trace that a span belongs to. */
const traceOf = (receiver: SpanReceiver, { traceId }: ReceivedSpan): ReceivedSpan[] => receiver.spans.filter((span) => span.traceId === traceId);

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('a poll, its articles and the messages about them are one trace, each step a child of what caused it', async () => {
    const [collector, site, desk] = await Promise.all([startSpanReceiver(), startFeedServer(), startSlackReceiver()]);
    const product = await Product.start({ env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_SERVICE_NAME: 'trade-desk', OTEL_BSP_SCHEDULE_DELAY: '100',
    } });
    const { id } = await product.api<{ id: string }>('/api/channels', { method: 'POST', body: { name: 'Desk', type: 'slack', webhookUrl: desk.url('/hook/secret-part') } });
    await product.api('/api/subscriptions', { method: 'POST', body: { name: 'Tariffs', filter: { developments: [{ kind: 'tariff' }] }, channelIds: [id], mode: { type: 'instant' } } });
    const url = site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(1, new Date())));
    await product.api('/api/sources', { method: 'POST', body: source(url) });

    const deskPort = Number(new URL(desk.url('/')).port);
    const post = await waitFor('the POST in a trace', () => collector.spans.find(({ name, attributes }) => name === 'POST' && Number(attributes['server.port']) === deskPort), 60_000);
    const trace = await waitFor('the rest of that trace', () => {
      const spans = traceOf(collector, post);
      return spans.some(({ name }) => name === 'poll source') && steps.every((step) => spans.some(({ name }) => name === step)) ? spans : null;
    });
    expect(new Set(trace.map(({ service }) => service))).toEqual(new Set(['trade-desk']));
    const byId = new Map(trace.map((span) => [span.spanId, span]));
    const path: string[] = [];
    for (let span: ReceivedSpan | undefined = post; span; span = byId.get(span.parentSpanId ?? '')) path.unshift(span.name);
    expect(path).toEqual([
      'poll source', 'publish article-published', 'classify article-published', 'publish article-classified', 'match article-classified',
      'publish alert-raised', 'deliver alert-raised', 'deliver message', 'POST',
    ]);
    expect(trace.filter(({ parentSpanId }) => !byId.has(parentSpanId ?? ''))).toHaveLength(1);
    // The address of a webhook is a secret.
    expect(JSON.stringify(collector.spans)).not.toContain('secret-part');

    // A poll that a caller asks for belongs to the caller's trace.
    const callers = '5b8aa5a2d2c872e8321cf37308d69df2';
    site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(3, new Date())));
    await waitFor('a poll by hand', async () => (await fetch(`${product.address}/api/sources/feed/poll`, {
      method: 'POST', headers: { ...product.authorization, traceparent: `00-${callers}-051581bf3cb55c13-01` },
    })).ok);
    await waitFor('the whole trace of the caller', () => {
      const names = collector.spans.filter(({ traceId }) => traceId === callers).map(({ name }) => name);
      return names.includes('POST /api/sources/:id/poll') && steps.every((step) => names.includes(step));
    }, 60_000);
    // What ended last is exported before the process ends.
    await product.api('/api/sources');
    expect(await product.stop('SIGTERM')).toBe(0);
    expect(collector.spans.some(({ name }) => name === 'GET /api/sources')).toBe(true);
  });

  it('spans travel as protobuf unless another protocol is asked for, and a collector that is out costs nothing but spans', async () => {
    const collector = await startSpanReceiver();
    const product = await Product.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' } });
    await product.api('/api/sources');
    const request = await waitFor('spans', () => collector.requests.find(({ body }) => body.includes('GET /api/sources')));
    expect(request).toMatchObject({ path: '/v1/traces', contentType: 'application/x-protobuf' });
    expect(request.body.includes('all-in-one')).toBe(true);
    expect(await product.stop('SIGTERM')).toBe(0);
    const alone = await Product.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_BSP_SCHEDULE_DELAY: '100' } });
    await alone.api<ArticleList>('/api/articles');
    expect(await alone.stop('SIGTERM')).toBe(0);
  });
});

describe('nothing is traced', () => {
  it.each([['OTEL_SDK_DISABLED', 'true'], ['OTEL_TRACES_EXPORTER', 'none']])('with %s=%s', async (name, value) => {
    const collector = await startSpanReceiver();
    const product = await Product.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100', [name]: value } });
    await product.api('/api/sources');
    expect(await product.stop('SIGTERM')).toBe(0);
    expect(collector.requests).toEqual([]);
  });
});

it('a protocol that is not there is refused at the start', async () => {
  const product = await Product.prepare();
  product.begin({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
  expect(await product.ended()).toBe(1);
  expect(product.errors).toBe('tradewatch cannot start: OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or http/json (it is "grpc")\n');
});
