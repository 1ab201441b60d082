// A real Apache Kafka broker in KRaft mode, one node, from the project's own jars: for tests that kill it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { accepting, endProgram, freePort, program, startProgram } from './program.ts';

const run = promisify(execFile);
const version = '4.1.1';

/** Folder of the broker's jars, fetched by Maven once for each machine. */
async function jars(): Promise<string> {
  const folder = join(homedir(), '.cache/tradewatch', `kafka-${version}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  await run(program('mvn', 'maven'), ['-q', '-B', '-f', resolve('libs/testing/kafka/pom.xml'), 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies', `-DoutputDirectory=${draft}`], { maxBuffer: 64e6 });
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

export class KafkaBroker {
  private process: ReturnType<typeof startProgram> | undefined;

  private constructor(readonly port: number, private readonly folder: string, private readonly java: string, private readonly classPath: string) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  static async start(): Promise<KafkaBroker> {
    const java = program('java', 'openjdk-17-jre-headless');
    const classPath = `${await jars()}/*`;
    const folder = await mkdtemp(join(tmpdir(), 'tradewatch-kafka-'));
    const [port, controllerPort] = [await freePort(), await freePort()];
    await writeFile(join(folder, 'server.properties'), Object.entries({
      'process.roles': 'broker,controller', 'node.id': '1', 'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`, 'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
      'controller.listener.names': 'CONTROLLER', 'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      'log.dirs': join(folder, 'data'), 'offsets.topic.replication.factor': '1', 'offsets.topic.num.partitions': '4',
      'transaction.state.log.replication.factor': '1', 'transaction.state.log.min.isr': '1', 'group.initial.rebalance.delay.ms': '0',
      'auto.create.topics.enable': 'false', 'group.min.session.timeout.ms': '1000',
    }).map(([name, value]) => `${name}=${value}\n`).join(''));
    const broker = new KafkaBroker(port, folder, java, classPath);
    await run(java, ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', 'dHJhZGV3YXRjaC10ZXN0cw', '-c', join(folder, 'server.properties')]);
    await broker.up();
    return broker;
  }

  /** Starts the broker again after `kill`, with its data. */
  async up(): Promise<void> {
    this.process = startProgram(this.java, ['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', this.classPath, 'kafka.Kafka', join(this.folder, 'server.properties')]);
    await accepting('Kafka', this.port).catch((error: unknown) => {
      throw new Error(`Kafka did not start: ${this.process?.output()}`, { cause: error });
    });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.process) await endProgram(this.process, signal);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
