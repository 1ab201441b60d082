import { describe, expect, it } from 'vitest';
import { ChangeCounter, changesSchema, type TagSet } from './tag-changes.ts';

const none: TagSet = { relevant: [], sector: [], topic: [], authority: [], jurisdiction: [], development: [] };
const article = (id: string, taxonomyVersion = 'old') => ({ id, title: `Title of ${id}`, taxonomyVersion });

describe('the changes a taxonomy brings', () => {
  it('are counted by tag, in both directions, with the first articles named', () => {
    const counter = new ChangeCounter();
    for (const id of ['a', 'b', 'c', 'd']) counter.add(article(id), { ...none, relevant: ['relevant'] }, { ...none, relevant: ['relevant'], sector: ['energy'] });
    counter.add(article('e', 'older'), { ...none, relevant: ['relevant'], sector: ['energy'], development: ['tariff:proposed'] }, { ...none, development: ['tariff:ruled'] });
    counter.add(article('f'), { ...none, topic: ['labor'] }, { ...none, topic: ['labor'] });
    const { articles, changed, before, tags } = counter.changes;
    expect({ articles, changed, before }).toEqual({ articles: 6, changed: 5, before: { old: 5, older: 1 } });
    expect(tags.map(({ dimension, tag, added, removed }) => `${dimension} ${tag} +${added} -${removed}`)).toEqual([
      'sector energy +4 -1', 'development tariff:proposed +0 -1', 'development tariff:ruled +1 -0', 'relevant relevant +0 -1',
    ]);
    expect(tags[0]?.samples).toEqual({ added: ['a', 'b', 'c'].map((id) => ({ id, title: `Title of ${id}` })), removed: [{ id: 'e', title: 'Title of e' }] });
  });

  it('go on from where they were stored', () => {
    const first = new ChangeCounter();
    first.add(article('a'), none, { ...none, sector: ['energy'] });
    const second = new ChangeCounter(changesSchema.parse(JSON.parse(JSON.stringify(first.changes))));
    second.add(article('b'), none, { ...none, sector: ['energy'] });
    expect(second.changes).toMatchObject({ articles: 2, changed: 2, tags: [{ tag: 'energy', added: 2 }] });
    expect(first.changes).toMatchObject({ articles: 1, tags: [{ added: 1 }] });
  });
});
