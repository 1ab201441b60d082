// PostgreSQL stores neither NUL nor half of a surrogate pair, and hostile or broken pages contain both.
import { storableText } from '@tradewatch/database';

/** JSON of a value in which every string, keys included, is storable text. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON.stringify escapes exactly what is not storable; an escaped backslash before "u" is a false alarm that costs time only.
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return json;
  return JSON.stringify(cleaned(JSON.parse(json)));
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), cleaned(inner)]));
}
