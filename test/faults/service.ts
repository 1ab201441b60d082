// One process of the scaled-out system under supervision, as a container engine does it: what ends is started again, armed
// with the boundaries at which it is to kill itself.
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@tradewatch/testing';

export type Role = 'crawler' | 'classifier' | 'archive' | 'alerting';

export interface ServiceOptions {
  readonly name: string;
  readonly role: Role;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** The built app's folder. */
  readonly app: string;
  readonly logFile: string;
  /** The fault points it is to be armed with, one a line; '' for none. */
  readonly arm: () => string;
  /** Called when the process killed itself at a fault point. */
  readonly onFaultPoint: (service: Service, point: string) => void;
}

const restartAfterMs = 300;

export class Service {
  private child: ChildProcess | undefined;
  private wanted = false;
  private startedAt = 0;
  /** Resident memory, MB, every few seconds since the start of the process. */
  private samples: number[] = [];
  /** Whether the process has been ready: before that a SIGUSR2 could end it. */
  private listens = false;
  mostMemoryMb = 0;
  /** Ends that were neither asked for nor a fault point's, with the exit code. */
  readonly failures: string[] = [];
  restarts = 0;

  constructor(readonly options: ServiceOptions) {}

  get name(): string {
    return this.options.name;
  }

  get role(): Role {
    return this.options.role;
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  start(): void {
    this.wanted = true;
    const { app, env, port, logFile, onFaultPoint } = this.options;
    const points = this.writePoints();
    const child = spawn(process.execPath, ['--max-old-space-size=384', join(app, 'main.js')], {
      env: { PATH: process.env['PATH'], ...env, TRADEWATCH_PORT: String(port), TRADEWATCH_FAULT_POINTS: this.pointsFile },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    this.startedAt = Date.now();
    this.samples = [];
    this.listens = false;
    let [reached, lastWords] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      appendFileSync(logFile, text);
      lastWords = (lastWords + text).slice(-1_000);
      reached = /^fault point (\S+)$/m.exec(text)?.[1] ?? reached;
    });
    child.once('close', (code, signal) => {
      this.child = undefined;
      appendFileSync(logFile, `\n--- ended: ${code ?? signal} ${reached} (armed ${points.replaceAll('\n', ', ')})\n`);
      if (!this.wanted) return;
      if (reached) onFaultPoint(this, reached);
      else if (signal !== 'SIGKILL') this.failures.push(`${this.name} ended by itself (${code ?? signal}): ${lastWords}`);
      this.restarts += 1;
      setTimeout(() => {
        if (this.wanted && !this.child) this.start();
      }, restartAfterMs);
    });
  }

  /** Ends the process for good. @returns how it ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.wanted = false;
    const { child } = this;
    if (!child) return 0;
    const ended = new Promise<number | string>((done) => child.once('close', (code, by) => done(code ?? by!)));
    child.kill(signal);
    return ended;
  }

  /** Has the running process read anew where it is to end. */
  rearm(): void {
    this.writePoints();
    if (this.listens) this.child?.kill('SIGUSR2');
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Waits until it serves. */
  async ready(timeoutMs = 30_000): Promise<void> {
    await waitFor(`${this.name} to be ready`, () => this.isReady(), timeoutMs);
  }

  async isReady(): Promise<boolean> {
    const { child } = this;
    const ready = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(3_000) }).then(({ ok }) => ok, () => false);
    if (ready && child === this.child) this.listens = true;
    return ready;
  }

  sampleMemory(): void {
    const { pid } = this.child ?? {};
    if (pid === undefined) return;
    try {
      const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      this.samples.push(Math.round(kilobytes / 1024));
      this.mostMemoryMb = Math.max(this.mostMemoryMb, this.samples.at(-1)!);
    } catch {
      // It has just ended.
    }
  }

  /** MB that a process gained between its second and its last third of life; null for one younger than two minutes. */
  memoryGrowthMb(): number | null {
    if (Date.now() - this.startedAt < 120_000 || this.samples.length < 30) return null;
    const third = Math.floor(this.samples.length / 3);
    const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
    return median(this.samples.slice(-third)) - median(this.samples.slice(third, 2 * third));
  }

  private get pointsFile(): string {
    return `${this.options.logFile}.points`;
  }

  private writePoints(): string {
    const points = this.options.arm();
    writeFileSync(this.pointsFile, points);
    return points;
  }
}
