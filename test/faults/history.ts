// What a client can see of the system, and what must be true of it once faults have ended.
import { groups, topics } from './kafka-tools.ts';
import { poisonSource, type Poison } from './poison.ts';
import type { World } from './world.ts';

/** Faults of the product, one sentence each with an example; nothing when all is well. */
export async function violations(world: World): Promise<string[]> {
  const found = (await Promise.all([...articleChecks(world), ...deliveryChecks(world), logBehindRelay(world), consumerLag(world)])).flat();
  return [...found, ...(await receiverHistory(world)), ...(await siteHistory(world))];
}

function articleChecks(world: World): Promise<string[]>[] {
  return [
    rows(world, 'article acknowledged by the crawler is not archived in its newest revision', `
      SELECT a.guid, a.revision, x.revision AS archived FROM articles a JOIN article_revisions r ON r.article_id = a.id AND r.revision = a.revision
      LEFT JOIN archived_articles x ON x.article_id = a.id WHERE x.article_id IS NULL OR x.revision <> a.revision OR x.title <> r.title OR x.text <> r.text`),
    rows(world, 'archived article is not known to the crawler', `
      SELECT x.article_id FROM archived_articles x LEFT JOIN articles a ON a.id = x.article_id WHERE a.id IS NULL AND x.source_id <> '${poisonSource}'`),
    rows(world, 'archived article lacks a revision in its history, or has one twice', `
      SELECT x.article_id, x.revisions FROM archived_articles x CROSS JOIN LATERAL (SELECT array_agg((r->>'revision')::int) AS list FROM jsonb_array_elements(x.revisions) r) h
      WHERE (SELECT count(DISTINCT v) FROM unnest(h.list) v) <> cardinality(h.list) OR x.revision <> ALL (h.list)`),
    rows(world, 'revision told of by the crawler never reached the archive', `
      SELECT a.guid, r.revision, x.revisions FROM articles a JOIN article_revisions r ON r.article_id = a.id JOIN archived_articles x ON x.article_id = a.id
      WHERE NOT x.revisions @> jsonb_build_array(jsonb_build_object('revision', r.revision))`),
    rows(world, 'archived tariff development raised no alert', `
      SELECT x.article_id, x.title FROM archived_articles x JOIN subscriptions s ON s.filter->'sources' ? x.source_id
      WHERE EXISTS (SELECT FROM unnest(x.developments) d WHERE d LIKE 'tariff:%')
        AND NOT EXISTS (SELECT FROM alerts a WHERE a.subscription_id = s.id AND a.story_id = x.story_id)`),
  ];
}

function deliveryChecks(world: World): Promise<string[]>[] {
  return [
    rows(world, 'alert is not recorded as sent exactly once on a channel', `
      SELECT a.id, c.channel_id, d.state, d.due_at, d.lease_until, d.error_code FROM alerts a JOIN subscription_channels c ON c.subscription_id = a.subscription_id
      LEFT JOIN deliveries d ON d.alert_id = a.id AND d.channel_id = c.channel_id WHERE d.state IS DISTINCT FROM 'sent' OR d.sent_at IS NULL`),
    rows(world, 'sent delivery has no attempt that says so', `
      SELECT d.id FROM deliveries d WHERE d.state = 'sent' AND NOT EXISTS (SELECT FROM delivery_attempts t WHERE t.delivery_id = d.id AND t.outcome = 'sent')`),
    rows(world, 'story raised two alerts for one cause', 'SELECT subscription_id, story_id FROM alerts GROUP BY subscription_id, story_id, cause HAVING count(*) > 1'),
  ];
}

function logBehindRelay(world: World): Promise<string[]> {
  return rows(world, 'event log is not in Kafka to its end', `
    SELECT e.topic, e.partition, max(e.seq)::text AS seq, max(c.position)::text AS position FROM event_log e
    LEFT JOIN event_cursors c ON c.consumer_group = 'relay' AND c.topic = e.topic AND c.partition = e.partition
    GROUP BY e.topic, e.partition HAVING max(e.seq) > coalesce(max(c.position), 0)`);
}

async function consumerLag(world: World): Promise<string[]> {
  const lag = await world.kafka.lag();
  return groups.flatMap(([group]) => (lag.get(group) ? [`${group} is ${lag.get(group)} events behind`] : []));
}

/** What arrived at the receiver against what the product says it sent. */
async function receiverHistory(world: World): Promise<string[]> {
  const sent = await world.sql<{ id: string; path: string }>(`
    SELECT d.id, regexp_replace(c.settings->>'webhookUrl', '^https?://[^/]+', '') AS path FROM deliveries d JOIN channels c ON c.id = d.channel_id`);
  const expected = new Map(sent.map(({ id, path }) => [id, path]));
  const acknowledged = new Set<string>();
  const found: string[] = [];
  for (const { path, headers, message, status } of world.receiver.requests) {
    const key = String(headers['idempotency-key']);
    if (expected.get(key) !== path) found.push(`request to ${path} carries the key ${key}, which names no delivery there`);
    if (message.metadata?.event_payload.idempotency_key !== key) found.push(`request ${key} has another key in its body`);
    if (status === 200) acknowledged.add(key);
  }
  const missing = [...expected.keys()].filter((id) => !acknowledged.has(id));
  if (missing.length > 0) found.push(`${missing.length} deliveries were never acknowledged, e.g. ${missing[0]}`);
  return found.slice(0, 5);
}

/** Everything the feeds show now has been found, in its newest words. */
async function siteHistory(world: World): Promise<string[]> {
  const archived = await world.sql<{ guid: string; text: string }>('SELECT a.guid, x.text FROM articles a JOIN archived_articles x ON x.article_id = a.id');
  const texts = new Map(archived.map(({ guid, text }) => [guid, text]));
  const wrong = world.sites.flatMap((site) => site.shown()).filter(({ guid, text }) => texts.get(guid) !== text);
  return wrong.length > 0 ? [`${wrong.length} published articles are not archived as their sites show them, e.g. ${wrong[0]!.guid}`] : [];
}

/** Dead letters against poison: dead for certain, and nothing else dead. Reads whole topics, so it is asked once. */
export async function deadLetterViolations(world: World, poisons: readonly Poison[]): Promise<string[]> {
  const letters = (await Promise.all(topics.map((topic) => world.kafka.read(`${topic}.dlq`)))).flat();
  const known = new Set(poisons.map(({ eventId }) => eventId));
  // A step that publishes gives its event an id of its own; the key is what it has from the poison's article.
  const poisonPayload = (value: Buffer | null): boolean => value?.includes(`"id":"${poisonSource}"`) ?? false;
  const dead = new Map(letters.map(({ headers, value }) => [String(headers?.['tradewatch-event-id']), { value, why: String(headers?.['tradewatch-error-message']), group: String(headers?.['tradewatch-group']) }]));
  const innocent = [...dead].filter(([id, { value }]) => !known.has(id) && !poisonPayload(value));
  const survived = poisons.filter(({ fate, eventId }) => fate === 'dead' && !dead.has(eventId));
  return [
    ...innocent.slice(0, 3).map(([id, { why, group }]) => `dead letter of ${group} that was no poison: ${id} (${why})`),
    ...survived.slice(0, 3).map(({ eventId, message }) => `poison ${eventId} (${message.value?.toString('utf8', 0, 40)}) left no dead letter`),
  ];
}

async function rows(world: World, what: string, sql: string): Promise<string[]> {
  const found = await world.sql(`${sql} LIMIT 500`);
  return found.length > 0 ? [`${found.length} × ${what}, e.g. ${JSON.stringify(found[0])}`] : [];
}
