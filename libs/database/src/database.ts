import { Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './generated/client.ts';

/** What runs inside `database.$transaction(…)`. */
export type Transaction = Prisma.TransactionClient;

/** A connection of the pool, or the pool itself: for the few statements that run for every event, where Prisma costs more than they do. */
export type Connection = Pick<pg.PoolClient, 'query'>;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most; the embedded server allows 100 in all. */
  readonly poolSize?: number;
  /**
   * Whether commits of `effects` need not wait for the disk: only where the events that ask for them, and the cursors that say
   * they have been handled, are in the same database (docs/decisions/0008-effects-follow-their-events-to-disk.md).
   */
  readonly relaxedEffects?: boolean;
}

/** The Prisma client. It disconnects last (`onApplicationShutdown`), after the transports have finished what they had in hand. */
@Injectable()
export class Database extends PrismaClient implements OnApplicationShutdown {
  readonly pool: pg.Pool;
  /** For the effects of events, which come again if they are lost; the pool itself unless `relaxedEffects`. */
  readonly effects: pg.Pool;
  readonly url: string;

  constructor({ url, poolSize = 10, relaxedEffects = false }: DatabaseOptions) {
    const pool = connections(url, poolSize);
    super({ adapter: new PrismaPg(pool, { disposeExternalPool: true }), transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
    this.pool = pool;
    this.effects = relaxedEffects ? connections(url, poolSize, '-c synchronous_commit=off') : pool;
    this.url = url;
  }

  /** Runs `work`, an effect of events, in a transaction on one connection; what it throws rolls back and is thrown on. */
  async inTransaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const client = await this.effects.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A connection that cannot even roll back is not given to anyone else.
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.effects !== this.pool) await this.effects.end();
    await this.$disconnect();
  }
}

function connections(url: string, max: number, options?: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'tradewatch', ...(options ? { options } : {}) });
  // A connection that the server cuts is replaced by the pool, and fails what runs on it; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return { module: DatabaseModule, global: true, providers: [{ provide: Database, useFactory: () => new Database(options) }], exports: [Database] };
  }
}
