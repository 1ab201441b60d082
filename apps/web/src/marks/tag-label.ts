import type { MarkDimension } from '../api/marks.ts';
import type { Names } from '../app/names.ts';

/** What a tag is called: developments by kind and stage. */
export function tagLabel(names: Names, dimension: MarkDimension, tag: string): string {
  if (dimension === 'relevant') return 'Trade policy';
  if (dimension !== 'development') return names.of(dimension, tag);
  const [kind = '', stage = ''] = tag.split(':');
  return `${names.of('development', kind)}: ${names.of('stage', stage).toLowerCase()}`;
}
