import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { commandAs, postgresAccount, type PostgresAccount } from './postgres-account.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

const run = promisify(execFile);

export interface EmbeddedPostgresOptions {
  /** Folder that holds the cluster, its password and its log; made when missing. */
  readonly folder: string;
  /** Extra server settings; `fsync: 'off'` is for tests only. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where it listens; a free port when absent. */
  readonly port?: number;
}

/**
 * A PostgreSQL server of our own in a local folder, from the binaries on npm. It runs in its own session: a Ctrl-C in
 * the terminal reaches us alone, and a kill -9 of ours leaves a server that the next start finds and uses.
 */
export class EmbeddedPostgres {
  private constructor(
    /** Connection URL of the database `tradewatch`. */
    readonly url: string,
    private readonly binaries: PostgresBinaries,
    private readonly cluster: string,
    private readonly account: PostgresAccount | null,
  ) {}

  /** Starts the server of the folder, or joins the one that still runs there. @throws Error with the server's own words. */
  static async start({ folder, settings = {}, port: wantedPort }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const binaries = await postgresBinaries();
    const cluster = join(folder, 'cluster');
    await mkdir(folder, { recursive: true });
    const account = postgresAccount(cluster);
    if (account) await chown(folder, account.uid, account.gid);
    const passwordFile = join(folder, 'password');
    if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, account, cluster, passwordFile);
    const password = (await readFile(passwordFile, 'utf8')).trim();

    const urlAt = (port: number, database: string): string => `postgresql://tradewatch:${password}@127.0.0.1:${port}/${database}`;
    let port = await runningPort(cluster, (candidate) => urlAt(candidate, 'postgres'));
    if (port === null) {
      port = wantedPort ?? (await freePort());
      await startServer(binaries, account, cluster, port, join(folder, 'postgres.log'), settings);
    }
    await createDatabase(urlAt(port, 'postgres'), 'tradewatch');
    return new EmbeddedPostgres(urlAt(port, 'tradewatch'), binaries, cluster, account);
  }

  /** Stops the server, cutting what is still connected, and waits until its files are closed. */
  async stop(): Promise<void> {
    await runAs(this.account, this.binaries.pg_ctl, ['stop', '-D', this.cluster, '-m', 'fast', '-w', '-t', '30', '-s']);
  }
}

async function runAs(account: PostgresAccount | null, program: string, args: readonly string[]): Promise<void> {
  const { command, args: all, ...ids } = commandAs(account, program, args);
  try {
    // LC_ALL: the server needs no locale of the machine's, and initdb fails on one that is not installed.
    await run(command, all, { ...ids, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new Error(`PostgreSQL (${program.split('/').pop()}) failed: ${(stderr || stdout).trim().split('\n').slice(-4).join(' ') || String(error)}`, { cause: error });
  }
}

/** Makes the cluster beside its place and moves it there whole, so that a kill in between leaves no half of one. */
async function initialise(binaries: PostgresBinaries, account: PostgresAccount | null, cluster: string, passwordFile: string): Promise<void> {
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await writeFile(passwordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  await chmod(passwordFile, 0o600);
  await runAs(account, binaries.initdb, [
    '-D', draft, '-U', 'tradewatch', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '-E', 'UTF8', '--locale=C',
    '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
  ]);
  await rename(draft, cluster);
}

async function startServer(
  binaries: PostgresBinaries, account: PostgresAccount | null, cluster: string, port: number, log: string, settings: Readonly<Record<string, string>>,
): Promise<void> {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port), max_connections: '100', shared_buffers: '128MB',
    wal_level: 'minimal', max_wal_senders: '0', jit: 'off', timezone: 'UTC', log_timezone: 'UTC', ...settings,
  };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`).join(' ');
  await runAs(account, binaries.pg_ctl, ['start', '-D', cluster, '-w', '-t', '60', '-s', '-l', log, '-o', options]);
}

/** The port of a server that still runs on the cluster and takes our password, else null. */
async function runningPort(cluster: string, urlAt: (port: number) => string): Promise<number | null> {
  // postmaster.pid: pid, data folder, start time, port, … one a line (PostgreSQL documentation, "storage file layout").
  const lines = await readFile(join(cluster, 'postmaster.pid'), 'utf8').then((text) => text.split('\n'), () => null);
  const port = Number(lines?.[3]);
  if (!port) return null;
  return (await canConnect(urlAt(port))) ? port : null;
}

async function canConnect(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(connectionString: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
