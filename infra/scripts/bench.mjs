// `npm run bench -- NAME…`: bundles test/bench/NAME.ts as the apps are bundled, and runs it. One JSON line a measure on stdout.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build as bundle } from 'vite';
import { nodeApp } from '../build/node-app.ts';
import { build } from './build.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, 'test/bench');
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && /^export (async )?function run\b/m.test(readFileSync(resolve(folder, file), 'utf8')))
  .map((file) => file.slice(0, -'.ts'.length));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !known.includes(name));
if (names.length === 0 || unknown.length > 0) {
  process.stderr.write(`${unknown.length ? `There is no benchmark ${unknown.join(', ')}. ` : ''}Benchmarks: ${known.join(', ')}\n`);
  process.exit(2);
}

build([]);
for (const name of names) {
  const config = nodeApp(`bench-${name}`);
  config.build.outDir = resolve(root, 'dist/bench', name);
  config.build.rolldownOptions.input = { main: resolve(folder, `${name}.ts`) };
  await bundle({ ...config, configFile: false });
  const { run } = await import(resolve(root, 'dist/bench', name, 'main.js'));
  await run();
}
process.exit(0);
