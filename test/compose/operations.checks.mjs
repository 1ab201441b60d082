// What operators use: metrics, Prometheus with its rules and dashboards, dead letters, a clean stop.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { check, hold, until } from './checks.mjs';

const dashboards = resolve(import.meta.dirname, '../../infra/grafana/dashboards');

export async function checkOperations(project) {
  /** JSON of an address inside, fetched from a container that has Node. */
  const inside = (url) => {
    const [{ Id }] = project.containers('archive');
    const script = `fetch(${JSON.stringify(url)}).then(async (r) => { if (!r.ok) throw new Error(r.status + ' ' + await r.text()); process.stdout.write(await r.text()) }).catch((e) => { console.error(e.message, e.cause?.message); process.exit(1) })`;
    return project.exec(Id, 'node', '-e', script);
  };
  const prometheus = (path) => JSON.parse(inside(`http://prometheus:9090/api/v1/${path}`)).data;

  await check('every service tells its metrics inside', () => {
    for (const service of ['crawler', 'classifier', 'archive', 'alerting']) hold(inside(`http://${service}:3000/metrics`).includes('process_cpu_seconds_total'), service);
  });
  await check('Prometheus scrapes every replica', () => until('7 targets that are up', () => {
    const { activeTargets } = prometheus('targets?state=active');
    const up = Object.entries(Object.groupBy(activeTargets.filter(({ health }) => health === 'up'), ({ labels }) => labels.job)).map(([job, list]) => `${job} ${list.length}`).toSorted().join(', ');
    return up === 'alerting 2, archive 1, classifier 3, crawler 1' && up;
  }, 60_000));
  await check('its alert rules are loaded and their figures exist', () => {
    const rules = prometheus('rules').groups.flatMap((group) => group.rules);
    hold(rules.length >= 8 && rules.every(({ health }) => health !== 'err'), JSON.stringify(rules.filter(({ health }) => health === 'err')));
    const names = new Set(prometheus('label/__name__/values'));
    const used = new Set(rules.flatMap(({ query }) => query.match(/\btradewatch_\w+/g) ?? []));
    // Counters with labels are there once something was counted: a system where all is well has none of these.
    const missing = [...used].filter((name) => !names.has(name) && !/dead_letter|waiting|poll_failures/.test(name));
    hold(missing.length === 0, `nobody tells ${missing.join(', ')}`);
    return `${rules.length} rules`;
  });
  await check('every panel of the dashboards asks what Prometheus can answer', () => {
    let count = 0;
    for (const file of readdirSync(dashboards)) {
      for (const { title, targets = [] } of JSON.parse(readFileSync(resolve(dashboards, file), 'utf8')).panels) {
        for (const { expr } of targets) {
          prometheus(`query?query=${encodeURIComponent(expr.replaceAll('$__rate_interval', '1m'))}`);
          count += 1;
        }
        hold(title, `${file}: a panel without a title`);
      }
    }
    return `${count} queries`;
  });

  await check('a poison event becomes a dead letter that can be listed, shown and replayed', async () => {
    const [{ Id }] = project.containers('postgres');
    project.exec(Id, 'psql', '-h', '/var/run/postgresql', '-U', 'tradewatch', '-d', 'tradewatch', '-qAtc',
      "SELECT append_events('tradewatch.article-published.v1', ARRAY['poison-1'], ARRAY['nobody'], ARRAY[0]::smallint[], ARRAY[now()], ARRAY[NULL]::text[], ARRAY['{\"title\":42}'])");
    const tools = async (...args) => (await project.compose(['run', '--rm', '-T', 'tools', 'dead-letters', ...args])).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    const letter = await until('a dead letter', async () => (await tools('list')).find(({ eventId }) => eventId === 'poison-1'), 90_000);
    const [whole] = await tools('show', letter.id);
    hold(whole.payload.title === 42 && whole.errorCode, JSON.stringify(whole));
    const [answer] = await tools('replay', letter.id);
    hold(answer.replayed === true, JSON.stringify(answer));
    await until('the replayed event being given up on again', async () => (await tools('list')).filter(({ eventId }) => eventId === 'poison-1').length >= 2, 90_000);
    return `${letter.id} ${letter.errorCode}`;
  });
  await check('every service stops cleanly within its time', async () => {
    await project.compose(['stop', 'crawler', 'classifier', 'archive', 'alerting', 'gateway'], { timeoutMs: 120_000 });
    for (const service of ['crawler', 'classifier', 'archive', 'alerting']) {
      for (const { State } of project.containers(service)) hold(State.ExitCode === 0 && !State.OOMKilled, `${service} ended with ${State.ExitCode}`);
    }
  });
}
