// A server in a container, where the machine has a Docker engine that has its image or can pull it.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestServer } from './program.ts';
import { waitFor } from './wait-for.ts';

const run = promisify(execFile);

export interface ContainerOptions {
  readonly image: string;
  /** Published on 127.0.0.1, the same inside and outside. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What runs in it; the image's own command when absent. */
  readonly command?: readonly string[];
}

export class Container implements TestServer {
  private id = '';

  constructor(private readonly options: ContainerOptions) {}

  /** Whether containers of the image can be run here; pulls it where it is missing. */
  static canRun(image: string): boolean {
    const docker = (timeout: number, ...args: string[]): boolean => spawnSync('docker', args, { stdio: 'ignore', timeout }).status === 0;
    return docker(5_000, 'info') && (docker(5_000, 'image', 'inspect', image) || docker(300_000, 'pull', '-q', image));
  }

  async up(): Promise<void> {
    const { image, port, env = {}, command = [] } = this.options;
    if (this.id) await run('docker', ['start', this.id]);
    else {
      const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
      this.id = (await run('docker', ['run', '-d', '-p', `127.0.0.1:${port}:${port}`, ...variables, image, ...command])).stdout.trim();
      process.once('exit', () => spawnSync('docker', ['rm', '-fv', this.id], { stdio: 'ignore' }));
    }
    // Asked from inside: the engine itself accepts on the published port before the server does.
    const asked = ['exec', this.id, 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`];
    await waitFor(`${image} on port ${port}`, () => run('docker', asked).then(() => true, () => false), 60_000).catch(async (cause: unknown) => {
      const { stdout, stderr } = await run('docker', ['logs', '--tail', '50', this.id]);
      throw new Error(`${image} did not start: ${stdout}${stderr}`, { cause });
    });
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await run('docker', ['kill', '-s', signal, this.id]).catch(() => undefined);
    await run('docker', ['wait', this.id]);
  }

  async remove(): Promise<void> {
    await run('docker', ['rm', '-fv', this.id]);
  }
}
