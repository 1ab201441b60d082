import { createHash } from 'node:crypto';

/** Set once for tradewatch: names mean nothing outside it. */
const namespace = Buffer.from('6f1d5c0e9a1b4c7f8d2e3b4a5c6d7e8f', 'hex');

/** The UUID of a name (RFC 9562, version 5): the same parts give the same id on every machine. */
export function nameUuid(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
