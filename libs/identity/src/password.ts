import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// One of the equally strong settings of the OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3. It takes 32 MiB a hash, so
// that the four threads Node hashes on stay within 128 MiB.
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const keyLength = 32;

/** @returns a hash that names its own parameters: `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(normal(password), salt, keyLength, options(cost));
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password is the hashed one. Costs the same for a wrong one as for the right one. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || !N || !r || !p || !salt || !key) throw new Error('A stored password hash is not one of ours.');
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(normal(password), Buffer.from(salt, 'base64url'), expected.length, options({ N: Number(N), r: Number(r), p: Number(p) }));
  return timingSafeEqual(actual, expected);
}

// Letters and digits that nobody takes for one another (no 0 o 1 l i u): 30 of them, 20 drawn, 98 bits.
const alphabet = '23456789abcdefghjkmnpqrstvwxyz';

/** A password to be read and typed by a person: five groups of four, 98 bits. */
export function generatePassword(): string {
  const characters = Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)]!);
  return [0, 4, 8, 12, 16].map((start) => characters.slice(start, start + 4).join('')).join('-');
}

/** The same password typed on two keyboards can differ in its code points (RFC 8265 takes NFC). */
const normal = (password: string): string => password.normalize('NFC');

function options({ N, r, p }: { N: number; r: number; p: number }): ScryptOptions {
  return { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 };
}
