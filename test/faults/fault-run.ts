// A seeded run: schedules of faults under load, each followed by calm, in which everything must come right.
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { deadLetterViolations, violations } from './history.ts';
import { pickFault } from './faults.ts';
import type { Poison } from './poison.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

export interface FaultRunOptions {
  readonly seed: number;
  /** Faults to inject in all. */
  readonly points: number;
  readonly brokerDownMs: number;
  readonly say: (line: string) => void;
}

export interface FaultReport {
  readonly points: number;
  readonly byName: ReadonlyMap<string, number>;
  readonly violations: readonly string[];
  /** From the end of each schedule's last fault to all invariants holding, ms. */
  readonly recoveriesMs: readonly number[];
  readonly mostMemoryMb: number;
}

const pointsInSchedule = 100;
/** The longest the system may take to come right after the last fault. A machine that is booked k times over gets k times as long. */
const recoverWithinMs = 30_000;
const mostBacklog = 30;
const mostMemoryMb = 512;
const mostGrowthMb = 64;

export class FaultRun {
  private readonly random: Random;
  private readonly byName = new Map<string, number>();
  private readonly found: string[] = [];
  private readonly recoveriesMs: number[] = [];
  private readonly poisons: Poison[] = [];
  private points = 0;
  private lastFaultAt = 0;
  private loading = true;
  private ended = false;

  constructor(private readonly world: World, private readonly options: FaultRunOptions) {
    this.random = new Random(options.seed, 'schedule');
    world.onFaultPoint = (service, point) => this.count(`killed ${service.role} at ${point}`, service.name);
  }

  async run(): Promise<FaultReport> {
    const load = this.load();
    const sampling = setInterval(() => this.world.services.forEach((service) => service.sampleMemory()), 2_000);
    try {
      while (this.points < this.options.points && this.found.length === 0) await this.schedule();
      if (this.found.length === 0) await this.fullReplay();
      this.found.push(...(await deadLetterViolations(this.world, this.poisons)));
    } finally {
      this.ended = true;
      clearInterval(sampling);
      await load;
    }
    for (const service of this.world.services) {
      if (service.mostMemoryMb > mostMemoryMb) this.found.push(`${service.name} used ${service.mostMemoryMb} MB`);
      if ((service.memoryGrowthMb() ?? 0) > mostGrowthMb) this.found.push(`${service.name} grew by ${service.memoryGrowthMb()} MB`);
    }
    return {
      points: this.points, byName: this.byName, violations: this.found, recoveriesMs: this.recoveriesMs,
      mostMemoryMb: Math.max(...this.world.services.map((service) => service.mostMemoryMb)),
    };
  }

  private async schedule(): Promise<void> {
    const goal = Math.min(this.points + pointsInSchedule, this.options.points);
    this.arm(true);
    while (this.points < goal) {
      const fault = pickFault(this.random);
      const { world, random, poisons } = this;
      const detail = await fault.inject({ world, random, poisons, brokerDownMs: this.options.brokerDownMs });
      if (detail !== null) this.count(fault.name, detail);
      await sleep(random.between(50, 600));
    }
    this.arm(false);
    await this.world.faultsEnded();
    await this.world.allReady(120_000);
    // Those that were starting have read what to do before it changed.
    this.arm(false);
    this.lastFaultAt = Date.now();
    await this.settle();
  }

  private arm(active: boolean): void {
    this.world.armed.active = active;
    for (const service of this.world.services) service.rearm();
  }

  /** All topics once more from offset 0: nothing changes, nothing is sent. */
  private async fullReplay(): Promise<void> {
    this.loading = false;
    await this.settle();
    const before = await this.state();
    await Promise.all(this.world.services.map((service) => service.stop('SIGTERM')));
    await this.world.kafka.replayAll();
    this.world.services.forEach((service) => service.start());
    await this.world.allReady(60_000);
    this.lastFaultAt = Date.now();
    this.count('full replay from offset 0', '');
    await this.settle();
    const after = await this.state();
    if (before !== after) this.found.push(`a full replay changed something: ${before} became ${after}`);
  }

  private async state(): Promise<string> {
    const [row] = await this.world.sql<{ state: string }>(`SELECT (SELECT count(*) || ' archived, ' || sum(revision) || ' revisions' FROM archived_articles)
      || (SELECT ', ' || count(*) FROM alerts) || ' alerts' || (SELECT ', ' || count(*) FROM deliveries) || ' deliveries' || (SELECT ', ' || count(*) FROM delivery_attempts) || ' attempts' AS state`);
    return `${row!.state}, ${this.world.receiver.requests.length} requests`;
  }

  /** Waits, without new articles, until every invariant holds. */
  private async settle(): Promise<void> {
    const wasLoading = this.loading;
    this.loading = false;
    const overbooked = Math.max(1, loadavg()[0]! / availableParallelism() / 2);
    const deadline = this.lastFaultAt + recoverWithinMs * overbooked;
    await this.pollAll(deadline);
    let last = '';
    for (;;) {
      const found = await violations(this.world).catch((error: unknown) => [`the history cannot be read: ${String(error)}`]);
      if (found.length === 0) break;
      if (Date.now() > deadline) {
        this.found.push(...found);
        break;
      }
      last = found[0]!;
      await sleep(500);
    }
    const took = Date.now() - this.lastFaultAt;
    this.recoveriesMs.push(took);
    this.options.say(`settled ${took} ms after the last fault: ${await this.state()}; most memory, MB: ${this.world.services.map(({ name, mostMemoryMb: most }) => `${name} ${most}`).join(', ')}${last ? `; last to come right: ${last}` : ''}`);
    this.loading = wasLoading;
  }

  private async pollAll(deadline: number): Promise<void> {
    const left = new Set(this.world.sites.map(({ id }) => id));
    while (left.size > 0 && Date.now() < deadline) {
      for (const id of left) if (await this.world.poll(id)) left.delete(id);
      await sleep(200);
    }
  }

  /** A few articles a second, for as long as there are faults. */
  private async load(): Promise<void> {
    const random = new Random(this.options.seed, 'load');
    while (!this.ended) {
      if (this.loading && (await this.backlog()) < mostBacklog) {
        const site = random.pick(this.world.sites);
        for (let n = random.between(0, 2); n > 0; n--) site.publish(random);
        if (random.next() < 0.5) site.revise(random);
        await this.world.poll(site.id);
      }
      await sleep(400);
    }
  }

  /** Articles whose way is not at its end. The load follows the system's pace, so that only faults are on trial and not the machine. */
  private async backlog(): Promise<number> {
    const [row] = await this.world.sql<{ open: number }>(`SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM archived_articles WHERE source_id <> 'poison')
      + (SELECT count(*) FROM deliveries WHERE state <> 'sent') AS open`).catch(() => []);
    return Number(row?.open ?? mostBacklog);
  }

  private count(name: string, detail: string): void {
    this.points += 1;
    this.lastFaultAt = Date.now();
    this.byName.set(name, (this.byName.get(name) ?? 0) + 1);
    this.options.say(`${String(this.points).padStart(5)}  ${name}${detail ? `: ${detail}` : ''}`);
  }
}
