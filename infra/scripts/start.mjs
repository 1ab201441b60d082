// `npm start`: build what changed, then become the all-in-one process.
import { build } from './build.mjs';

process.stdout.write('  build       checking\n');
const ms = build(['all-in-one', 'web']);
if (ms > 5_000) process.stdout.write(`  build       done in ${Math.round(ms / 1000)} s\n`);
await import('../../dist/apps/all-in-one/main.js');
