import { weekdays, type Subscription, type SubscriptionBody, type SubscriptionFilter, type Weekday } from '../api/subscriptions.ts';
import type { ArticleSearch } from '../articles/article-search.ts';

/** A subscription as its form holds it: every field present, nothing optional. */
export interface SubscriptionValues extends Record<string, unknown> {
  name: string;
  enabled: boolean;
  filter: FilterValues;
  channelIds: string[];
  mode: { type: 'instant' | 'digest'; at: string; days: Weekday[]; timeZone: string };
  hasQuietHours: boolean;
  quietHours: { from: string; to: string; timeZone: string };
}

export interface FilterValues {
  sectors: string[];
  topics: string[];
  authorities: string[];
  jurisdictions: string[];
  developments: { kind: string; stages: string[] }[];
  sources: string[];
  languages: string[];
  query: string;
  htsPrefixes: string[];
}

/** The fields that show errors beside themselves, as the server names them. */
export const subscriptionFields = [
  'name', 'filter', 'filter.sectors', 'filter.topics', 'filter.authorities', 'filter.jurisdictions', 'filter.developments', 'filter.sources', 'filter.languages',
  'filter.query', 'filter.htsPrefixes', 'channelIds', 'mode.at', 'mode.days', 'mode.timeZone', 'quietHours.from', 'quietHours.to', 'quietHours.timeZone',
] as const;

const emptyFilter = (): FilterValues => ({ sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [], sources: [], languages: [], query: '', htsPrefixes: [] });

export function newValues(timeZone: string): SubscriptionValues {
  return {
    name: '',
    enabled: true,
    filter: emptyFilter(),
    channelIds: [],
    mode: { type: 'instant', at: '08:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'], timeZone },
    hasQuietHours: false,
    quietHours: { from: '22:00', to: '07:00', timeZone },
  };
}

export function valuesFrom(subscription: Subscription, timeZone: string): SubscriptionValues {
  const { name, enabled, filter, channelIds, mode, quietHours } = subscription;
  const base = newValues(timeZone);
  return {
    name,
    enabled,
    filter: {
      sectors: [...(filter.sectors ?? [])],
      topics: [...(filter.topics ?? [])],
      authorities: [...(filter.authorities ?? [])],
      jurisdictions: [...(filter.jurisdictions ?? [])],
      developments: (filter.developments ?? []).map(({ kind, stages }) => ({ kind, stages: [...(stages ?? [])] })),
      sources: [...(filter.sources ?? [])],
      languages: [...(filter.languages ?? [])],
      query: filter.query ?? '',
      htsPrefixes: [...(filter.htsPrefixes ?? [])],
    },
    channelIds: [...channelIds],
    // A digest without days is one for every day.
    mode: mode.type === 'digest' ? { ...mode, days: [...(mode.days ?? weekdays)] } : base.mode,
    hasQuietHours: quietHours !== null,
    quietHours: quietHours ?? base.quietHours,
  };
}

/** The filter as the server takes it: fields without a choice are left out. */
export function filterBody(filter: FilterValues): SubscriptionFilter {
  const developments = filter.developments.map(({ kind, stages }) => (stages.length === 0 ? { kind } : { kind, stages }));
  const query = filter.query.trim();
  const { sectors, topics, authorities, jurisdictions, sources, languages, htsPrefixes } = filter;
  const lists = { sectors, topics, authorities, jurisdictions, sources, languages, htsPrefixes };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...(developments.length > 0 ? { developments } : {}),
    ...(query === '' ? {} : { query }),
  };
}

export const isEmptyFilter = (filter: FilterValues) => Object.keys(filterBody(filter)).length === 0;

export function subscriptionBody(values: SubscriptionValues): SubscriptionBody {
  const { type, at, days, timeZone } = values.mode;
  return {
    name: values.name.trim(),
    filter: filterBody(values.filter),
    channelIds: values.channelIds,
    mode: type === 'instant' ? { type } : { type, at, timeZone, ...(days.length < weekdays.length ? { days: weekdays.filter((day) => days.includes(day)) } : {}) },
    ...(values.hasQuietHours ? { quietHours: values.quietHours } : {}),
    enabled: values.enabled,
  };
}

/** The filter that alerts on what a search shows. Stages chosen without a kind hold for every kind. */
export function filterFromSearch({ q, values }: ArticleSearch, allKinds: readonly string[]): FilterValues {
  const kinds = values.development.length > 0 ? values.development : values.stage.length > 0 ? allKinds : [];
  return {
    sectors: [...values.sector],
    topics: [...values.topic],
    authorities: [...values.authority],
    jurisdictions: [...values.jurisdiction],
    developments: kinds.map((kind) => ({ kind, stages: [...values.stage] })),
    sources: [...values.source],
    languages: [...values.language],
    query: q,
    htsPrefixes: [],
  };
}
