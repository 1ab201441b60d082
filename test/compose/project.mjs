// The system under test as a Compose project of its own: started, looked into, torn down with its volumes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const name = 'tradewatch-test';

export class Project {
  #folder = mkdtempSync(join(tmpdir(), 'tradewatch-compose-'));
  #compose;

  /**
   * @param {string[]} compose the command of Compose
   * @param {Record<string, string>} env content of the project's env file
   */
  constructor(compose, env) {
    const envFile = join(this.#folder, 'env');
    writeFileSync(envFile, Object.entries(env).map(([key, value]) => `${key}=${value}\n`).join(''), { mode: 0o600 });
    this.#compose = [...compose, '--env-file', envFile, '-p', name, '-f', 'docker-compose.yml', '-f', 'test/compose/docker-compose.test.yml'];
  }

  /** Runs Compose to its end. @returns its stdout. Throws with its last lines when it fails. */
  async compose(args, { timeoutMs = 120_000 } = {}) {
    const [command, ...rest] = this.#compose;
    // Not this machine's variables: the env file is all there is, whatever shell the test is started from.
    const { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG } = process.env;
    const child = spawn(command, [...rest, ...args], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs,
      env: { PATH, HOME, ...(DOCKER_HOST ? { DOCKER_HOST } : {}), ...(DOCKER_CONFIG ? { DOCKER_CONFIG } : {}) },
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    const code = await new Promise((done) => child.on('close', done));
    if (code !== 0) throw new Error(`compose ${args.join(' ')} ended with ${code}:\n${output.split('\n').slice(-25).join('\n')}`);
    return stdout;
  }

  /** @returns {object[]} what the engine knows of each container of a service (of all of them without one). */
  containers(service) {
    const filters = ['--filter', `label=com.docker.compose.project=${name}`, ...(service ? ['--filter', `label=com.docker.compose.service=${service}`] : []), '--filter', 'label=com.docker.compose.oneoff=False'];
    const ids = docker('ps', '-aq', ...filters).split('\n').filter(Boolean);
    return ids.length === 0 ? [] : JSON.parse(docker('inspect', ...ids));
  }

  /** Runs a command in a container, by its id. @returns its stdout. */
  exec(id, ...command) {
    return docker('exec', id, ...command);
  }

  async down() {
    await this.compose(['--profile', 'observability', '--profile', 'tools', 'down', '--volumes', '--remove-orphans', '--timeout', '20'], { timeoutMs: 180_000 });
    rmSync(this.#folder, { recursive: true, force: true });
    const left = docker('volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${name}`).trim();
    if (left || this.containers().length > 0) throw new Error(`left behind: ${left}`);
  }
}

/** @returns {string} stdout of the docker command. Throws with its stderr when it fails. */
export function docker(...args) {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', timeout: 60_000, maxBuffer: 64e6 });
  if (status !== 0) throw new Error(`docker ${args.slice(0, 4).join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** Of a container: the service it belongs to. */
export function serviceOf(container) {
  return container.Config.Labels['com.docker.compose.service'];
}
