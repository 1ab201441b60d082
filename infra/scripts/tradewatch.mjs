// `npm run -s tradewatch -- …`: the command line from a checkout. Builds it when it changed; says nothing on stdout.
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from './build.mjs';

const root = resolve(import.meta.dirname, '../..');
const sources = ['apps/cli', 'libs', 'infra/build', 'package.json', 'package-lock.json', 'tsconfig.base.json'].map((path) => resolve(root, path));
const generatedClient = resolve(root, 'libs/database/src/generated');
// Its time is when the last build began. To compare it with the sources' takes a few milliseconds; to ask Nx takes seconds.
const stamp = resolve(root, 'dist/.cli-built');

/** Whether something was changed, added or (by the time of its folder) removed since `time`, ms. */
function changedSince(time, path) {
  // Made anew by every build.
  if (path === generatedClient) return false;
  const stats = statSync(path);
  if (stats.mtimeMs >= time && path !== dirname(generatedClient)) return true;
  if (!stats.isDirectory()) return false;
  return readdirSync(path).some((name) => changedSince(time, join(path, name)));
}

function buildWhenChanged() {
  const isBuilt = existsSync(stamp) && existsSync(resolve(root, 'dist/apps/cli/main.js'));
  if (isBuilt && !sources.some((path) => changedSince(statSync(stamp).mtimeMs, path))) return;
  const began = new Date();
  build(['cli']);
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

if (process.argv[2] === 'demo') build(['cli', 'all-in-one', 'web']);
else buildWhenChanged();
await import('../../dist/apps/cli/main.js');
