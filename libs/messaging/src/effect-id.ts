import { createHash } from 'node:crypto';

/**
 * The id of an effect, made from what names it (a UUID of version 5 style, RFC 9562): the same parts always give the
 * same id, so that doing it again is seen to be the same thing.
 */
export function effectId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha1').update(JSON.stringify(parts)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
