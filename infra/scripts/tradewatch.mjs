// `npm run -s tradewatch -- …`: the command line from a checkout. Builds it when it changed; says nothing on stdout.
import { build } from './build.mjs';

const apps = process.argv[2] === 'demo' ? ['cli', 'all-in-one', 'web'] : ['cli'];
build(apps);
await import('../../dist/apps/cli/main.js');
