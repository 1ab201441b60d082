import { describe, expect, it } from 'vitest';
import { generatePassword, hashPassword, verifyPassword } from './password.ts';

describe('a password', () => {
  it('is recognised by its hash, another is not, and two hashes of it differ', async () => {
    const [one, two] = await Promise.all([hashPassword('levy on steel'), hashPassword('levy on steel')]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('levy on steel', one)).toBe(true);
    expect(await verifyPassword('levy on steeL', one)).toBe(false);
    expect(await verifyPassword('', one)).toBe(false);
  });

  it('is the same however its accents were typed', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it('is generated to be read and typed, with at least 96 bits', () => {
    const passwords = Array.from({ length: 200 }, generatePassword);
    expect(new Set(passwords).size).toBe(200);
    for (const password of passwords) expect(password).toMatch(/^([2-9a-hjkmnp-tv-z]{4}-){4}[2-9a-hjkmnp-tv-z]{4}$/);
    const letters = new Set(passwords.join('').replaceAll('-', ''));
    expect(20 * Math.log2(letters.size)).toBeGreaterThanOrEqual(96);
  });

  it('with a hash of another make is refused as a fault of ours', async () => {
    await expect(verifyPassword('x', '$2b$10$abc')).rejects.toThrow('not one of ours');
  });
});
