// `npm run test:compose`: builds the images, starts the scaled-out system, uses it through its gateway, breaks a part of
// it, and tears it down. The last line is "N passed, N failed". With --where-possible it does nothing where no engine or
// no base images can be had; else that is a failure.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { check, summary } from './checks.mjs';
import { Client } from './client.mjs';
import { baseImages, endEngine, engine, instructions } from './engine.mjs';
import { checkGateway } from './gateway.checks.mjs';
import { checkContainers, checkImages } from './hardening.checks.mjs';
import { checkFlow } from './flow.checks.mjs';
import { checkOperations } from './operations.checks.mjs';
import { Project } from './project.mjs';

const images = ['node:24-bookworm-slim', 'caddy:2', 'postgres:18', 'redis:8', 'apache/kafka:4.1.1', 'prom/prometheus:v3.8.0'];
const services = ['gateway', 'crawler', 'classifier', 'archive', 'alerting', 'prometheus', 'site'];

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const secret = () => randomBytes(12).toString('hex');

const compose = await engine();
const problem = compose ? baseImages(images) : instructions;
if (problem) {
  const optional = process.argv.includes('--where-possible');
  if (optional) process.stdout.write(`${problem}\n`);
  else await check('a Docker engine, Compose and base images', () => { throw new Error(problem); });
  await endEngine();
  process.exit(summary() && !optional ? 1 : 0);
}

const [port, tlsPort, sitePort] = [await freePort(), await freePort(), await freePort()];
const adminPassword = secret();
const project = new Project(compose, {
  TRADEWATCH_TAG: 'test', POSTGRES_PASSWORD: secret(), REDIS_PASSWORD: secret(), TRADEWATCH_ADMIN_PASSWORD: adminPassword, GRAFANA_PASSWORD: secret(),
  HTTP_LISTEN: `127.0.0.1:${port}`, HTTPS_LISTEN: `127.0.0.1:${tlsPort}`, SITE_PORT: String(sitePort), TRADEWATCH_PUBLIC_URL: `http://127.0.0.1:${port}`,
  // The site that is read, and the receiver of alerts, are containers beside the system.
  TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true',
});
const client = new Client(`http://127.0.0.1:${port}`);
const site = new Client(`http://127.0.0.1:${sitePort}`);

let ending;
const end = () => (ending ??= check('it is torn down with its volumes', () => project.down()).then(endEngine).then(summary));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end().then(() => process.exit(1)));

const isUp = await check('the images are built', () => project.compose(['build'], { timeoutMs: 1_500_000 }).then(() => undefined))
  && await check('it starts with 3 classifiers and 2 alertings', () => project.compose(['up', '-d', '--scale', 'classifier=3', '--scale', 'alerting=2', ...services], { timeoutMs: 300_000 }).then(() => undefined));
if (isUp) {
  await checkImages();
  const canGoOn = await checkContainers(project, { crawler: 1, classifier: 3, archive: 1, alerting: 2, gateway: 1 });
  await checkGateway(client, adminPassword);
  if (canGoOn) {
    await checkFlow(project, client, site);
    await checkOperations(project);
  }
}
process.exit(await end());
