// What a person may say of a source over REST, and what they are shown of it.
import { z } from 'zod';
import { formatInterval } from './poll-interval.ts';
import { stateOf, type Source, type SourceDefinition } from './source.ts';
import { checkSource, sourceFields, sourceIdSchema } from './source-fields.ts';

/** Somebody's own source may be asked every minute; the catalog's may not. */
const shortestIntervalSeconds = 60;

export const newSourceSchema = z.object({ id: sourceIdSchema.optional(), ...sourceFields(shortestIntervalSeconds) }).superRefine(checkSource);
/** The id stands in the address; in the body it is allowed and must be no other. */
export const changedSourceSchema = newSourceSchema;
export type SourceBody = z.infer<typeof newSourceSchema>;

export function definitionOf(id: string, { interval, id: _id, ...fields }: SourceBody): SourceDefinition {
  return { ...fields, id, intervalSeconds: interval };
}

/** An id made of a name's letters and digits; '' where it has none. */
export function idFromName(name: string): string {
  return name.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '').slice(0, 64).replace(/-+$/, '');
}

/** A source as REST shows it. */
export function toSourceView(source: Source) {
  const { id, name, kind, url, selectors, fallbacks, jurisdiction, language, authority, alertOnBackfill, enabled, fullText, pageSelectors, folder, notes } = source;
  const { lastPolledAt, lastSucceededAt, lastNewEntryAt, nextPollAt, consecutiveFailures, errorCode, errorMessage, failingSince, gaps, articleCount } = source;
  return {
    id, name, kind, url, selectors, fallbacks, jurisdiction, language, authority, interval: formatInterval(source.intervalSeconds), alertOnBackfill, enabled, fullText, pageSelectors, folder, notes,
    health: { state: stateOf(source), lastPolledAt, lastSucceededAt, lastNewEntryAt, nextPollAt: enabled ? nextPollAt : null, consecutiveFailures, errorCode, errorMessage, failingSince, gaps, articleCount },
  };
}

export type SourceView = ReturnType<typeof toSourceView>;
