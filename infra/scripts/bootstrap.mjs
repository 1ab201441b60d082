// Installs what is missing, on whatever Node the machine has; everything after it runs on the Node 24 this installs
// (npm puts node_modules/.bin first on the path of every script). No dependencies: it runs before there are any.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const stamp = join(root, 'node_modules/.tradewatch-installed');

function fail(line) {
  process.stderr.write(`tradewatch: ${line}\n`);
  process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node.js 20.19 or newer is needed to begin; this is ${process.versions.node}.`);

const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`${process.platform}-${process.arch}`).digest('hex');
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(join(root, 'node_modules/.bin/node'));
if (!installed) {
  const started = Date.now();
  process.stderr.write('  packages    installing (this takes a minute at the first start)\n');
  // `install`, not `ci`: optional packages of other platforms, which a registry may lack, make `ci` refuse a lock file without
  // them; --no-save leaves the lock file as it is, and what it names is what is installed.
  // The npm that runs us, so that its settings hold; engine warnings of packages that will run on Node 24 are noise here.
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { status, error } = spawnSync(npm[0], [...npm.slice(1), 'install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'], {
    cwd: root, stdio: ['ignore', 2, 2],
  });
  if (error || status !== 0) fail(`npm install failed${error ? `: ${error.message}` : ''}. Is the package registry reachable, and ${root} writable?`);
  const { status: works } = spawnSync(join(root, 'node_modules/.bin/node'), ['--version'], { stdio: 'ignore' });
  if (works !== 0) fail('the pinned Node.js (package "node") does not run here: were install scripts switched off (npm config ignore-scripts)?');
  writeFileSync(stamp, lock);
  process.stderr.write(`  packages    installed in ${Math.round((Date.now() - started) / 1000)} s\n`);
}
