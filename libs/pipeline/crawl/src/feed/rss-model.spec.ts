import { describe, expect, it } from 'vitest';
import { modelOfAtom, modelOfRss } from './rss-model.ts';

// rss-parser's builders are not part of its documented interface: these are the parts of their behaviour the feed formats rely on.
describe('the model rss-parser builds', () => {
  it('of an RSS channel has its fields and one item for each, in order', () => {
    const model = modelOfRss({ title: ['T'], link: ['https://e.com/'], language: ['es'], item: [{ title: ['a'], link: ['https://e.com/1'], guid: ['1'], 'dc:creator': ['Ana'], category: ['x', 'y'] }, { title: ['b'] }] });
    expect(model).toMatchObject({ title: 'T', link: 'https://e.com/', language: 'es' });
    expect(model.items).toMatchObject([{ title: 'a', link: 'https://e.com/1', guid: '1', creator: 'Ana', categories: ['x', 'y'] }, { title: 'b' }]);
  });

  it('of an Atom feed has the link that is given as alternate', () => {
    const model = modelOfAtom({ title: ['T'], link: [{ $: { rel: 'alternate', href: 'https://e.com/' } }], entry: [{ id: ['urn:1'], title: ['a'], link: [{ $: { rel: 'alternate', href: 'https://e.com/1' } }] }] });
    expect(model).toMatchObject({ title: 'T', link: 'https://e.com/', items: [{ id: 'urn:1', title: 'a', link: 'https://e.com/1' }] });
  });

  it('of nothing is an empty feed', () => {
    expect(modelOfRss({ item: [] }).items).toEqual([]);
    expect(modelOfAtom({ entry: [] }).items).toEqual([]);
  });
});
