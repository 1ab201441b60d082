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
}

/** The Prisma client. It disconnects last (`onApplicationShutdown`), after the transports have finished what they had in hand. */
@Injectable()
export class Database extends PrismaClient implements OnApplicationShutdown {
  readonly pool: pg.Pool;
  readonly url: string;

  constructor({ url, poolSize = 10 }: DatabaseOptions) {
    const pool = new pg.Pool({ connectionString: url, max: poolSize, application_name: 'tradewatch' });
    // A connection that the server cuts while idle is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined);
    super({ adapter: new PrismaPg(pool, { disposeExternalPool: true }), transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
    this.pool = pool;
    this.url = url;
  }

  /** Runs `work` in a transaction on one connection; what it throws rolls back and is thrown on. */
  async inTransaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
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
    await this.$disconnect();
  }
}

@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return { module: DatabaseModule, global: true, providers: [{ provide: Database, useFactory: () => new Database(options) }], exports: [Database] };
  }
}
