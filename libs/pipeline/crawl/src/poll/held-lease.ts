// Keeps a source ours while a slow site is read. Leases are short, so that a source whose poller was killed is free again soon.
import type { Clock } from '../clock.ts';
import type { Lease, PollStore } from './poll.store.ts';

const leaseMs = 20_000;
const renewEveryMs = 6_000;

/** The moment a lease is asked for, and the moment one asked for now ends. */
export function leaseTimes(clock: Clock): [at: Date, until: Date] {
  const at = clock.now();
  return [at, new Date(at.getTime() + leaseMs)];
}

export class HeldLease {
  private readonly timer: NodeJS.Timeout;
  private renewal: Promise<void> = Promise.resolve();

  constructor(private readonly polls: PollStore, private readonly clock: Clock, private lease: Lease, everyMs = renewEveryMs) {
    this.timer = setInterval(() => (this.renewal = this.renewal.then(() => this.renew())), everyMs);
  }

  /** Ends the renewing. @returns the lease as it stands, to be checked by whatever is written under it. */
  async settle(): Promise<Lease> {
    clearInterval(this.timer);
    await this.renewal;
    return this.lease;
  }

  private async renew(): Promise<void> {
    try {
      this.lease = (await this.polls.renew(this.lease, leaseTimes(this.clock)[1])) ?? this.lease;
    } catch {
      // The database is away for now. If the lease ends meanwhile, what is written under it is refused.
    }
  }
}
