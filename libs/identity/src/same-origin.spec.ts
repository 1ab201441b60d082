import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

describe('a request with a cookie', () => {
  it.each([
    [{ fetchSite: 'same-origin' }, true],
    [{ fetchSite: 'none' }, true],
    [{ fetchSite: 'same-site' }, false],
    [{ fetchSite: 'cross-site' }, false],
    [{ fetchSite: 'cross-site', origin: 'http://desk.example:3000' }, false],
    [{ origin: 'http://desk.example:3000' }, true],
    [{ origin: 'https://Desk.example:3000' }, true],
    [{ origin: 'http://desk.example' }, false],
    [{ origin: 'http://desk.example:3000.evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{}, true],
  ])('with %j is same-origin: %s', (headers, expected) => {
    expect(isSameOrigin({ ...headers, host: 'desk.example:3000' })).toBe(expected);
  });
});
