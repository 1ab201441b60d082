// Real: PostgreSQL. Entries are handed over as a poll would.
import type { Article } from '@tradewatch/events';
import { beforeAll, describe, expect, it } from 'vitest';
import { startFiling, type Entry, type Filing } from './filing.fixture.ts';

const surtax = (rate: string): string => `Canada will put a surtax of ${rate} per cent on boats from the United States in July, Finance Minister Claire Duval said on Tuesday in Ottawa. Builders in
British Columbia had asked for it since the spring. Dealers on the Great Lakes fear for their summer, and the marina association wants an exemption for boats that are already ordered.`;

describe('corrections', () => {
  let filing: Filing;
  beforeAll(async () => {
    filing = await startFiling();
  });
  const report = async (entry: Entry, authority: 'press' | 'official' = 'press'): Promise<Article> => filing.report(await filing.source({ authority }), entry);

  it.each([
    ['CORRECTED-Canada puts surtax on boats in July', 'yachts'], ['Correction: Canada puts surtax on boats in July', 'kayaks'], ['Canada puts surtax on boats in July (Corrected)', 'dinghies'],
    ['Canada puts surtax on boats in July [CORRECTED]', 'ferries'],
  ])('by the press join the story of what they correct (%s)', async (title, boats) => {
    const about = (text: string): string => text.replaceAll('boats', boats);
    const first = await report({ title: about('Canada puts surtax on boats in July'), text: about(surtax('25')) });
    const correction = await report({ title: about(title), text: about(surtax('35')) });
    expect(correction.storyId).toBe(first.storyId);
    expect(correction.correction).toEqual({ id: correction.id, articleId: first.id });
    expect(first.correction).toBeUndefined();
  });

  it.each([
    ['Fe de erratas: Economía fija cupo de azúcar para agosto', 'Economía fija cupo de azúcar para agosto'], ['Rectificatif : les droits sur le papier changent lundi', 'Les droits sur le papier changent lundi'],
    ['Corrección: Suben los aranceles al calzado', 'Suben los aranceles al calzado'],
  ])('are known in Spanish and French (%s)', async (title, corrected) => {
    const first = await report({ title: corrected });
    expect((await report({ title, text: 'Una nota breve.' })).correction).toMatchObject({ articleId: first.id });
  });

  it('copied by many are one correction', async () => {
    const first = await report({ title: 'Surtax on canoes begins in July', text: surtax('25').replaceAll('boats', 'canoes') });
    const corrected = surtax('35').replaceAll('boats', 'canoes');
    const one = await report({ title: 'CORRECTED-Surtax on canoes begins in July', text: corrected });
    const copy = await report({ title: 'Correction: Surtax on canoes begins in July - The Post', text: `OTTAWA (Reuters) - ${corrected}` });
    expect(copy.correction).toEqual({ id: one.id, articleId: first.id });
    expect([one.storyId, copy.storyId]).toEqual([first.storyId, first.storyId]);
  });

  it('of Federal Register documents join the document they name, however old it is, and no other with the same title', async () => {
    const register = await filing.source({ authority: 'official' });
    const title = 'Chromium Trioxide From India: Initiation of Less-Than-Fair-Value Investigation';
    const document = (number: string, fields: Partial<Entry> = {}): Entry => ({ id: number, title, link: `https://www.federalregister.gov/documents/2026/05/04/${number}/chromium-trioxide`, published: '2026-05-04T04:00:00.000Z', ...fields });
    const { events } = await filing.file(register, [document('2026-08001'), document('2026-08002')]);
    const [one, two] = events.map(({ data }) => data.article);
    const correction = { title: `${title}; Correction`, published: '2026-06-20T04:00:00.000Z' };
    const byText = await filing.report(register, document('2026-09100', { ...correction, text: 'In the Federal Register of May 4, 2026, in FR Doc. 2026-08002, on page 1234, correct the margin.' }));
    expect(byText).toMatchObject({ storyId: two!.storyId, correction: { id: byText.id, articleId: two!.id } });
    const byNumber = await filing.report(register, document('C1-2026-08001', correction));
    expect(byNumber).toMatchObject({ storyId: one!.storyId, correction: { id: byNumber.id, articleId: one!.id } });
    const byFact = await filing.report(register, document('2026-09101', { ...correction, title: 'Chromium: Notice', facts: { correctionOf: 'https://www.federalregister.gov/api/v1/documents/2026-08001' } }));
    expect(byFact).toMatchObject({ storyId: one!.storyId, correction: { articleId: one!.id } });
  });

  it('that name nothing are linked where one document of their source alone carries the headline', async () => {
    const register = await filing.source({ authority: 'official' });
    const entry = (id: string, title: string): Entry => ({ id, title, link: `https://register.example/${id}` });
    const { events } = await filing.file(register, [entry('a', 'Slag Pots From China: Institution of Investigations'), entry('b', 'Airworthiness Directives; Airplanes of Some Makers'), entry('c', 'Airworthiness Directives; Airplanes of Some Makers')]);
    expect((await filing.report(register, entry('d', 'Slag Pots From China: Institution of Investigations; Correction'))).correction?.articleId).toBe(events[0]!.data.article.id);
    const ambiguous = await filing.report(register, entry('e', 'Airworthiness Directives; Airplanes of Some Makers; Correction'));
    expect(ambiguous.correction).toBeUndefined();
    expect(events.map(({ data }) => data.article.storyId)).not.toContain(ambiguous.storyId);
  });

  it('come with what they correct in one poll', async () => {
    const register = await filing.source({ authority: 'official' });
    const { events } = await filing.file(register, [
      { id: 'late', title: 'Tubes From Oman: Final Results; Correction', published: '2026-07-02T04:00:00.000Z', link: 'https://register.example/late' },
      { id: 'early', title: 'Tubes From Oman: Final Results', published: '2026-07-01T04:00:00.000Z', link: 'https://register.example/early' },
    ]);
    const [early, late] = events.map(({ data }) => data.article);
    expect(late).toMatchObject({ storyId: early!.storyId, correction: { articleId: early!.id } });
  });

  it('are no corrections where the market corrects itself', async () => {
    for (const title of ['Correction of steel prices expected by autumn', 'Market correction: what importers should know', 'Course correction at the trade ministry']) expect((await report({ title })).correction).toBeUndefined();
  });
});

describe('a revision', () => {
  let filing: Filing;
  beforeAll(async () => {
    filing = await startFiling();
  });

  /** What filing the same entry again with changes publishes. */
  async function revised(before: Partial<Entry>, after: Partial<Entry>): Promise<Article | undefined> {
    const source = await filing.source();
    const entry = { id: 'a', title: 'Canada puts surtax on boats', link: 'https://paper.example/boats', text: surtax('25') };
    await filing.file(source, [{ ...entry, ...before }]);
    const { events } = await filing.file(source, [{ ...entry, ...after }]);
    expect((await filing.file(source, [{ ...entry, ...after }])).events).toEqual([]);
    return events[0]?.data.article;
  }

  it('keeps what it changed, and tells of it', async () => {
    const article = await revised({}, { text: surtax('35'), title: 'Canada puts higher surtax on boats' });
    const change = {
      cosmetic: false, rewritten: false, title: { before: 'Canada puts surtax on boats', after: 'Canada puts higher surtax on boats' }, wordsAdded: 2, wordsRemoved: 1, passages: [{ removed: '25', added: '35' }],
    };
    expect(article).toMatchObject({ revision: 2, alertable: true, change });
    expect((await filing.database.articleRevision.findMany({ where: { articleId: article!.id }, orderBy: { revision: 'asc' } })).map((row) => row.change)).toEqual([null, change]);
  });

  it('that is cosmetic stays quiet', async () => {
    expect(await revised({}, { text: surtax('25').replace('Builders', 'Bulders').replace('fear', '“fear”') })).toMatchObject({ revision: 2, alertable: false, change: { cosmetic: true } });
    expect(await revised({ text: `By Ann Lee\n\n${surtax('25')}` }, { text: `By Ann Lee and Bo Park\n\n${surtax('25')}` })).toMatchObject({ alertable: false });
  });

  it('that nobody could see is none', async () => {
    expect(await revised({}, { text: `  ${surtax('25').replaceAll(' ', '  ')}` })).toBeUndefined();
    expect(await revised({ text: `${surtax('25')}\n\nUpdated 10:31 a.m. ET` }, { text: `${surtax('25')}\n\nUpdated 11:02 a.m. ET` })).toBeUndefined();
  });

  it('that says so corrects its article, once', async () => {
    const note = 'Correction: An earlier version of this article misstated the rate.';
    const article = await revised({}, { text: `${surtax('35')}\n\n${note}` });
    expect(article).toMatchObject({ revision: 2, alertable: true, correction: { articleId: article!.id } });
    expect((await revised({ text: `${surtax('25')}\n\n${note}` }, { text: `${surtax('25')}\n\n${note} More.` }))?.correction).toBeUndefined();
    expect((await revised({}, { title: 'CORRECTED-Canada puts surtax on boats' }))?.correction).toBeDefined();
  });
});
