import { Counter, Gauge } from 'prom-client';

/** Prometheus metrics of the pages of articles. */
export const pageMetrics = {
  visits: new Counter({ name: 'tradewatch_pages_visited_total', help: 'Visits to pages of articles by what came of them', labelNames: ['outcome'] }),
  summaries: new Counter({ name: 'tradewatch_pages_summary_kept_total', help: 'Pages whose text was not used, so that the summary of the feed stands, by reason', labelNames: ['reason'] }),
  waiting: new Gauge({ name: 'tradewatch_pages_waiting', help: 'Pages of articles that are to be fetched' }),
};
