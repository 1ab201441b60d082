// `npm run test:faults [-- --seed N --points N --broker-down MS]`: builds the four services and runs the fault suite against them.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../infra/scripts/build.mjs';

const { values } = parseArgs({ options: { seed: { type: 'string' }, points: { type: 'string' }, 'broker-down': { type: 'string' } } });
for (const [name, value] of Object.entries(values)) {
  if (!/^\d{1,9}$/.test(value)) {
    process.stderr.write(`tradewatch: --${name} takes a whole number (it is ${JSON.stringify(value)}).\n`);
    process.exit(2);
  }
}
build(['crawler', 'classifier', 'archive', 'alerting']);
const root = resolve(import.meta.dirname, '../..');
const child = spawn(resolve(root, 'node_modules/.bin/vitest'), ['run', '--project', 'faults'], {
  cwd: root, stdio: 'inherit',
  env: {
    ...process.env, ...(values.seed ? { FAULT_SEED: values.seed } : {}), ...(values.points ? { FAULT_POINTS: values.points } : {}),
    ...(values['broker-down'] ? { FAULT_BROKER_DOWN_MS: values['broker-down'] } : {}),
  },
});
child.on('close', (code) => process.exit(code ?? 1));
