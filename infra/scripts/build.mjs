// Builds the apps named (all of them when none is) through Nx's cache, quietly unless it fails.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** @param {string[]} apps names of Nx projects. Exits with 1 and the build's output when it fails. */
export function build(apps) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    resolve(root, 'node_modules/.bin/nx'), 'run-many', '-t', 'build', ...(apps.length ? ['-p', apps.join(',')] : []), '--outputStyle=stream',
  ], { cwd: root, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', CI: 'true', FORCE_COLOR: '0' } });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}\ntradewatch: the build failed.\n`);
    process.exit(1);
  }
  return Date.now() - started;
}

if (import.meta.filename === process.argv[1]) {
  const ms = build(process.argv.slice(2));
  process.stderr.write(`built in ${(ms / 1000).toFixed(1)} s\n`);
}
