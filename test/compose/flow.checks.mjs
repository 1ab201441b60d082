// Source to Slack: every article archived once, every alert once, also when a replica is killed in between.
import { check, hold, until } from './checks.mjs';

export async function checkFlow(project, client, site) {
  let source;
  await check('a source, a channel and a subscription are added', async () => {
    const { id: channelId } = await client.call('POST', '/api/channels', { name: 'Desk', type: 'slack', webhookUrl: 'http://site:8080/services/T0/B0/desk' });
    await client.call('POST', '/api/subscriptions', { name: 'Tariffs', filter: { developments: [{ kind: 'tariff' }] }, channelIds: [channelId], mode: { type: 'instant' } });
    source = await client.call('POST', '/api/sources', {
      name: 'Notices', kind: 'rss', url: 'http://site:8080/feed.xml', jurisdiction: 'us', language: 'en', authority: 'official', interval: '15m', alertOnBackfill: true,
    });
  });
  if (!source) return;
  await check('what a source publishes is archived once and alerted once', () => publish(client, site, source, 20));
  await check('a killed classifier costs nothing: all is archived once and alerted once', () => publish(client, site, source, 60, () => {
    const victim = project.containers('classifier').find(({ State }) => State.Running);
    crash(project, victim.Id);
    return victim.Id.slice(0, 12);
  }));
  await check('so does a killed alerting: nothing is lost, nothing sent under another key', () => publish(client, site, source, 20, () => {
    const victim = project.containers('alerting').find(({ State }) => State.Running);
    crash(project, victim.Id);
    return victim.Id.slice(0, 12);
  }));
  await check('what was killed is running again', () => until('a restart', () => {
    const containers = [...project.containers('classifier'), ...project.containers('alerting')];
    return containers.length === 5 && containers.every(({ State }) => State.Health.Status === 'healthy') && containers.reduce((sum, { RestartCount }) => sum + RestartCount, 0) === 2;
  }, 90_000));
}

/** Adds entries to the site, has them polled, breaks something meanwhile, and waits until all has arrived. */
async function publish(client, site, source, count, breakSomething = () => '') {
  const { entries } = await site.call('POST', `/publish?count=${count}`);
  await until('the poll', async () => {
    const { newArticles, outcome } = await client.call('POST', `/api/sources/${source.id}/poll`);
    // The scheduler may have been first: then this poll finds nothing new.
    return outcome !== 'failed' && newArticles >= 0;
  });
  const broken = await breakSomething();
  const articles = await until(`${entries} articles in the archive`, async () => {
    const items = await client.all('/api/articles');
    return items.length >= entries && items;
  }, 120_000);
  hold(articles.length === entries, `${articles.length} articles of ${entries}`);
  hold(new Set(articles.map(({ url }) => url)).size === entries, 'an article is there twice');

  const tariffs = await client.all('/api/articles', '&development=tariff');
  const stories = new Set(tariffs.map(({ storyId }) => storyId)).size;
  hold(tariffs.length >= entries / 2 * 0.9, `only ${tariffs.length} of ${entries / 2} tariffs were tagged`);
  await until(`${stories} messages in Slack`, async () => deliveryIds(await site.call('GET', '/received')).length >= stories, 120_000);
  await until('every delivery being recorded', async () => (await client.all('/api/deliveries', '&state=sent')).length >= stories, 60_000);
  const sent = await client.all('/api/deliveries');
  const received = deliveryIds(await site.call('GET', '/received'));
  hold(sent.length === stories && sent.every(({ state }) => state === 'sent'), `${sent.length} deliveries for ${stories} stories: ${JSON.stringify(Object.groupBy(sent, ({ state }) => state), null, 0).slice(0, 300)}`);
  const ids = new Set(received);
  hold(ids.size === stories && sent.every(({ id }) => ids.has(id)), `${ids.size} different deliveries in Slack of ${stories}`);
  // A process killed between the answer of Slack and its record sends again under the same key: at least once, known as the same.
  const again = received.length - ids.size;
  hold(broken !== '' || again === 0, `${again} messages came twice`);
  return `${articles.length} articles, ${ids.size} alerts${again ? `, ${again} sent again with the same key` : ''}${broken ? `, ${broken} killed` : ''}`;
}

/** Kills the service's process as the kernel would, so that the restart policy applies. */
function crash(project, container) {
  project.exec(container, 'sh', '-c', 'kill -9 $(cat /proc/1/task/1/children)');
}

function deliveryIds(messages) {
  return messages.flatMap(({ metadata }) => metadata?.event_payload.delivery_ids ?? []);
}
