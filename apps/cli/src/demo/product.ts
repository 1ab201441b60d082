// The all-in-one process of the demo, on a folder that is removed after it.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';
import { childEnvironment } from '@tradewatch/config';

/** The process promises to close within 9 s; with what is left the folder goes too, 10 s after Ctrl-C at the latest. */
const closeWithinMs = 9_300;
const keptOutputChars = 4_000;

export class Product {
  #output = '';
  readonly #exited: Promise<void>;

  private constructor(
    /** e.g. `http://127.0.0.1:3000` */
    readonly origin: string,
    readonly password: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    this.#exited = once(child, 'close').then(() => undefined, () => undefined);
    const keep = (chunk: Buffer): void => void (this.#output = (this.#output + chunk.toString()).slice(-keptOutputChars));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Starts the built all-in-one on a scratch folder without sources. @throws Error when it is not built. */
  static async start(bundleFolder: string): Promise<Product> {
    const main = resolve(bundleFolder, '../all-in-one/main.js');
    if (!existsSync(main)) throw new Error(`${main} is missing: build it with "npm run build"`);
    const folder = await mkdtemp(join(tmpdir(), 'tradewatch-demo-'));
    const sources = join(folder, 'sources.yaml');
    await writeFile(sources, '[]\n');
    const port = await freePort(3000);
    const password = randomBytes(9).toString('base64url');
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A session of its own: Ctrl-C reaches the demo alone, which then stops the process once.
      detached: true,
      // An outer database must not become the demo's.
      env: childEnvironment({
        DATABASE_URL: '', KAFKA_BROKERS: '', REDIS_URL: '', TRADEWATCH_HOST: '', TRADEWATCH_PUBLIC_URL: '',
        TRADEWATCH_DATA_DIR: folder, TRADEWATCH_SOURCES: sources, TRADEWATCH_PORT: String(port), TRADEWATCH_ADMIN_PASSWORD: password,
        TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true', TRADEWATCH_LOG_LEVEL: 'warn',
      }),
    });
    return new Product(`http://127.0.0.1:${port}`, password, folder, child);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined;
  }

  /** Whether it has printed the sign-in, which it does last. */
  get hasStarted(): boolean {
    return /^ *sign in /m.test(this.#output);
  }

  /** The last of what it wrote, to be shown when it fails. */
  get lastOutput(): string {
    return this.#output.trim();
  }

  /** Stops the process and its database server, and removes the folder. */
  async stop(): Promise<void> {
    if (this.isRunning) {
      this.child.kill('SIGTERM');
      const tooLate = setTimeout(() => this.child.kill('SIGKILL'), closeWithinMs);
      await this.#exited;
      clearTimeout(tooLate);
    }
    await this.#stopLeftServer();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  /** A process that was killed leaves its PostgreSQL running; nothing in there is worth a clean end. */
  async #stopLeftServer(): Promise<void> {
    const lines = await readFile(join(this.folder, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(lines.split('\n')[0]);
    if (!pid) return;
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {
      // Gone already.
    }
  }
}
