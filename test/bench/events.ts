import { measureEmbedded } from './events-embedded.ts';
import { measureKafka } from './events-kafka.ts';

/** Issue 3: latency, throughput and idle cost of the event pipeline, on both substrates. */
export async function run(): Promise<void> {
  await measureEmbedded();
  await measureKafka();
}
