// Which boundaries each process is armed with, from a stream of the seed of its own.
import { Random } from './random.ts';
import type { Role } from './service.ts';

const consumed = (group: string): string[] => [`${group}.after-fetch`, `${group}.before-offset-commit`, `${group}.after-offset-commit`];

/** The boundaries a role passes (faultPoint() in libs). `before-commit` is the transaction that appends to the event log. */
export const boundaries: Readonly<Record<Role, readonly string[]>> = {
  crawler: ['crawl.after-fetch', 'before-commit', 'crawl.after-commit'],
  classifier: [...consumed('classify'), 'before-produce', 'after-produce'],
  archive: consumed('archive'),
  alerting: [...consumed('match'), 'before-commit', ...consumed('deliver'), 'deliver.after-claim', 'deliver.after-post', 'deliver.after-mark-sent'],
};

/** Boundaries of the relay, which is active in one of the processes with a database, nobody knows beforehand in which. */
export const relayBoundaries: readonly string[] = ['before-produce', 'after-produce', 'relay.after-cursor-commit'];

export class ArmedPoints {
  /** While false, processes start without fault points. */
  active = false;
  private readonly streams = new Map<string, Random>();
  private readonly left = new Map<string, string[]>();

  constructor(private readonly seed: number) {}

  /** Where a process is to end next: a boundary of its role, each in turn in a seeded order, and one of the relay's. */
  next(name: string, role: Role): string {
    if (!this.active) return '';
    const random = this.streams.get(name) ?? new Random(this.seed, name);
    this.streams.set(name, random);
    const left = this.left.get(name)?.length ? this.left.get(name)! : random.shuffled(boundaries[role]);
    const point = left.pop()!;
    this.left.set(name, left);
    const own = `${point} ${random.between(1, 3)}\n`;
    return role === 'classifier' ? own : `${own}${random.pick(relayBoundaries)} ${random.between(2, 12)}\n`;
  }
}
