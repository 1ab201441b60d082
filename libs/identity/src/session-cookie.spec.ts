import { describe, expect, it } from 'vitest';
import { endedSessionCookie, sessionCookie, sessionTokenIn } from './session-cookie.ts';

describe('the session cookie', () => {
  it('is found among others, and only by its whole name', () => {
    expect(sessionTokenIn('theme=dark; tradewatch_session=abc-_1; x=y')).toBe('abc-_1');
    expect(sessionTokenIn('xtradewatch_session=abc; tradewatch_session2=abc')).toBeNull();
    expect(sessionTokenIn('tradewatch_session=')).toBeNull();
    expect(sessionTokenIn('tradewatch_session')).toBeNull();
    expect(sessionTokenIn(undefined)).toBeNull();
  });

  it('is kept from scripts and other sites, and from plain http when it came over https', () => {
    const at = new Date('2026-12-24T00:00:00Z');
    expect(sessionCookie('abc', at, false)).toBe('tradewatch_session=abc; Path=/; Expires=Thu, 24 Dec 2026 00:00:00 GMT; HttpOnly; SameSite=Strict');
    expect(sessionCookie('abc', at, true)).toMatch(/; Secure$/);
    expect(endedSessionCookie(false)).toContain('Expires=Thu, 01 Jan 1970');
  });
});
