// Generates the Prisma client. Its CLI would download a schema engine that generating does not use: naming any program spares that.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const { status } = spawnSync(process.execPath, [resolve(root, 'node_modules/prisma/build/index.js'), 'generate', '--config', 'libs/database/prisma.config.ts', '--no-hints'], {
  cwd: root, stdio: 'inherit', env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
});
process.exit(status ?? 1);
