// A Docker engine, Compose and the base images: what is there is used; on Debian as root the rest is installed or made.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const instructions = `No Docker engine can be had here. To run this test, either
  - install Docker (with Compose 2, or docker-compose 1.29), start it, and let this user reach it (docker info), or
  - run it as root on Debian, where it installs and starts the engine itself.`;

const quiet = (command, args, timeout = 60_000) => spawnSync(command, args, { encoding: 'utf8', timeout });
const works = (command, args, timeout) => quiet(command, args, timeout).status === 0;
const isDebianAsRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

let started;

/** @returns {Promise<string[] | null>} the command of Compose, null where no engine can be had. */
export async function engine() {
  if (!works('docker', ['info'])) {
    if (!isDebianAsRoot) return null;
    if (!existsSync('/usr/sbin/dockerd')) install('docker.io', 'iptables');
    process.stdout.write('  engine      starting dockerd (log in /tmp/tradewatch-dockerd.log)\n');
    const log = openSync('/tmp/tradewatch-dockerd.log', 'a');
    started = spawn('dockerd', { stdio: ['ignore', log, log], detached: true }).on('error', () => undefined);
    started.unref();
    for (let tries = 0; tries < 60 && !works('docker', ['info']); tries += 1) await pause(500);
    if (!works('docker', ['info'])) return null;
  }
  if (works('docker', ['compose', 'version'])) return ['docker', 'compose'];
  if (!works('docker-compose', ['version']) && isDebianAsRoot) install('docker-compose');
  return works('docker-compose', ['version']) ? ['docker-compose'] : null;
}

/** Ends the engine where `engine` started it; one that ran before stays. */
export async function endEngine() {
  if (!started?.pid || started.exitCode !== null) return;
  const ended = new Promise((done) => started.once('exit', done));
  started.kill('SIGTERM');
  await Promise.race([ended, pause(30_000)]);
}

/** Pulls the images that are missing; where there is no registry to pull from, makes stand-ins. @returns what went wrong, or null. */
export function baseImages(images) {
  const missing = () => images.filter((image) => !works('docker', ['image', 'inspect', image]));
  for (const image of missing()) {
    process.stdout.write(`  image       pulling ${image}\n`);
    if (!works('docker', ['pull', '-q', image], 300_000)) break;
  }
  if (missing().length === 0) return null;
  if (!isDebianAsRoot) return `These images could not be pulled: ${missing().join(', ')}. Stand-ins for them are made as root on Debian only.`;
  process.stdout.write('  image       no registry of images here: making stand-ins\n');
  const { status } = spawnSync(resolve(import.meta.dirname, 'stand-ins.sh'), missing(), { stdio: ['ignore', 2, 2], timeout: 1_200_000 });
  return status === 0 ? null : `Stand-ins could not be made for ${missing().join(', ')}.`;
}

function install(...packages) {
  process.stdout.write(`  engine      installing ${packages.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 2], env });
}
