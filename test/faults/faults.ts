// The faults that come from outside the processes. Each resolves when the fault is over; what is injected is told in a line.
import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from './kafka-tools.ts';
import { poisonMessages, type Poison } from './poison.ts';
import type { Random } from './random.ts';
import { sessionTimeoutMs, type World } from './world.ts';

export interface FaultContext {
  readonly world: World;
  readonly random: Random;
  readonly poisons: Poison[];
  /** The longest a dead broker stays away, ms. */
  readonly brokerDownMs: number;
}

export interface Fault {
  readonly name: string;
  /** How often it is chosen, relative to the others: dear ones are rare. */
  readonly weight: number;
  /** @returns what it did, or null where there was nothing to hit. */
  readonly inject: (context: FaultContext) => Promise<string | null>;
}

export const faults: readonly Fault[] = [
  { name: 'killed at any moment', weight: 4, inject: async ({ world, random }) => {
    const service = random.pick(world.services);
    service.signal('SIGKILL');
    return service.name;
  } },
  { name: 'stopped past the session timeout', weight: 3, inject: async ({ world, random }) => {
    const service = random.pick(world.services);
    const ms = sessionTimeoutMs + random.between(500, 2_500);
    service.signal('SIGSTOP');
    world.later(ms, () => service.signal('SIGCONT'));
    return `${service.name} for ${ms} ms`;
  } },
  { name: 'connections cut in mid-transaction', weight: 6, inject: async ({ world, random }) => {
    const until = Date.now() + 3_000;
    let cut = 0;
    while (Date.now() < until && cut < 3) {
      const [{ count = 0 } = {}] = await world.sql<{ count: number }>(`SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
        WHERE application_name LIKE 'tradewatch%' AND xact_start IS NOT NULL AND random() < $1`, [0.3 + random.next() * 0.7]);
      cut += count;
    }
    return cut > 0 ? `${cut} in transaction` : null;
  } },
  { name: 'all connections cut', weight: 2, inject: async ({ world }) => {
    const rows = await world.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tradewatch%'");
    return `${rows.length} connections`;
  } },
  { name: 'PostgreSQL restarted', weight: 2, inject: async ({ world, random }) => {
    const [mode, ms] = [random.pick(['fast', 'immediate'] as const), random.between(0, 3_000)];
    await world.restartPostgres(mode, ms);
    return `${mode}, away for ${ms} ms`;
  } },
  { name: 'broker killed', weight: 1, inject: async ({ world, random, brokerDownMs }) => {
    const ms = random.pick([1_000, brokerDownMs / 2, brokerDownMs]);
    await world.broker.kill();
    await sleep(ms);
    await world.broker.up();
    return `away for ${ms} ms`;
  } },
  { name: 'Redis killed', weight: 2, inject: async ({ world, random }) => {
    const ms = random.between(0, 2_000);
    await world.redis.kill();
    await sleep(ms);
    await world.redis.up();
    return `away for ${ms} ms`;
  } },
  { name: 'Redis flushed', weight: 3, inject: async ({ world }) => {
    await world.flushRedis();
    return '';
  } },
  { name: 'messages delivered three times, shuffled', weight: 3, inject: async ({ world, random }) => {
    const topic = random.pick(topics);
    const recent = (await world.kafka.read(topic)).filter(({ headers }) => !String(headers?.['ce_id']).startsWith('poison')).slice(-40);
    await world.kafka.produce(topic, random.shuffled([...recent, ...recent, ...recent]));
    return `${recent.length} of ${topic}`;
  } },
  { name: 'poison', weight: 2, inject: async ({ world, poisons, random }) => {
    const dose = random.shuffled(poisonMessages());
    poisons.push(...dose);
    await world.kafka.produce(topics[0], dose.map(({ message }) => message));
    return `${dose.length} messages`;
  } },
  { name: 'rolling restart under load', weight: 0.5, inject: async ({ world }) => {
    const late: string[] = [];
    for (const service of world.services) {
      if ((await service.stop('SIGTERM')) === 1) late.push(service.name);
      service.start();
    }
    return late.length > 0 ? `closed late: ${late.join(', ')}` : '';
  } },
  { name: 'receiver hangs up after reading', weight: 2, inject: async ({ world, random }) => {
    const path = random.pick([...world.hooks.values()]);
    world.receiver.answer(path, 'hang-up', 'ok');
    return path;
  } },
];

export function pickFault(random: Random): Fault {
  let left = random.next() * faults.reduce((sum, { weight }) => sum + weight, 0);
  return faults.find(({ weight }) => (left -= weight) < 0) ?? faults[0]!;
}
