// A real Apache Kafka broker in KRaft mode, one node: in a container where that can be had, else from Maven's jars with the machine's Java.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Container } from './container.ts';
import { freePort, program, Program, type TestServer } from './program.ts';

const run = promisify(execFile);
const version = '4.1.1';
const image = `apache/kafka:${version}`;
const cluster = 'dHJhZGV3YXRjaC10ZXN0cw';

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
  private constructor(readonly port: number, private readonly server: TestServer) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  static async start(): Promise<KafkaBroker> {
    const [port, controllerPort] = [await freePort(), await freePort()];
    const broker = new KafkaBroker(port, Container.canRun(image) ? inContainer(port, controllerPort) : await native(port, controllerPort));
    await broker.up();
    return broker;
  }

  /** Starts the broker again after `kill`, with its data. */
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

function settings(host: string, port: number, controllerPort: number, folder: string): Record<string, string> {
  return {
    'process.roles': 'broker,controller', 'node.id': '1', 'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://${host}:${port},CONTROLLER://127.0.0.1:${controllerPort}`, 'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER', 'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': join(folder, 'data'), 'offsets.topic.replication.factor': '1', 'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1', 'transaction.state.log.min.isr': '1', 'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false', 'group.min.session.timeout.ms': '1000',
  };
}

function inContainer(port: number, controllerPort: number): Container {
  const variables = Object.entries(settings('0.0.0.0', port, controllerPort, '/tmp/kafka')).map(([name, value]) => [`KAFKA_${name.replaceAll('.', '_').toUpperCase()}`, value]);
  return new Container({ image, port, env: { ...Object.fromEntries(variables), CLUSTER_ID: cluster, KAFKA_HEAP_OPTS: '-Xmx512m -Xms128m' } });
}

async function native(port: number, controllerPort: number): Promise<Program> {
  const java = program('java', 'openjdk-17-jre-headless');
  const classPath = `${await jars()}/*`;
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-kafka-'));
  const file = join(folder, 'server.properties');
  await writeFile(file, Object.entries(settings('127.0.0.1', port, controllerPort, folder)).map(([name, value]) => `${name}=${value}\n`).join(''));
  await run(java, ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', cluster, '-c', file]);
  return new Program({ name: 'Kafka', command: java, args: ['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.Kafka', file], port, folder });
}
