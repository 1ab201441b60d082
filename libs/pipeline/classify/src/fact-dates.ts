/** Dates as articles write them in three languages, and what the words before them say they are. */

const months = [
  ['january', 'jan', 'enero', 'ene', 'janvier', 'janv'], ['february', 'feb', 'febrero', 'fevrier', 'fevr'], ['march', 'mar', 'marzo', 'mars'], ['april', 'apr', 'abril', 'abr', 'avril', 'avr'],
  ['may', 'mayo', 'mai'], ['june', 'jun', 'junio', 'juin'], ['july', 'jul', 'julio', 'juillet', 'juil'], ['august', 'aug', 'agosto', 'ago', 'aout'],
  ['september', 'sept', 'sep', 'septiembre', 'septembre'], ['october', 'oct', 'octubre', 'octobre'], ['november', 'nov', 'noviembre', 'novembre'], ['december', 'dec', 'diciembre', 'dic', 'decembre'],
];
const monthOf = new Map(months.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])));
const monthNames = '(jan(?:uary|vier|v)?|ene(?:ro)?|feb(?:ruary|rero)?|f[eé]vr(?:ier)?|mar(?:ch|zo|s)?|apr(?:il)?|abr(?:il)?|avr(?:il)?|may(?:o)?|mai|june?|junio|juin|jul(?:y|io)?|juil(?:let)?|aug(?:ust)?|ago(?:sto)?|ao[uû]t|sept?(?:ember|iembre|embre)?|oct(?:ober|ubre|obre)?|nov(?:ember|iembre|embre)?|dec(?:ember)?|d[eé]c(?:embre)?|dic(?:iembre)?)\\.?';

/** The beginning of a month's name in one of the languages; a cheap first look. */
export const monthStart = /^(jan|ene|feb|f[eé]v|mar|apr|abr|avr|may|mai|jun|juin|jul|juil|aug|ago|ao[uû]|sep|oct|nov|dec|d[eé]c|dic)/i;

const isoDate = /(\d{4})-(\d{2})-(\d{2})(?!\d)/y;
const dayFirst = new RegExp(`(\\d{1,2})(?:er|º|°)?\\s(?:de\\s)?${monthNames}(?![\\p{L}])(?:,?\\s(?:de(?:l)?\\s)?(\\d{4}))?`, 'iuy');
const monthFirst = new RegExp(`${monthNames}\\s(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(\\d{4}))?`, 'iuy');

const roles: readonly (readonly [string, RegExp])[] = [
  ['comment-deadline', /(comment|coment|observaci|commentaires|avis seront|written submissions)[^.]{0,40}$/i],
  ['hearing', /(hearing|audiencia|audience)[^.]{0,40}$/i],
  ['sunset', /(expir|vence|sunset|lapse|prend(?:ra)? fin|until|hasta|jusqu)[^.]{0,30}$/i],
  ['effective', /(effect|in force|into force|vigor|vigueur|a partir del?|à (?:partir|compter) du|starting|beginning|from|desde|d[eè]s le|begin|start|apply|applies|appliqu|aplica|since|depuis)[^.]{0,30}$/i],
];

interface ReadDate {
  readonly value: string;
  readonly role?: string | undefined;
  readonly start: number;
  readonly end: number;
}

function normal(year: string | undefined, month: number, day: string): string | undefined {
  const number = Number(day);
  if (number < 1 || number > 31) return undefined;
  const rest = `${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`;
  return year === undefined ? `--${rest}` : `${year}-${rest}`;
}

function monthNumber(name: string): number | undefined {
  return monthOf.get(name.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f.]/g, ''));
}

/**
 * The date at the number that stands at `number` of `around`; its value is ISO 8601, `--MM-DD` where the text gives no year.
 * The role is what the words just before it say: effective, comment-deadline, hearing or sunset.
 */
export function readDate(around: string, number: number): ReadDate | undefined {
  isoDate.lastIndex = number;
  const iso = isoDate.exec(around);
  if (iso) return dated(around, iso.index, iso[0].length, normal(iso[1], Number(iso[2]), iso[3]!));
  dayFirst.lastIndex = number;
  const leading = dayFirst.exec(around);
  const leadingMonth = leading && monthNumber(leading[2]!);
  if (leading && leadingMonth) return dated(around, leading.index, leading[0].length, normal(leading[3], leadingMonth, leading[1]!));
  for (let index = Math.max(0, number - 11); index < number; index++) {
    if (index > 0 && /\p{L}/u.test(around[index - 1]!)) continue;
    monthFirst.lastIndex = index;
    const match = monthFirst.exec(around);
    const month = match && monthNumber(match[1]!);
    if (match && month && match.index + match[0].length > number) return dated(around, match.index, match[0].length, normal(match[3], month, match[2]!));
  }
  return undefined;
}

function dated(around: string, start: number, length: number, value: string | undefined): ReadDate | undefined {
  if (value === undefined) return undefined;
  const before = around.slice(0, start);
  return { value, role: roles.find(([, words]) => words.test(before))?.[0], start, end: start + length };
}
