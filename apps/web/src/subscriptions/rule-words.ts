import { weekdays, type DeliveryMode, type QuietHours, type SubscriptionFilter, type Weekday } from '../api/subscriptions.ts';
import { languageName, type Names } from '../app/names.ts';

/** A condition of a rule in words: "Sector" is "Automotive" or "Energy". */
export interface Condition {
  readonly subject: string;
  readonly values: readonly string[];
}

/** A filter as a reader would say it; all conditions must hold, any value of each is enough. */
export function conditionsOf(filter: SubscriptionFilter, names: Names, sourceName: (id: string) => string): Condition[] {
  const developments = (filter.developments ?? []).map(({ kind, stages = [] }) => {
    const name = names.of('development', kind);
    return stages.length === 0 ? name : `${name} (${stages.map((stage) => names.of('stage', stage).toLowerCase()).join(', ')})`;
  });
  const conditions: Condition[] = [
    { subject: 'Development', values: developments },
    { subject: 'Topic', values: (filter.topics ?? []).map((id) => names.of('topic', id)) },
    { subject: 'Sector', values: (filter.sectors ?? []).map((id) => names.of('sector', id)) },
    { subject: 'Jurisdiction', values: (filter.jurisdictions ?? []).map((id) => names.of('jurisdiction', id)) },
    { subject: 'Legal authority', values: (filter.authorities ?? []).map((id) => names.of('authority', id)) },
    { subject: 'HTS code', values: filter.htsPrefixes ?? [] },
    { subject: 'Words', values: filter.query === undefined || filter.query === '' ? [] : [`“${filter.query}”`] },
    { subject: 'Source', values: (filter.sources ?? []).map(sourceName) },
    { subject: 'Language', values: (filter.languages ?? []).map(languageName) },
  ];
  return conditions.filter(({ values }) => values.length > 0);
}

export const dayNames: Readonly<Record<Weekday, string>> = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' };

/** "As it happens", or "Digest at 08:00, Mon–Fri (New York)". */
export function modeWords(mode: DeliveryMode): string {
  if (mode.type === 'instant') return 'As it happens';
  return `Digest at ${mode.at}, ${daysWords(mode.days)} (${zoneWords(mode.timeZone)})`;
}

export function quietWords(quiet: QuietHours): string {
  return `Quiet ${quiet.from}–${quiet.to} (${zoneWords(quiet.timeZone)})`;
}

/** Three or more days in a row as a range, others one by one. */
export function daysWords(days: readonly Weekday[] | undefined): string {
  const chosen = weekdays.filter((day) => days === undefined || days.includes(day));
  if (chosen.length === 0 || chosen.length === weekdays.length) return 'every day';
  const first = chosen[0]!;
  const last = chosen.at(-1)!;
  const isRun = weekdays.indexOf(last) - weekdays.indexOf(first) === chosen.length - 1;
  return isRun && chosen.length > 2 ? `${dayNames[first]}–${dayNames[last]}` : chosen.map((day) => dayNames[day]).join(', ');
}

const zoneWords = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
