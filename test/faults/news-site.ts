// The sites that are crawled: one feed a source, each on a port of its own (the crawler is polite by host), whose articles
// appear and change while the faults happen.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rssFeed, type FeedItem } from '@tradewatch/testing';
import type { Random } from './random.ts';

/** Entries a feed shows: old ones fall off its end, as in real feeds. */
const entriesInFeed = 80;

const goods = ['steel pipe', 'aluminum foil', 'truck tires', 'softwood lumber', 'ceramic tile', 'wire rod', 'solar cells', 'copper tube'];
const countries = ['China', 'Mexico', 'Canada', 'Vietnam', 'India', 'Brazil'];

export class NewsSite {
  readonly published: { guid: string; title: string; text: string; date: string; link: string }[] = [];
  private constructor(readonly id: string, readonly url: string, readonly close: () => Promise<void>) {}

  static async start(id: string): Promise<NewsSite> {
    const server = createServer(({ url }, response) => {
      // Articles have no pages of their own: their whole text is in the feed.
      if (url !== '/') {
        response.writeHead(404).end();
        return;
      }
      const items: FeedItem[] = site.published.slice(-entriesInFeed);
      response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' }).end(rssFeed(items, id));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const site: NewsSite = new NewsSite(id, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return site;
  }

  /** Publishes an article, two of three a tariff development. */
  publish(random: Random): void {
    const number = this.published.length + 1;
    const isTariff = random.next() < 0.66;
    const [good, country] = [random.pick(goods), random.pick(countries)];
    const title = isTariff
      ? `United States imposes ${10 + (number % 90)} percent tariff on ${good} from ${country}, order ${this.id}-${number}`
      : `City library ${this.id}-${number} extends its opening hours`;
    const text = isTariff ? `The new import duty on ${good} from ${country} takes effect today, the administration said in order ${this.id}-${number}.` : `Readers can borrow books until nine in the evening. Notice ${number}.`;
    this.published.push({ guid: `${this.id}-${number}`, title, text, date: new Date().toUTCString(), link: `${this.url}/${number}` });
  }

  /** Changes a recent article: its next revision. */
  revise(random: Random): void {
    const recent = this.published.slice(-20);
    if (recent.length === 0) return;
    const chosen = random.pick(recent);
    chosen.text = `${chosen.text} Corrected at ${Date.now()}.`;
  }

  /** What the feed shows now: what a reader must find in the archive when everything has settled. */
  shown(): { guid: string; text: string }[] {
    return this.published.slice(-entriesInFeed).map(({ guid, text }) => ({ guid, text }));
  }
}
