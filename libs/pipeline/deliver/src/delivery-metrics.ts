import { Counter, Histogram } from 'prom-client';

/** Prometheus metrics of deliveries. */
export const deliveryMetrics = {
  attempts: new Counter({ name: 'tradewatch_delivery_attempts_total', help: 'Attempts at a delivery, by what came of them (sent, retry, dead)', labelNames: ['outcome'] }),
  duration: new Histogram({
    name: 'tradewatch_delivery_duration_seconds', help: 'From posting a message to its answer', buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  }),
};
