import { describe, expect, it } from 'vitest';
import { isAllowedAddress } from './address-guard.ts';

const closedAlways = [
  ['0.0.0.0', 'this host'], ['0.1.2.3', 'this network'], ['169.254.1.1', 'link-local'], ['169.254.169.254', 'cloud metadata'],
  ['168.63.129.16', 'Azure wire server'], ['192.0.0.192', 'Oracle metadata'], ['192.0.2.1', 'documentation'], ['198.18.0.1', 'benchmarking'],
  ['198.51.100.7', 'documentation'], ['203.0.113.9', 'documentation'], ['224.0.0.1', 'multicast'], ['239.255.255.250', 'multicast'],
  ['240.0.0.1', 'reserved'], ['255.255.255.255', 'broadcast'], ['192.88.99.1', '6to4 relay'],
  ['::', 'unspecified'], ['fe80::1', 'link-local'], ['fe80::1%eth0', 'zone'], ['ff02::1', 'multicast'], ['fec0::1', 'site-local'],
  ['::ffff:169.254.169.254', 'mapped metadata'], ['::ffff:a9fe:a9fe', 'mapped metadata in hex'], ['::7f00:1', 'IPv4-compatible loopback'],
  ['64:ff9b::127.0.0.1', 'NAT64 loopback'], ['64:ff9b::a00:1', 'NAT64 private'], ['64:ff9b::169.254.169.254', 'NAT64 metadata'],
  ['64:ff9b:1::1', 'local NAT64'], ['2002:7f00:1::', '6to4 loopback'], ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
  ['2001:db8::1', 'documentation'], ['2001:2::1', 'benchmarking'], ['100::1', 'discard'], ['2606:4700::5efe:7f00:1', 'ISATAP'],
  ['fd00:ec2::254', 'AWS metadata'], ['::ffff:0:127.0.0.1', 'translated'], ['4000::1', 'not assigned'],
  ['127.1', 'short form'], ['2130706433', 'decimal'], ['0177.0.0.1', 'octal'], ['0x7f.0.0.1', 'hex'], ['', 'nothing'], ['localhost', 'a name'],
] as const;

const closedByDefault = [
  ['127.0.0.1', 'loopback'], ['127.255.255.254', 'loopback'], ['10.0.0.1', 'private'], ['172.16.0.1', 'private'], ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'], ['100.64.0.1', 'carrier-grade NAT'], ['100.100.100.200', 'Alibaba metadata in carrier-grade NAT'],
  ['::1', 'loopback'], ['fc00::1', 'unique local'], ['fd12:3456::1', 'unique local'], ['::ffff:127.0.0.1', 'mapped loopback'],
  ['::ffff:7f00:1', 'mapped loopback in hex'], ['::ffff:10.0.0.1', 'mapped private'], ['[::1]', 'loopback in brackets'],
] as const;

const open = ['93.184.216.34', '8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8', '64:ff9b::808:808'];

describe('the address guard', () => {
  it.each(closedAlways)('refuses %s (%s) under either policy', (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
    expect(isAllowedAddress(address, true)).toBe(false);
  });

  it.each(closedByDefault)('refuses %s (%s) unless private networks are allowed', (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
    expect(isAllowedAddress(address, true)).toBe(true);
  });

  it.each(open)('lets the public address %s pass', (address) => {
    expect(isAllowedAddress(address, false)).toBe(true);
  });
});
