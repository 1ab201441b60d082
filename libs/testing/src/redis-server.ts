// A real Redis, with an append-only file unless told otherwise: for tests that kill and flush it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepting, endProgram, freePort, program, startProgram } from './program.ts';

export class RedisServer {
  private process: ReturnType<typeof startProgram> | undefined;

  private constructor(readonly port: number, private readonly folder: string) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'tradewatch-redis-')));
    await server.up();
    return server;
  }

  /** Starts the server again after `kill`. */
  async up(): Promise<void> {
    this.process = startProgram(program('redis-server', 'redis-server'), ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', '', '--appendonly', 'yes']);
    await accepting('Redis', this.port);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.process) await endProgram(this.process, signal);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
