// The one origin: web app, API, headers, what is not there.
import { check, hold, until } from './checks.mjs';

export async function checkGateway(client, adminPassword) {
  await check('the gateway leads to a ready archive', () => until('readiness', async () => (await client.fetch('/health/ready')).ok));
  await check('people sign in', () => until('signing in', () => client.signIn('admin@localhost', adminPassword).then(() => true)));
  await check('each step answers for its own part of the API', async () => {
    for (const path of ['/api/articles', '/api/taxonomy', '/api/sources', '/api/subscriptions', '/api/channels', '/api/deliveries']) {
      await until(path, () => client.call('GET', path), 30_000);
      const { status } = await client.fetch(path);
      hold(status === 401, `${path} answers a stranger with ${status}`);
    }
  });
  await check('the web app is served at its addresses, with the headers of npm start', async () => {
    for (const path of ['/', '/articles/0198', '/subscriptions/new']) {
      const response = await client.fetch(path, { headers: { accept: 'text/html' } });
      hold(response.ok && (await response.text()).includes('id="root"'), `${path}: ${response.status}`);
      hold(response.headers.get('cache-control') === 'no-cache', `${path} may be cached`);
    }
    const [web, api] = [await client.fetch('/'), await client.fetch('/health/ready')];
    for (const name of ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'origin-agent-cluster', 'x-permitted-cross-domain-policies']) {
      hold(web.headers.get(name) === api.headers.get(name), `${name}: ${web.headers.get(name)} and ${api.headers.get(name)}`);
    }
  });
  await check('assets are cached for good; a missing one is a 404', async () => {
    const page = await (await client.fetch('/')).text();
    const [asset] = page.match(/\/assets\/[\w.-]+\.js/);
    hold((await client.fetch(asset)).headers.get('cache-control')?.includes('immutable'), asset);
    const gone = await client.fetch('/assets/gone.js');
    hold(gone.status === 404 && !gone.headers.get('cache-control')?.includes('immutable'), `${gone.status} ${gone.headers.get('cache-control')}`);
  });
  await check('metrics and what does not exist stay inside', async () => {
    for (const path of ['/metrics', '/api/nothing', '/health/other']) hold((await client.fetch(path)).status === 404, path);
  });
  await check('the API describes itself', async () => {
    hold((await client.fetch('/api/docs/openapi.json')).ok, 'no OpenAPI document');
    hold((await client.fetch('/api/docs/')).ok, 'no page');
    for (const [service, path] of [['archive', '/api/articles'], ['crawler', '/api/sources'], ['alerting', '/api/subscriptions']]) {
      const { paths } = await (await client.fetch(`/api/docs/${service}.json`)).json();
      hold(path in paths, `${service}'s part says nothing of ${path}`);
    }
  });
}
