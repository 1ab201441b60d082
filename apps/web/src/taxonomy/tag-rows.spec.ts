import { describe, expect, it } from 'vitest';
import { namesFrom } from '../app/names.ts';
import { tagGroups } from './tag-rows.ts';

const term = (id: string, en: string, definition?: string) => ({ id, names: { en }, ...(definition === undefined ? {} : { definition: { en: definition } }) });
const names = namesFrom({
  version: 'v1', sectors: [term('energy', 'Energy', 'Oil and gas')], topics: [term('labor', 'Labor')], authorities: [], jurisdictions: [term('MX', 'Mexico'), term('BR', 'Brazil'), term('CI', "Côte d'Ivoire")],
  developmentKinds: [term('tariff', 'Tariff')], developmentStages: [term('proposed', 'Proposed'), term('ended', 'Ended')],
});
const listed = (words = '', articles: [string, number][] = []): string[] =>
  tagGroups(names, { words, articles: new Map(articles), marks: [{ dimension: 'topic', tag: 'labor', right: 2, wrong: 1, missing: 0 }] })
    .map(({ title, rows }) => `${title}: ${rows.map(({ label, articles: count, marks }) => [label, count, marks && `${marks.right}/${marks.wrong}`].filter((each) => each !== undefined).join(' ')).join(', ')}`);

describe('the list of tags', () => {
  it('is grouped, with what was counted and said; of countries only those that matter or occurred', () => {
    expect(listed('', [['sector energy', 7], ['jurisdiction BR', 3]])).toEqual(['Topics: Labor 0 2/1', 'Sectors: Energy 7', 'Developments: Tariff: proposed, Tariff: ended', 'Jurisdictions: Brazil 3, Mexico 0']);
  });

  it('finds by name, definition or code, with or without accents', () => {
    expect(listed('oil')).toEqual(['Sectors: Energy 0']);
    expect(listed('cote')).toEqual(["Jurisdictions: Côte d'Ivoire 0"]);
    expect(listed('PROPOSED')).toEqual(['Developments: Tariff: proposed']);
    expect(listed('nothing')).toEqual([]);
  });
});
