// The built product as its user runs it: a process of its own on a scratch data folder, spoken to over HTTP.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, waitFor } from '@tradewatch/testing';
import { afterAll } from 'vitest';

const main = resolve(import.meta.dirname, '../../dist/apps/all-in-one/main.js');
export const adminPassword = 'correct-horse-battery';

export interface ProductOptions {
  /** Content of the sources YAML; no sources when absent. */
  readonly sources?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const products: Product[] = [];
// Registered while the test file is collected: hooks registered from inside tests would not run.
afterAll(() => Promise.all(products.map((product) => product.remove())), 60_000);

export class Product {
  private child: ChildProcess | undefined;
  private token = '';
  output = '';
  errors = '';

  private constructor(readonly folder: string, readonly port: number, private readonly env: Readonly<Record<string, string>>) {}

  /** Prepares a product that is not running yet; its folder goes with the test file. */
  static async prepare({ sources = '[]', env = {} }: ProductOptions = {}): Promise<Product> {
    const folder = await mkdtemp(join(tmpdir(), 'tradewatch-e2e-'));
    await writeFile(join(folder, 'sources.yaml'), sources);
    const port = await freePort();
    const product = new Product(folder, port, {
      TRADEWATCH_DATA_DIR: join(folder, 'data'), TRADEWATCH_PORT: String(port), TRADEWATCH_SOURCES: join(folder, 'sources.yaml'),
      TRADEWATCH_ADMIN_PASSWORD: adminPassword, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true', TRADEWATCH_LOG_LEVEL: 'info', ...env,
    });
    products.push(product);
    return product;
  }

  static async start(options?: ProductOptions): Promise<Product> {
    const product = await Product.prepare(options);
    await product.run();
    return product;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Headers of a request of ours. */
  get authorization(): Readonly<Record<string, string>> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  /** Starts the process and waits until it serves and we are signed in. */
  async run(): Promise<boolean> {
    this.begin();
    await waitFor('the product to serve', async () => {
      if (this.child?.exitCode !== null) throw new Error(`it ended: ${this.errors}`);
      return (await fetch(`${this.address}/health/ready`)).ok;
    }, 60_000);
    const { token } = await this.api<{ token: string }>('/api/auth/login', { method: 'POST', body: { email: 'admin@localhost', password: adminPassword } });
    this.token = token;
    return true;
  }

  /** Starts the process without waiting. */
  begin(env: Readonly<Record<string, string>> = {}): ChildProcess {
    this.output = '';
    this.errors = '';
    this.child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...this.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    return this.child;
  }

  /** Waits for the end of the process. @returns its exit code, or the signal that ended it. */
  async ended(): Promise<number | string> {
    const child = this.child!;
    if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done));
    this.child = undefined;
    return child.exitCode ?? child.signalCode!;
  }

  async stop(signal: NodeJS.Signals): Promise<number | string> {
    this.child!.kill(signal);
    return this.ended();
  }

  /** Ends the process and its database, whatever state they are in, and removes the folder. */
  async remove(): Promise<void> {
    if (this.child) await this.stop('SIGKILL');
    const pid = Number((await readFile(join(this.folder, 'data/postgres/cluster/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
    if (pid > 0) {
      process.kill(pid, 'SIGQUIT');
      await waitFor('the database to end', () => !existsSync(join(this.folder, 'data/postgres/cluster/postmaster.pid')) || !existsSync(`/proc/${pid}`));
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Calls the REST interface. @throws Error with the answer when it is not a success. */
  async api<T = unknown>(path: string, { method = 'GET', body }: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await this.request(path, { method, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async request(path: string, { method = 'GET', body }: { method?: string; body?: unknown } = {}): Promise<Response> {
    return fetch(this.address + path, {
      method,
      headers: { ...this.authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** The parts of answers that tests look at. */
export interface ArticleList {
  readonly items: readonly { readonly id: string; readonly title: string; readonly storyId: string; readonly relevant: boolean; readonly developments: readonly { readonly kind: string; readonly stage: string }[] }[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** Every article that a query finds, page by page. */
export async function allArticles(product: Product, query = ''): Promise<ArticleList['items'][number][]> {
  const items: ArticleList['items'][number][] = [];
  let cursor: string | null = null;
  do {
    const page: ArticleList = await product.api(`/api/articles?limit=100${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
