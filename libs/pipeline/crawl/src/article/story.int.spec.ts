// Real: PostgreSQL. Entries are handed over as a poll would.
import { beforeAll, describe, expect, it } from 'vitest';
import { startFiling, type Entry, type Filing } from './filing.fixture.ts';
import { StoryCorpus, type CorpusArticle } from './story-corpus.fixture.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const daysAgo = (days: number) => hoursAgo(days * 24);

const surtax = `Canada will remove its 25 per cent surtax on steel imported from the United States next Monday, Finance Minister Claire Duval said, ending a dispute
that began in the spring. Mills in Hamilton and Sault Ste. Marie had asked the government to keep the measure until a quota replaces it. Importers of rebar and pipe welcomed the decision.`;

describe('stories', () => {
  let filing: Filing;
  beforeAll(async () => {
    filing = await startFiling();
  });

  /** The stories of entries that come one after the other, each from a press source of its own unless the test says which. */
  async function stories(...entries: readonly Entry[]): Promise<string[]> {
    const found: string[] = [];
    for (const entry of entries) found.push((await filing.report(await filing.source(), entry)).storyId);
    return found;
  }

  it('are shared by copies of a report, whatever the publisher adds to the title or the link', async () => {
    const [a, b, c] = await stories(
      { title: 'Canada lifts surtax on steel imports - Global News', link: 'https://aggregator.example/read/1' },
      { title: 'Canada lifts surtax on steel imports', link: 'https://paper.example/surtax' },
      { title: 'Surtax lifted', link: 'http://www.paper.example/surtax/?utm_source=rss#top' },
    );
    expect([b, c]).toEqual([a, a]);
  });

  it('are shared by syndicated copies under other headlines, with an agency line, cut short, or with a site’s own words', async () => {
    const found = await stories(
      { title: 'Canada to remove steel surtax on Monday', text: surtax },
      { title: 'Ottawa drops levy on U.S. steel, ending dispute', text: `OTTAWA, July 3 (Reuters) - ${surtax}\n\nReporting by A. Writer; Editing by B. Writer` },
      { title: 'Steel surtax to go | Hamilton Post', text: surtax.slice(0, 170) },
      { title: 'Mills disappointed as surtax on steel ends', text: `By Ann Writer\n\nRead more at the Post.\n\nOTTAWA — ${surtax}\n\nThe post Steel surtax appeared first on The Post.` },
    );
    expect(new Set(found).size).toBe(1);
  });

  it('are not shared by reports of one template about another country, product or rate, nor by a translation', async () => {
    const template = (product: string, country: string, rate: string): Entry => ({
      title: `Commerce finds dumping of ${product} from ${country}`,
      text: `The Department of Commerce preliminarily determined that ${product} from ${country} are being sold in the United States at less than fair value, with a margin of ${rate} percent.
        Importers of ${product} will have to post cash deposits at that rate. A final determination on ${product} from ${country} is due in the autumn.`,
    });
    const spanish = { title: 'Comercio halla dumping de clavos de Omán', text: 'El Departamento de Comercio determinó de manera preliminar que los clavos de Omán se venden en Estados Unidos por debajo de su valor, con un margen de 12 por ciento.' };
    const found = await stories(template('steel nails', 'Oman', '12.1'), template('steel nails', 'Thailand', '12.1'), template('paper clips', 'Oman', '12.1'), template('steel nails', 'Oman', '34.9'), spanish);
    expect(new Set(found).size).toBe(5);
  });

  it('are not shared by reports more than seven days apart, nor carried on from copy to copy', async () => {
    const at = (days: number): Entry => ({ title: 'Port of Laredo clears backlog of trucks', published: daysAgo(days) });
    const [a, b, c, d] = await stories(at(16), at(10), at(8.9), at(0.5));
    expect(b).toBe(a);
    expect(new Set([b, c, d]).size).toBe(3);
  });

  it('are not shared by two documents of one official source with the same title, nor through a press report between them', async () => {
    const title = 'Certain Steel Nails: Final Results of Administrative Review';
    const official = await filing.source({ authority: 'official' });
    const a = await filing.report(official, { title, link: 'https://register.example/2026-001' });
    const b = await filing.report(await filing.source(), { title });
    const { events } = await filing.file(official, [{ title, link: 'https://register.example/2026-002' }, { title, link: 'https://register.example/2026-003' }]);
    expect(b.storyId).toBe(a.storyId);
    expect(new Set([a.storyId, ...events.map(({ data }) => data.article.storyId)]).size).toBe(3);
  });

  it('are not shared by documents whose numbers differ, also in two sources, and shared by those whose number is the same', async () => {
    const official = () => filing.source({ authority: 'official' });
    const document = (number: string, host: string): Entry => ({ id: number, title: 'Sunshine Act Meetings of the Commission', link: `https://${host}.example/documents/2026/07/01/${number}/sunshine-act-meetings` });
    const bulletin = (number: string, host: string): Entry => ({ id: `${host}${number}`, title: `CSMS # ${number} - Quota bulletin for sugar and beef`, link: `https://${host}.example/${number}` });
    const one = await filing.report(await official(), document('2026-01234', 'one'));
    expect((await filing.report(await official(), document('2026-01235', 'two'))).storyId).not.toBe(one.storyId);
    expect((await filing.report(await official(), document('2026-01234', 'three'))).storyId).toBe(one.storyId);
    const [message, copy, next] = [await filing.report(await official(), bulletin('63988468', 'a')), await filing.report(await official(), bulletin('63988468', 'b')), await filing.report(await official(), bulletin('63988469', 'c'))];
    expect(copy!.storyId).toBe(message!.storyId);
    expect(next!.storyId).not.toBe(message!.storyId);
  });

  it('are shared by an official release and the papers that print it', async () => {
    const release = await filing.report(await filing.source({ authority: 'official' }), { title: 'Minister announces end of surtax on rails', text: surtax.replaceAll('steel', 'rails') });
    expect((await filing.report(await filing.source(), { title: 'Surtax on rails will go on Monday', text: `(CNW) - ${surtax.replaceAll('steel', 'rails')}` })).storyId).toBe(release.storyId);
  });

  it('are not shared by entries that all link to one page, or to a home page', async () => {
    const link = 'https://agency.example/bulletins';
    const source = await filing.source();
    const { events } = await filing.file(source, [{ title: 'Quota for sugar filled this morning', link }, { title: 'Quota for beef opens on Monday', link }]);
    const others = await stories({ title: 'Port closed by storm', link: 'https://agency.example/' }, { title: 'Port open again', link: 'https://agency.example/' });
    expect(new Set([...events.map(({ data }) => data.article.storyId), ...others]).size).toBe(4);
  });

  it('are not shared by texts that only say that a site wants to be paid', async () => {
    const text = 'The full analysis is reserved for members of our professional service, who can read it on the portal or in the morning letter; ask the desk for a trial of thirty days.';
    const titles = ['Beef quota fills early again', 'Panel is named on dairy access', 'Lumber talks go nowhere', 'Customs tests new portal for bonds', 'Aluminum premium slides', 'Tomato growers seek relief'];
    const source = await filing.source();
    const { events } = await filing.file(source, titles.map((title) => ({ title, text })));
    expect(new Set(events.map(({ data }) => data.article.storyId)).size).toBe(titles.length);
  });

  it('are not shared by the editions of a series', async () => {
    const source = await filing.source();
    const edition = (hours: number, text: string): Entry => ({ title: 'Trade briefing: what to watch this week', text, published: hoursAgo(hours) });
    const first = await filing.report(source, edition(80, 'Ministers meet on steel in Ottawa, the panel on dairy reports, and figures on exports of cars come out on Thursday.'));
    const second = await filing.report(source, edition(8, 'A ruling on softwood is due, Congress hears the trade representative, and the quota on sugar opens at noon on Monday.'));
    expect(second.storyId).not.toBe(first.storyId);
  });

  it('are one also where many processes find the report at the same moment', async () => {
    const sources = await Promise.all(Array.from({ length: 10 }, () => filing.source()));
    const found = await Promise.all(sources.map((source, i) => filing.report(source, { title: `Panel rules on auto content rules - Paper ${i}`, text: surtax.replaceAll('steel', 'cars').slice(0, 250 + 20 * i) })));
    expect(new Set(found.map(({ storyId }) => storyId)).size).toBe(1);
  });

  it('are found among all others in the database as they are pair by pair', async () => {
    // Among all, releases of one text by several offices are several documents, and which of them a paper printed cannot be told; two
    // newsrooms' reports of one event come together where somebody gave both one headline.
    const apart = new Set(['more than seven days apart', 'reprint of a release', 'another newsroom']);
    const pairs = new StoryCorpus(11).pairs(400).filter(({ kind }) => !apart.has(kind));
    const sources = new Map<string, Awaited<ReturnType<Filing['source']>>>();
    const storyOf = async ({ sourceId, official, guid, url, title, text, publishedAt }: CorpusArticle): Promise<string> => {
      const source = sources.get(sourceId) ?? (await filing.source({ authority: official ? 'official' : 'press' }));
      sources.set(sourceId, source);
      const { events } = await filing.file(source, [{ id: guid, link: url, title, text, published: publishedAt.toISOString() }], new Date('2026-07-20T00:00:00Z'));
      return events[0]!.data.article.storyId;
    };
    const same: { copies: boolean; joined: boolean }[] = [];
    for (const { a, b, copies } of pairs) same.push({ copies, joined: (await storyOf(a)) === (await storyOf(b)) });
    expect(same.filter(({ copies, joined }) => copies && joined).length / same.filter(({ copies }) => copies).length).toBeGreaterThanOrEqual(0.95);
    expect(same.filter(({ copies, joined }) => !copies && joined).length).toBeLessThanOrEqual(4);
  });

  it('begin with the oldest report of a feed', async () => {
    const source = await filing.source();
    await filing.file(source, [
      { title: 'Talks on the pact resume today', link: 'https://paper.example/b', published: hoursAgo(2) },
      { title: 'Talks on the pact resume today', link: 'https://paper.example/a', published: hoursAgo(4) },
    ]);
    expect((await filing.published(source)).map(({ url }) => url)).toEqual(['https://paper.example/a', 'https://paper.example/b']);
  });
});
