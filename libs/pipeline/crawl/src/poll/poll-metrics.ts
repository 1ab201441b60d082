import { Counter, Gauge, Histogram } from 'prom-client';

/** Prometheus metrics of the crawl step. */
export const pollMetrics = {
  polls: new Counter({ name: 'tradewatch_polls_total', help: 'Polls of sources by what came of them', labelNames: ['outcome'] }),
  failures: new Counter({ name: 'tradewatch_poll_failures_total', help: 'Failed polls by error code', labelNames: ['code'] }),
  articles: new Counter({ name: 'tradewatch_articles_published_total', help: 'Articles and revisions found', labelNames: ['type'] }),
  duration: new Histogram({ name: 'tradewatch_poll_duration_seconds', help: 'Time of one poll, storing included', buckets: [0.03, 0.1, 0.3, 1, 3, 10, 30, 100] }),
  sources: new Gauge({ name: 'tradewatch_sources', help: 'Sources by state', labelNames: ['state'] }),
  silent: new Gauge({ name: 'tradewatch_sources_silent', help: 'Sources that answer well but bring nothing: overdue against their own cadence, or empty where they were not', labelNames: ['code'] }),
  due: new Gauge({ name: 'tradewatch_sources_due', help: 'Sources that are due and not polled yet' }),
};
