import { describe, expect, it } from 'vitest';
import { returnAddress, signInAddress } from './return-address.ts';

describe('the return address of a sign-in', () => {
  it('brings a reader back to the page with its filters', () => {
    const address = signInAddress({ pathname: '/articles', search: '?sector=automotive&q=steel' });
    expect(returnAddress(new URL(address, 'http://app').searchParams)).toBe('/articles?sector=automotive&q=steel');
  });

  it('leaves the plain start page out of the address', () => {
    expect(signInAddress({ pathname: '/', search: '' })).toBe('/sign-in');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example', '/sign-in?return=x', ''])('does not follow %j', (target) => {
    expect(returnAddress(new URLSearchParams({ return: target }))).toBe('/articles');
  });
});
