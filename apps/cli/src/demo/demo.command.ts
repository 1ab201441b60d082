import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { Product } from './product.ts';
import { paintForStderr as paint, renderMessage } from './render-message.ts';
import { RestClient } from './rest-client.ts';
import { sampleArticles, type FeedId, type SampleArticle } from './sample-articles.ts';
import { sampleFeeds } from './sample-feeds.ts';
import { SampleSite } from './sample-site.ts';
import { SlackReceiver } from './slack-receiver.ts';

export interface DemoOptions {
  readonly bundleFolder: string;
  /** End when every alert has arrived, with a summary on stdout, instead of at Ctrl-C. */
  readonly once: boolean;
  /** Time between two new articles on the sample site. */
  readonly everyMs: number;
}

const startWithinMs = 90_000;
const arriveWithinMs = 60_000;

/** `tradewatch demo`: the whole loop on this machine, without internet. @returns the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const site = new SampleSite();
  const slack = new SlackReceiver((message) => say(`\n${renderMessage(message, paint)}`));
  let product: Product | undefined;
  try {
    await Promise.all([site.start(), slack.start()]);
    say(paint('bold', '\n  tradewatch demo') + '  everything runs on this machine, nothing goes out; the articles are invented\n');
    progress('starting', 'the product with an empty database (some seconds)');
    product = await Product.start(options.bundleFolder);
    await new Demo(options, site, slack, product, stopping.signal).run();
    return exitCodes.ok;
  } catch (error) {
    if (stopping.signal.aborted) return options.once ? exitCodes.failed : exitCodes.ok;
    say(`\ntradewatch demo: ${error instanceof Error ? error.message : String(error)}`);
    if (product?.lastOutput) say(`The product's last words were:\n${product.lastOutput}`);
    return exitCodes.failed;
  } finally {
    if (product) progress('stopping', 'and removing the scratch folder');
    await product?.stop();
    await Promise.all([site.close(), slack.close()]);
  }
}

class Demo {
  readonly #rest: RestClient;
  readonly #sourceIds = new Map<FeedId, string>();

  constructor(
    private readonly options: DemoOptions,
    private readonly site: SampleSite,
    private readonly slack: SlackReceiver,
    private readonly product: Product,
    private readonly stopping: AbortSignal,
  ) {
    this.#rest = new RestClient(product.origin, stopping);
  }

  async run(): Promise<void> {
    await this.#until('the product to start', () => this.product.hasStarted, startWithinMs);
    await this.#rest.signIn('admin@localhost', this.product.password);
    progress('open', `${paint('underline', this.product.origin)}   sign in as admin@localhost with ${paint('bold', this.product.password)}`);
    await this.#subscribe();
    await this.#readFirstArticles();
    for (const article of sampleArticles.filter(({ live }) => live)) await this.#publishLive(article);
    await this.#allAlertsArrived();
    if (this.options.once) return writeJson(await this.#summary());
    const { articles, relevant, alerts } = await this.#summary();
    say('');
    progress('done', `${articles} articles, ${relevant} of them about North American trade, ${alerts} alerts. The web app stays open: look around.`);
    progress('stop', 'Ctrl-C');
    await this.#until('Ctrl-C', () => false, Number.POSITIVE_INFINITY);
  }

  /** One channel and one subscription; made before the first poll, because a subscription sees what comes after it. */
  async #subscribe(): Promise<void> {
    const channelId = await this.#rest.createSlackChannel('Trade desk (this terminal)', this.slack.webhookUrl);
    await this.#rest.subscribe('Tariff changes', { developments: [{ kind: 'tariff' }] }, channelId);
    progress('subscribed', 'a Slack channel (this terminal) to every tariff development, whatever its stage');
  }

  async #readFirstArticles(): Promise<void> {
    const first = sampleArticles.filter(({ live }) => !live);
    for (const article of first) this.site.publish(article);
    const names = new Intl.ListFormat('en').format(sampleFeeds.map(({ name }) => name));
    progress('reading', `${first.length} articles from ${names}`);
    for (const { id, name, kind, path, jurisdiction, language, authority } of sampleFeeds) {
      const sourceId = await this.#rest.createSource({ name, kind, url: `${this.site.origin}${path}`, jurisdiction, language, authority });
      this.#sourceIds.set(id, sourceId);
      await this.#rest.poll(sourceId);
    }
    await this.#archived(first.length);
    const { total: relevant } = await this.#rest.articles('relevant=true');
    progress('archived', `${first.length} articles, ${relevant} of them relevant; the rest only sounds like trade`);
    await this.#allAlertsArrived();
  }

  async #publishLive(article: SampleArticle): Promise<void> {
    await pause(this.options.everyMs, undefined, { signal: this.stopping });
    const { total } = await this.#rest.articles();
    say('');
    progress('news', `${sampleFeeds.find(({ id }) => id === article.feed)?.name}: ${paint('italic', article.title)}`);
    this.site.publish(article);
    await this.#rest.poll(this.#sourceIds.get(article.feed) ?? article.feed);
    await this.#archived(total + 1);
    const { items } = await this.#rest.articles('sort=newest');
    const found = items.find(({ title }) => title === article.title);
    if (found && !found.relevant) progress('no alert', 'it is not about trade policy');
    else if (found && !found.developments.some(({ kind }) => kind === 'tariff')) progress('no alert', 'it reports no tariff development');
  }

  #archived(count: number): Promise<void> {
    return this.#until(`${count} articles in the archive`, async () => (await this.#rest.articles()).total >= count, arriveWithinMs);
  }

  /** One alert a story of a tariff development, each shown here, and nothing left to send. */
  async #allAlertsArrived(): Promise<void> {
    const { items } = await this.#rest.articles('development=tariff');
    const stories = new Set(items.map(({ storyId }) => storyId)).size;
    await this.#until(`${stories} alerts (${this.slack.received} have come)`, async () => {
      if (this.slack.received < stories) return false;
      return (await this.#rest.deliveries('pending')) + (await this.#rest.deliveries('sending')) === 0;
    }, arriveWithinMs);
  }

  async #summary(): Promise<{ articles: number; relevant: number; alerts: number }> {
    const [all, relevant] = await Promise.all([this.#rest.articles(), this.#rest.articles('relevant=true')]);
    return { articles: all.total, relevant: relevant.total, alerts: this.slack.received };
  }

  async #until(what: string, condition: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await condition())) {
      if (!this.product.isRunning) throw new Error('the product ended by itself');
      if (Date.now() > deadline) throw new Error(`waited ${withinMs / 1000} s for ${what}`);
      await pause(200, undefined, { signal: this.stopping });
    }
  }
}

function progress(step: string, text: string): void {
  say(`  ${paint('green', step.padEnd(11))} ${text}`);
}
