// A real Redis, with an append-only file: in a container where that can be had, else the machine's own program.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from './container.ts';
import { freePort, program, Program, type TestServer } from './program.ts';

const image = 'redis:8';

export class RedisServer {
  private constructor(readonly port: number, private readonly server: TestServer) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(): Promise<RedisServer> {
    const port = await freePort();
    const server = new RedisServer(port, Container.canRun(image) ? inContainer(port) : await native(port));
    await server.up();
    return server;
  }

  /** Starts the server again after `kill`. */
  async up(): Promise<void> {
    await this.server.up();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.server.kill(signal);
  }

  async stop(): Promise<void> {
    await this.server.remove();
  }
}

const settings = (port: number): string[] => ['--port', String(port), '--save', '', '--appendonly', 'yes'];

function inContainer(port: number): Container {
  return new Container({ image, port, command: ['redis-server', ...settings(port), '--protected-mode', 'no'] });
}

async function native(port: number): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-redis-'));
  return new Program({ name: 'Redis', command: program('redis-server', 'redis-server'), args: [...settings(port), '--bind', '127.0.0.1', '--dir', folder], port, folder });
}
