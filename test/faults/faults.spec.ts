// Real: the four processes as built, PostgreSQL, Kafka, Redis, HTTP. `npm run test:faults -- --seed N --points N` repeats or lengthens it.
import { expect, it } from 'vitest';
import { FaultRun } from './fault-run.ts';
import { World } from './world.ts';

const { FAULT_SEED, FAULT_POINTS, FAULT_BROKER_DOWN_MS } = process.env;
const seed = Number(FAULT_SEED ?? Math.floor(Math.random() * 1e9));
const points = Number(FAULT_POINTS ?? 200);

it(`loses nothing, sends nothing under two keys and comes right within 30 s, whatever is killed`, async () => {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`faults: seed ${seed}, ${points} points; to repeat: npm run test:faults -- --seed ${seed} --points ${points}`);
  const begun = Date.now();
  const world = await World.start(seed);
  say(`the system runs after ${Date.now() - begun} ms; logs in ${world.folder}`);
  try {
    const report = await new FaultRun(world, { seed, points, brokerDownMs: Number(FAULT_BROKER_DOWN_MS ?? 8_000), say }).run();
    say(`${report.points} fault points in ${Math.round((Date.now() - begun) / 1000)} s, recovery ${Math.max(...report.recoveriesMs)} ms at most, memory ${report.mostMemoryMb} MB at most`);
    for (const [name, count] of [...report.byName].sort()) say(`  ${String(count).padStart(4)}  ${name}`);
    const failures = world.services.flatMap((service) => service.failures);
    for (const line of failures) say(`  ${line}`);
    expect(report.violations, `seed ${seed}; logs in ${world.folder}`).toEqual([]);
    expect(report.points).toBeGreaterThanOrEqual(points);
  } finally {
    await world.stop();
  }
  if (!process.env['FAULT_KEEP']) await world.forget();
});
