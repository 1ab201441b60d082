import 'reflect-metadata';
import { assertPortFree, runHost, startService } from '@tradewatch/api';
import { readEnvironment, readNamedFile } from '@tradewatch/config';
import { assertDatabaseAnswers, holdDatabase, migrate } from '@tradewatch/database';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { adminEmail, Identity } from '@tradewatch/identity';
import { startTracing } from '@tradewatch/observability';
import { allInOne } from './app.module.ts';
import { DataFolder } from './data-folder.ts';
import { environment } from './environment.ts';

/** One line of progress on stdout; the log is on stderr. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const { TRADEWATCH_HOST: host, TRADEWATCH_PORT: port, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: allowPrivateNetworks } = settings;
  const sourcesYaml = await readNamedFile('TRADEWATCH_SOURCES', settings.TRADEWATCH_SOURCES);
  await assertPortFree(host, port, 'TRADEWATCH_PORT');

  const stopTracing = await startTracing(settings, 'all-in-one');
  if (stopTracing) onClose(stopTracing);

  const folder = settings.DATABASE_URL ? null : await DataFolder.open(settings.TRADEWATCH_DATA_DIR);
  if (folder) say(`  database    starting PostgreSQL, data in ${folder.path}`);
  const server = await folder?.startPostgres();
  const databaseUrl = settings.DATABASE_URL ?? server!.url;
  if (settings.DATABASE_URL) await assertDatabaseAnswers(databaseUrl);
  const letGo = await holdDatabase(databaseUrl);
  // Ours from here on: a server that another tradewatch works with is not ours to stop.
  if (server) onClose(() => server.stop());
  onClose(letGo);
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) say(`  database    ${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied`);

  const adminPassword = settings.TRADEWATCH_ADMIN_PASSWORD ?? (await folder?.adminPassword());
  let generated: string | null = null;
  const address = await startService(allInOne({
    databaseUrl,
    eventLogRetentionMs: settings.EVENT_LOG_RETENTION,
    publicUrl: settings.TRADEWATCH_PUBLIC_URL ?? `http://${host}:${port}`,
    allowPrivateNetworks,
    adminPassword,
    httpClient: createHttpClient({ allowPrivateNetworks, userAgent: userAgent(settings.TRADEWATCH_CONTACT) }),
    sources: { sourcesOrigin: settings.TRADEWATCH_SOURCES ?? 'the catalog', ...(sourcesYaml === undefined ? {} : { sourcesYaml }) },
    logging: { level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'all-in-one' },
  }), {
    host, port, onClose, web: true,
    beforeListen: async (app) => {
      generated = (await app.get(Identity).ensureAdmin()).password;
    },
  });
  const password = settings.TRADEWATCH_ADMIN_PASSWORD ? 'with TRADEWATCH_ADMIN_PASSWORD' : (adminPassword ?? generated ?? 'with the password shown at the first start');
  say(`\n  tradewatch  ${address}`);
  say(`  sign in     ${adminEmail}  ${password}`);
  say('  stop        Ctrl-C\n');
});
