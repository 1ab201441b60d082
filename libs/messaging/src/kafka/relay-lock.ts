import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { LogConnection } from '../postgres/event-cursor.store.ts';

const lockKey = 0x7472_6c79;

/** Silence after which the server takes the lock away, ms: a stopped process keeps its connection, and its kernel answers keepalives. */
const silenceMs = 2_500;
const beatMs = 500;
/** How often a relay that waits asks for the lock, ms: with `silenceMs`, what takes over does so well within 5 s. */
const askMs = 1_000;

/** What the server needs to know to see a holder that is stopped (SIGSTOP, a frozen virtual machine) as gone. */
export const lockSql = [`SET idle_session_timeout = ${silenceMs}`, `SELECT pg_try_advisory_lock(${lockKey}) AS held`] as const;

/**
 * The lock that makes one relay the active one: a session lock of PostgreSQL on a connection that must give a sign of life.
 * A holder that was stopped finds the lock gone when it goes on. It may still finish the one request it had begun; that is
 * a repetition of events like any other, in order within itself, and changes nothing (ADR 7).
 */
export class RelayLock implements LogConnection {
  private timer: NodeJS.Timeout | undefined;
  private beating = false;
  private lost = false;
  /** When the process last ran, when it last went on after having been stopped, and when the latest answered sign of life was sent, ms. */
  private lastBeat = 0;
  private aliveSince = 0;
  private lastSign = 0;

  /** One query at a time on a connection; several topics and the signs of life share it. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: pg.Client) {
    client.on('end', () => (this.lost = true));
  }

  /** Waits until the lock is ours. @returns null when `stop` came first. @throws what the connection fails with. */
  static async acquire(databaseUrl: string, stop: AbortSignal): Promise<RelayLock | null> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tradewatch-relay', keepAlive: true, query_timeout: 30_000, connectionTimeoutMillis: 5_000 });
    // A connection that is cut fails the next query on it; without a listener it would end the process.
    client.on('error', () => undefined);
    const lock = new RelayLock(client);
    try {
      await client.connect();
      await client.query(lockSql[0]);
      while (!stop.aborted) {
        const askedAt = performance.now();
        const { rows } = await client.query<{ held: boolean }>(lockSql[1]);
        if (rows[0]?.held) {
          lock.keep(askedAt);
          return lock;
        }
        await delay(askMs, undefined, { signal: stop }).catch(() => undefined);
      }
    } catch (error) {
      await lock.release();
      throw error;
    }
    await lock.release();
    return null;
  }

  /**
   * To be asked after each answer on the connection, before what it says is acted on: the answer may have waited here while the process was
   * stopped. (A query that takes long is no silence.)
   * @throws Error when the server may have given the lock to somebody else.
   */
  assertHeld(): void {
    if (this.lost || performance.now() - this.lastBeat >= silenceMs || this.lastSign < this.aliveSince) throw new Error('the relay was silent for too long: another may be active');
  }

  /** Queries on the connection that holds the lock, after what is asked of it already. */
  query<Row extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    const result = this.last.then(() => this.client.query<Row>(config));
    this.last = result.catch(() => undefined);
    return result;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.client.end().catch(() => undefined);
  }

  private keep(heldSince: number): void {
    this.lastSign = this.aliveSince = this.lastBeat = heldSince;
    this.timer = setInterval(() => this.giveSign(), beatMs);
  }

  private giveSign(): void {
    const now = performance.now();
    if (now - this.lastBeat >= silenceMs) this.aliveSince = now;
    this.lastBeat = now;
    if (this.beating) return;
    this.beating = true;
    this.query({ text: 'SELECT 1' }).then(() => (this.lastSign = now), () => undefined).finally(() => (this.beating = false));
  }
}
