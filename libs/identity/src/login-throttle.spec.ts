import { describe, expect, it } from 'vitest';
import { LoginThrottle } from './login-throttle.ts';

const minute = 60_000;

describe('the login throttle', () => {
  it('lets ten failures through, then says how long to wait, then lets through again', () => {
    let now = 0;
    const throttle = new LoginThrottle({ failures: 10, windowMs: 15 * minute }, () => now);
    for (let attempt = 0; attempt < 10; attempt++, now += minute) expect(throttle.begin('a')).toBe(0);
    expect(throttle.begin('a')).toBe(5 * minute);
    expect(throttle.begin('b')).toBe(0);
    now = 15 * minute;
    expect(throttle.begin('a')).toBe(0);
    expect(throttle.begin('a')).toBe(minute);
  });

  it('forgets the failures of who succeeds', () => {
    const throttle = new LoginThrottle({ failures: 2, windowMs: minute }, () => 0);
    throttle.begin('a');
    throttle.begin('a');
    throttle.succeed('a');
    expect([throttle.begin('a'), throttle.begin('a')]).toEqual([0, 0]);
    expect(throttle.begin('a')).toBeGreaterThan(0);
  });

  it('keeps bounded memory under attempts from everywhere', () => {
    const throttle = new LoginThrottle({ failures: 1, windowMs: minute }, () => 0);
    for (let attacker = 0; attacker < 25_000; attacker++) throttle.begin(`key ${attacker}`);
    expect(throttle.size).toBeLessThanOrEqual(10_000);
    expect(throttle.begin('key 24999')).toBeGreaterThan(0);
  });
});
