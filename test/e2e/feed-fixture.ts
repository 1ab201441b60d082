// Feeds in the shapes real ones come in: an official RSS feed of notices, an aggregator's headlines with publisher suffixes.
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export interface Headline {
  readonly title: string;
  readonly summary?: string;
  readonly path: string;
  readonly published: Date;
}

export function rss(title: string, site: string, items: readonly Headline[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${escape(title)}</title><link>${site}/</link><language>en-us</language>${items.map((item) => `
<item><title>${escape(item.title)}</title><link>${site}${item.path}</link><guid isPermaLink="true">${site}${item.path}</guid><pubDate>${item.published.toUTCString()}</pubDate><description>${escape(item.summary ?? '')}</description></item>`).join('')}</channel></rss>`;
}

const goods = ['steel pipe', 'aluminum foil', 'truck tires', 'softwood lumber', 'ceramic tile', 'wire rod', 'solar cells', 'copper tube', 'paper plates', 'mattresses'];
const countries = ['China', 'Mexico', 'Canada', 'Vietnam', 'India', 'Brazil', 'Turkey', 'Thailand'];

/** `count` distinct items, every second one a tariff development, the others far from trade. */
export function headlines(count: number, published: Date): Headline[] {
  return Array.from({ length: count }, (_, n) => {
    const [good, country] = [goods[n % goods.length], countries[Math.floor(n / goods.length) % countries.length]];
    return n % 2 === 0
      ? { title: `United States imposes ${10 + n} percent tariff on ${good} from ${country}`, summary: `The new import duty on ${good} from ${country} takes effect today, the administration said.`, path: `/tariff/${n}`, published }
      : { title: `City library number ${n} extends its opening hours`, summary: `Readers of district ${n} can borrow books until nine in the evening.`, path: `/library/${n}`, published };
  });
}
