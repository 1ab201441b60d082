import { Counter, Gauge, Histogram } from 'prom-client';

/** Prometheus metrics of every consumer and of the log. */
export const eventMetrics = {
  handled: new Counter({ name: 'tradewatch_events_handled_total', help: 'Events whose effect is durable', labelNames: ['group', 'topic'] }),
  deadLetters: new Counter({ name: 'tradewatch_events_dead_lettered_total', help: 'Events given up on', labelNames: ['group', 'topic'] }),
  waiting: new Gauge({ name: 'tradewatch_partitions_waiting', help: 'Partitions that wait for an outage to end', labelNames: ['group', 'topic'] }),
  lag: new Gauge({ name: 'tradewatch_consumer_lag_events', help: 'Events a consumer group has yet to handle', labelNames: ['group', 'topic', 'partition'] }),
  duration: new Histogram({
    name: 'tradewatch_event_list_duration_seconds', help: 'Time to handle one list of events', labelNames: ['group', 'topic'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  }),
};
