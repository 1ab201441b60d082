// Dates as they are found, not as RFC 822 and RFC 3339 wish. What was read is told apart from what was guessed.
import type { DateConfidence } from '@tradewatch/events';
import { collapse } from './clean-html.ts';
import { afternoonWords, fillerWords, monthByWord, morningWords, offsetByZone } from './date-words.ts';

export interface FeedDate {
  /** ISO 8601 in UTC, or null. */
  readonly iso: string | null;
  readonly confidence: DateConfidence;
}

export interface DateContext {
  readonly now: Date;
  readonly language?: string | undefined;
}

const absent: FeedDate = { iso: null, confidence: 'absent' };
const longestDate = 120;
const toleratedSkewMs = 60_000;
const iso = /^(\d{4})(?:-?(\d{3})(?!\d)|-?(\d{2})(?:-?(\d{2}))?)?(?:(?:[T\s]\s*|\s*T\s*)(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?)?\s*(.*)$/i;

/**
 * Reads one date. A date with zone, or in a form that leaves nothing open, is `stated`; one whose zone, order or digits had to be
 * guessed is `guessed`, as is one in the future, which becomes now.
 */
export function parseFeedDate(raw: string | null | undefined, context: DateContext): FeedDate {
  const text = collapse((raw ?? '').slice(0, longestDate + 1));
  if (text === '' || text.length > longestDate) return absent;
  const parsed = parseRfc822(text) ?? parseIso(text) ?? parseWords(text, context.language);
  if (parsed === undefined) return absent;
  const { time, guessed } = parsed;
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return absent;
  const limit = context.now.getTime();
  if (time > limit + toleratedSkewMs) return { iso: context.now.toISOString(), confidence: 'guessed' };
  return { iso: new Date(time).toISOString(), confidence: guessed ? 'guessed' : 'stated' };
}

const rfc822 = /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (GMT|UTC|EST|EDT|Z|[+-]\d{4})$/;

/** The form nearly every RSS feed uses, read without detours. */
function parseRfc822(text: string): Parsed | undefined {
  const match = rfc822.exec(text);
  if (match === null) return undefined;
  const month = monthByWord.get(match[2]?.toLowerCase() ?? '');
  const zone = parseZone(match[7] ?? '');
  if (month === undefined || zone === undefined) return undefined;
  const clock = { hour: Number(match[4]), minute: Number(match[5]), second: Number(match[6] ?? 0), ms: 0 };
  const time = utc(Number(match[3]), month, Number(match[1]), clock, zone);
  return time === undefined ? undefined : { time, guessed: false };
}

interface Parsed {
  readonly time: number;
  readonly guessed: boolean;
}

function parseIso(text: string): Parsed | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, year, dayOfYear, month, day, hour, minute, second, fraction, rest = ''] = match;
  const isCompact = /^\d{5,}/.test(text);
  if (isCompact && !/^\d{8}(?:\D|$|\d{4,6})/.test(text) && dayOfYear === undefined) return epoch(text);
  if (isCompact && dayOfYear === undefined && !isPlausible(Number(year), Number(month ?? 1), Number(day ?? 1))) return epoch(text);
  const zone = parseZone(rest);
  if (rest !== '' && (zone === undefined || (hour === undefined && !/^(?:z|[+-]\d{2}:\d{2})$/i.test(rest)))) return undefined;
  const clock = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0), ms: milliseconds(fraction) };
  const date = dayOfYear === undefined ? { month: Number(month ?? 1), day: Number(day ?? 1) } : { month: 1, day: Number(dayOfYear) };
  const time = utc(Number(year), date.month, date.day, clock, zone ?? 0, dayOfYear !== undefined);
  if (time === undefined) return undefined;
  // A day without a time is what W3CDTF calls complete; a time without a zone is not.
  return { time, guessed: (hour !== undefined && zone === undefined) || (day === undefined && dayOfYear === undefined) };
}

function isPlausible(year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Seconds or milliseconds since 1970, as some generators write. */
function epoch(text: string): Parsed | undefined {
  if (!/^\d{9,13}$/.test(text)) return undefined;
  const value = Number(text);
  return { time: text.length > 11 ? value : value * 1000, guessed: true };
}

interface Clock {
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
}

function utc(year: number, month: number, day: number, clock: Clock, zone: number, lenientDay = false): number | undefined {
  if (month < 1 || month > 12 || day < 1 || clock.hour > 24 || clock.minute > 59 || clock.second > 60) return undefined;
  if (!lenientDay && day > 31) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(clock.hour, clock.minute - zone, Math.min(clock.second, 59), clock.ms);
  return date.getTime();
}

/** Minutes east of Greenwich; undefined where the text is not a zone, which is not the same as zero. */
function parseZone(text: string): number | undefined {
  const known = offsetByZone.get(text.toLowerCase());
  if (known !== undefined) return known;
  const zone = text.trim().replace(/^\((.*)\)$/, '$1').trim();
  if (zone === '') return undefined;
  const numeric = /^(?:gmt|utc|ut|z)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?:\s*\(?[a-z ]{0,30}\)?)?$/i.exec(zone);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return minutes > 24 * 60 ? undefined : numeric[1] === '-' ? -minutes : minutes;
  }
  const plain = zone.toLowerCase().replace(/^(?:etc|us|america|canada)\//, '').replace(/[.()]/g, '');
  return offsetByZone.get(plain) ?? offsetByZone.get(plain.split(/[\s/]/)[0] ?? '') ?? placeOffsets[plain];
}

const placeOffsets: Readonly<Record<string, number>> = { eastern: -300, new_york: -300, toronto: -300, central: -360, chicago: -360, mexico_city: -360, mountain: -420, denver: -420, pacific: -480, los_angeles: -480 };

interface Findings extends Clock {
  year?: number;
  month?: number;
  day?: number;
  zone?: number;
  meridiem?: 'am' | 'pm';
  guessed: boolean;
  hasTime: boolean;
}

/** Any order of day, month word, year, time and zone; then days in figures with slashes, dots or dashes. */
function parseWords(text: string, language: string | undefined): Parsed | undefined {
  const found: Findings = { hour: 0, minute: 0, second: 0, ms: 0, guessed: false, hasTime: false };
  let rest = takeTime(withoutAccents(text.toLowerCase()).replace(/\bat (?=\d)/, ' '), found);
  rest = takeFigures(rest, found, language);
  for (const word of rest.split(/[\s,;|]+|(?<=\d)(?=\p{L}{3})|(?<=\p{L}{3})(?=\d)|(?<=\d)[-/.](?=\p{L})|(?<=\p{L})[-/.](?=\d)/u)) readWord(word, found);
  if (found.month === undefined || found.year === undefined) return undefined;
  if (found.meridiem === 'pm' && found.hour < 12) found.hour += 12;
  if (found.meridiem === 'am' && found.hour === 12) found.hour = 0;
  const time = utc(found.year, found.month, found.day ?? 1, found, found.zone ?? 0);
  if (time === undefined) return undefined;
  return { time, guessed: found.guessed || found.day === undefined || (found.hasTime && found.zone === undefined) };
}

function takeTime(text: string, found: Findings): string {
  const match = /(?<![:\d])t?(\d{1,2})\s?(?::|h(?=\s?\d)|시)\s?(\d{1,2})(?:\s?(?::|분)\s?(\d{1,2})(?:[.,](\d{1,9}))?)?(?:초)?(?![:\d])\s?([ap])?(?:\.?m\b\.?)?/.exec(text);
  if (match === null) return takeBareHour(text, found);
  found.hour = Number(match[1]);
  found.minute = Number(match[2]);
  found.second = Number(match[3] ?? 0);
  found.ms = milliseconds(match[4]);
  found.hasTime = true;
  if (/[ap]\.?m\b\.?$/.test(match[0])) found.meridiem = match[5] === 'p' ? 'pm' : 'am';
  const consumed = found.meridiem === undefined ? match[0].replace(/\s?[ap]$/, '') : match[0];
  const after = text.slice(match.index + consumed.length);
  const zone = /^\s*((?:gmt|utc|ut|z)?\s*[+-]\s*\d{1,2}(?::?\d{2})?)(?!\d)(?:\s*\([a-z ]{1,40}\))?/.exec(after);
  if (zone?.[1] !== undefined) {
    const offset = parseZone(zone[1]);
    if (offset !== undefined) found.zone = offset;
    return `${text.slice(0, match.index)} ${after.slice(zone[0].length)}`;
  }
  return `${text.slice(0, match.index)} ${after}`;
}

function takeBareHour(text: string, found: Findings): string {
  const match = /\b(\d{1,2})\s?([ap])\.?m\b\.?|\bt?(\d{2})(\d{2})(\d{2})z\b/.exec(text);
  if (match === null) return text;
  found.hasTime = true;
  if (match[1] !== undefined) {
    found.hour = Number(match[1]);
    found.meridiem = match[2] === 'p' ? 'pm' : 'am';
  } else {
    found.hour = Number(match[3]);
    found.minute = Number(match[4]);
    found.second = Number(match[5]);
    found.zone = 0;
  }
  return text.replace(match[0], ' ');
}

function takeFigures(text: string, found: Findings, language: string | undefined): string {
  const yearFirst = /(\d{4})\s?[-/.년]\s?0?(\d{1,2})\s?[-/.월]\s?(\d{1,2})일?/.exec(text);
  if (yearFirst) {
    found.year = Number(yearFirst[1]);
    found.month = Number(yearFirst[2]);
    found.day = Number(yearFirst[3]);
    if (/[년월일]|오[전후]/.test(text)) found.zone ??= 540; // Korean sites leave their zone out
    return text.replace(yearFirst[0], ' ');
  }
  const yearShort = /^(\d{2})-?(0[1-9]|1[0-2])-?(\d{2})$/.exec(text.trim());
  if (yearShort && (!text.includes('-') || Number(yearShort[3]) > 27)) {
    Object.assign(found, { year: fullYear(yearShort[1] ?? ''), month: Number(yearShort[2]), day: Number(yearShort[3]), guessed: true });
    return '';
  }
  const yearLast = /(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)/.exec(text);
  if (yearLast === null) return text;
  const first = Number(yearLast[1]);
  const second = Number(yearLast[3]);
  const monthFirst = second > 12 || (first <= 12 && yearLast[2] === '/' && (language ?? 'en').startsWith('en'));
  found.year = fullYear(yearLast[4] ?? '');
  found.month = monthFirst ? first : second;
  found.day = monthFirst ? second : first;
  found.guessed ||= (first <= 12 && second <= 12 && first !== second) || yearLast[4]?.length === 2;
  return text.replace(yearLast[0], ' ');
}

function readWord(written: string, found: Findings): void {
  const word = written.replace(/^[.(]+|[.)]+$/g, '');
  if (word === '') return;
  if (/^\d+$/.test(word)) {
    readNumber(word, found);
    return;
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|o|ro|º|ª)$/.exec(word)?.[1];
  if (ordinal !== undefined) {
    found.day ??= Number(ordinal);
    return;
  }
  const month = monthByWord.get(word);
  if (month !== undefined && found.month === undefined) {
    found.month = month;
    return;
  }
  if (afternoonWords.has(word) && found.hasTime) found.meridiem = 'pm';
  else if (morningWords.has(word) && found.hasTime) found.meridiem = 'am';
  else if (found.zone === undefined && (found.hasTime || found.year !== undefined)) {
    const zone = parseZone(word);
    if (zone !== undefined) found.zone = zone;
    else found.guessed ||= !fillerWords.has(word);
  } else {
    found.guessed ||= !fillerWords.has(word) && parseZone(word) === undefined;
  }
}

function readNumber(word: string, found: Findings): void {
  const value = Number(word);
  if (word.length === 4 && found.year === undefined) found.year = value;
  else if (word.length <= 2 && found.day === undefined && value >= 1 && value <= 31 && !(word.length === 2 && found.year === undefined && value > 31)) found.day = value;
  else if (word.length === 2 && found.year === undefined) {
    found.year = fullYear(word);
  } else {
    found.guessed = true;
  }
}

/** RFC 2822, 4.3: two digits 00..49 are 20xx, others 19xx. */
function fullYear(digits: string): number {
  const value = Number(digits);
  return digits.length > 2 ? value : value < 70 ? 2000 + value : 1900 + value;
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');
}
