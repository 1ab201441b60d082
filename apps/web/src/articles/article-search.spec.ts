import { describe, expect, it } from 'vitest';
import { activeFilters, apiQuery, daysBack, readSearch, toggleValue, withoutFilter, withoutFilters, writeSearch } from './article-search.ts';

const read = (query: string) => readSearch(new URLSearchParams(query));

describe('a search in the address', () => {
  it('survives the way into the address and back', () => {
    const address = 'q=steel+duty&development=tariff&stage=in-effect&sector=automotive&sector=steel-aluminum&from=2026-01-01&relevant=all&sort=relevance';
    expect(writeSearch(read(address)).toString()).toBe(address);
    expect(readSearch(writeSearch(read(address)))).toEqual(read(address));
  });

  it('is the same address whatever order the filters were chosen in', () => {
    expect(writeSearch(read('sector=b&sector=a')).toString()).toBe(writeSearch(read('sector=a&sector=b&sector=a')).toString());
  });

  it('leaves the defaults out', () => {
    expect(writeSearch(read('sort=newest&relevant=true&q=++')).toString()).toBe('');
  });

  it('ignores what cannot be meant', () => {
    expect(read('from=yesterday&to=2026-13-01&sort=loudest&sector=')).toEqual(read(''));
  });

  it('keeps characters that mean something in an address', () => {
    expect(read(writeSearch({ ...read(''), q: 'a&b=c "d" 100% ñ' }).toString()).q).toBe('a&b=c "d" 100% ñ');
  });
});

describe('a search as an API query', () => {
  it('asks for trade policy alone unless told otherwise', () => {
    expect(apiQuery(read('')).toString()).toBe('relevant=true');
    expect(apiQuery(read('relevant=all')).toString()).toBe('');
  });

  it('asks for an order by relevance only when there are words to be relevant to', () => {
    expect(apiQuery(read('sort=relevance')).has('sort')).toBe(false);
    expect(apiQuery(read('sort=relevance&q=steel')).get('sort')).toBe('relevance');
  });
});

describe('filters', () => {
  it('are switched on and off one by one', () => {
    const on = toggleValue(read('topic=labor'), 'topic', 'retaliation');
    expect(on.values.topic).toEqual(['labor', 'retaliation']);
    expect(toggleValue(on, 'topic', 'labor').values.topic).toEqual(['retaliation']);
  });

  it('are listed for removal, dates included, and removing each empties the list', () => {
    let search = read('topic=labor&sector=energy&from=2026-01-01&to=2026-02-01&q=x');
    expect(activeFilters(search)).toHaveLength(4);
    for (const filter of activeFilters(search)) search = withoutFilter(search, filter);
    expect(search).toEqual(read('q=x'));
  });

  it('are dropped together without losing the words searched for', () => {
    expect(withoutFilters(read('topic=labor&from=2026-01-01&q=x&relevant=all'))).toEqual(read('q=x&relevant=all'));
  });
});

describe('a range of days', () => {
  it('counts today as the first day', () => {
    expect(daysBack(1, new Date(2026, 2, 1, 23, 59))).toBe('2026-03-01');
  });

  it('crosses months and years', () => {
    expect(daysBack(7, new Date(2026, 0, 3, 0, 5))).toBe('2025-12-28');
  });
});
