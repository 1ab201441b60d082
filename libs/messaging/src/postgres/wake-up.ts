import pg from 'pg';

/**
 * Listens for the log's NOTIFY on a connection of its own. A hint only: it may be late, lost or for nothing, and readers
 * poll as well.
 */
export class WakeUp {
  private client: pg.Client | null = null;
  private closed = false;
  private reconnect: NodeJS.Timeout | undefined;
  private readonly sleepers = new Map<string, Set<() => void>>();

  constructor(private readonly databaseUrl: string) {}

  async start(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'tradewatch-listen', keepAlive: true });
    client.on('notification', ({ payload }) => this.wake(payload ?? ''));
    client.on('error', () => this.retry(client));
    client.on('end', () => this.retry(client));
    this.client = client;
    try {
      await client.connect();
      await client.query('LISTEN tradewatch_events');
    } catch {
      this.retry(client);
    }
  }

  /** Resolves at the next event of the topic, after `timeoutMs`, or when closed.. */
  sleep(topic: string, timeoutMs: number): { readonly done: Promise<void>; readonly cancel: () => void } {
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      const sleepers = this.sleepers.get(topic) ?? new Set();
      this.sleepers.set(topic, sleepers);
      const timer = setTimeout(() => finish(), timeoutMs);
      finish = () => {
        clearTimeout(timer);
        sleepers.delete(finish);
        resolve();
      };
      sleepers.add(finish);
      if (this.closed) finish();
    });
    return { done, cancel: finish };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnect);
    for (const topic of this.sleepers.keys()) this.wake(topic);
    await this.client?.end().catch(() => undefined);
  }

  private wake(topic: string): void {
    for (const finish of [...(this.sleepers.get(topic) ?? [])]) finish();
  }

  private retry(failed: pg.Client): void {
    if (this.closed || this.client !== failed) return;
    this.client = null;
    failed.end().catch(() => undefined);
    this.reconnect = setTimeout(() => void this.start(), 1_000);
  }
}
