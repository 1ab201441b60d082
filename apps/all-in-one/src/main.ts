import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import 'reflect-metadata';
import { assertPortFree, createHost, runHost, serveOpenApi } from '@tradewatch/api';
import { ConfigurationError, readEnvironment } from '@tradewatch/config';
import { EmbeddedPostgres, holdDatabase, migrate } from '@tradewatch/database';
import { createHttpClient } from '@tradewatch/http';
import { Identity } from '@tradewatch/identity';
import { EventServer } from '@tradewatch/messaging';
import { Logger } from '@tradewatch/observability';
import { allInOne } from './app.module.ts';
import { environment, type Environment } from './environment.ts';

/** One line of progress on stdout; the log is on stderr. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const { TRADEWATCH_HOST: host, TRADEWATCH_PORT: port } = settings;
  await assertPortFree(host, port, 'TRADEWATCH_PORT');
  const sources = await readSources(settings.TRADEWATCH_SOURCES);
  const databaseUrl = settings.DATABASE_URL ?? (await startPostgres(settings, onClose));
  await holdDatabase(databaseUrl, onClose);
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) say(`  database    ${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied`);

  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const allowPrivateNetworks = settings.TRADEWATCH_ALLOW_PRIVATE_NETWORKS;
  const app = await createHost(allInOne({
    databaseUrl,
    publicUrl: settings.TRADEWATCH_PUBLIC_URL ?? address,
    allowPrivateNetworks,
    adminPassword: settings.TRADEWATCH_ADMIN_PASSWORD,
    httpClient: createHttpClient({ allowPrivateNetworks }),
    sources,
    logging: { level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'all-in-one' },
  }), { webFolder: resolve(import.meta.dirname, '../web') });
  onClose(() => app.close());
  app.useLogger(app.get(Logger));
  serveOpenApi(app);
  app.connectMicroservice({ strategy: app.get(EventServer) });
  await app.startAllMicroservices();
  const admin = await app.get(Identity).ensureAdmin();
  await app.listen({ port, host });
  say(`\n  tradewatch  ${address}`);
  say(`  sign in     ${admin.email}  ${admin.password ?? (settings.TRADEWATCH_ADMIN_PASSWORD ? '(the password of TRADEWATCH_ADMIN_PASSWORD)' : '(the password shown at the first start)')}`);
  say('  stop        Ctrl-C\n');
});

async function startPostgres({ TRADEWATCH_DATA_DIR }: Environment, onClose: (closer: () => Promise<void>) => void): Promise<string> {
  const folder = resolve(TRADEWATCH_DATA_DIR);
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError([`the data folder ${folder} cannot be written (${cause.code}): set TRADEWATCH_DATA_DIR to one that can.`], { cause });
  });
  say(`  database    starting PostgreSQL, data in ${folder}`);
  const postgres = await EmbeddedPostgres.start({ folder: join(folder, 'postgres') });
  onClose(() => postgres.stop());
  return postgres.url;
}

async function readSources(file: string | undefined): Promise<{ sourcesYaml?: string; sourcesOrigin: string }> {
  if (!file) return { sourcesOrigin: 'the catalog' };
  try {
    return { sourcesYaml: await readFile(file, 'utf8'), sourcesOrigin: file };
  } catch (cause) {
    throw new ConfigurationError([`TRADEWATCH_SOURCES names ${file}, which cannot be read (${(cause as NodeJS.ErrnoException).code}).`], { cause });
  }
}
