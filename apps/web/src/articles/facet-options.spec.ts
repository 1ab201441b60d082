import { describe, expect, it } from 'vitest';
import { facetOptions, outsideCount } from './facet-options.ts';

const upper = (value: string) => value.toUpperCase();
const values = (options: readonly { value: string }[]) => options.map(({ value }) => value);

describe('articles outside trade policy', () => {
  it('are counted whether the server writes its values as text or not', () => {
    expect(outsideCount({ relevant: [{ value: 'true', count: 9 }, { value: 'false', count: 4 }] })).toBe(4);
    expect(outsideCount({ relevant: [{ value: false, count: 4 }] })).toBe(4);
  });

  it('are none where nothing is known of them', () => {
    expect(outsideCount({ relevant: [{ value: 'true', count: 9 }] })).toBe(0);
    expect(outsideCount(undefined)).toBe(0);
  });
});

describe('the options of a filter', () => {
  it('come most frequent first, then by name', () => {
    expect(values(facetOptions([{ value: 'b', count: 2 }, { value: 'c', count: 9 }, { value: 'a', count: 2 }], [], upper))).toEqual(['c', 'a', 'b']);
  });

  it('follow a given order where the order means something', () => {
    expect(values(facetOptions([{ value: 'ended', count: 9 }, { value: 'proposed', count: 1 }, { value: 'new-stage', count: 3 }], [], upper, ['proposed', 'ended']))).toEqual(['proposed', 'ended', 'new-stage']);
  });

  it('keep a selected value that finds nothing any more', () => {
    expect(facetOptions([{ value: 'a', count: 2 }], ['z'], upper)).toEqual([
      { value: 'a', label: 'A', count: 2, isSelected: false },
      { value: 'z', label: 'Z', count: 0, isSelected: true },
    ]);
  });

  it('take the name of a source from the server', () => {
    expect(facetOptions([{ value: 'dof', count: 1, name: 'Diario Oficial' }], [], upper)[0]?.label).toBe('Diario Oficial');
  });
});
