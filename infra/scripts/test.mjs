// `npm test`: builds, then runs everything: types, lint, boundaries, unit, integration, end-to-end and browser tests, and in
// CI the compose file too, where a Docker engine can be had. The last line is "N passed, N failed"; each static check counts as one test.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { browser, browserInstructions } from './browser.mjs';
import { build } from './build.mjs';

const root = resolve(import.meta.dirname, '../..');
const bin = (name) => resolve(root, 'node_modules/.bin', name);
const report = resolve(root, 'test/results/vitest.json');

const run = (command, args, env = {}) => new Promise((done) => {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let output = '';
  const collect = (chunk) => (output += chunk);
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.on('close', (code) => done({ ok: code === 0, output }));
});

let passed = 0;
let failed = 0;
const count = (name, ok, output = '') => {
  if (ok) passed += 1;
  else failed += 1;
  process.stdout.write(`${ok ? '✓' : '✗'} ${name}\n${ok ? '' : `${output.trimEnd()}\n`}`);
};

process.stdout.write('building\n');
process.stdout.write(`built in ${(build([]) / 1000).toFixed(1)} s\n`);

const checks = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the web app', bin('tsc'), ['-p', 'apps/web/tsconfig.json']],
  ['lint', bin('oxlint'), ['--quiet']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.json', 'apps', 'libs', 'test']],
];
for (const [name, command, args] of checks) {
  const { ok, output } = await run(command, args);
  count(name, ok, output);
}

const chromium = browser();
count('a browser for the browser tests', chromium !== null, browserInstructions);

mkdirSync(resolve(root, 'test/results'), { recursive: true });
rmSync(report, { force: true });
const vitest = spawn(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], {
  cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) },
});
const code = await new Promise((done) => vitest.on('close', done));
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  // A file that cannot be loaded, or a skipped test, fails without a failed test of its own.
  failed += result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  failed += result.numPendingTests + result.numTodoTests;
} catch {
  failed += 1;
}
if (code !== 0 && failed === 0) failed += 1;
// Images take minutes to build: a developer asks for them (npm run test:compose), CI always does.
if (process.env.CI && process.argv.length === 2) {
  process.stdout.write('\nthe compose file\n');
  const { ok, output } = await run(process.execPath, ['test/compose/run.mjs', '--where-possible']);
  process.stdout.write(output.replace(/\d+ passed, \d+ failed\n$/, ''));
  const [, good = '0', bad = '1'] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  passed += Number(good);
  failed += Math.max(Number(bad), ok ? 0 : 1);
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
