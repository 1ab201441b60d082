// What hosts ask for in words (host-gaps.yaml), where robots.txt has no line for it.
import { parse } from 'yaml';
import { z } from 'zod';
import source from '../../host-gaps.yaml?raw';

const gaps = new Map(Object.entries(z.record(z.string().regex(/^[a-z0-9.-]+(?::\d+)?$/), z.number().positive().max(3600)).parse(parse(source))));

/** Milliseconds between two requests that this host wants at least; 0 where it does not say. */
export function statedGapMs(host: string): number {
  return (gaps.get(host) ?? 0) * 1000;
}
