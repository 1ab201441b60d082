import { measureEmbedded } from './events-embedded.ts';

/** Issue 3: latency, throughput and idle cost of the event pipeline. */
export async function run(): Promise<void> {
  await measureEmbedded();
}
