import ipaddr from 'ipaddr.js';

/** Cloud metadata services that answer on addresses of ordinary ranges. */
const metadataAddresses = new Set(['168.63.129.16', '169.254.169.254', 'fd00:ec2::254', 'fd20:ce::254']);

const privateRanges = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * Whether a connection to this IP address may be made. Only addresses that are globally reachable pass (IANA special-purpose
 * registries, RFC 6890); `allowPrivate` adds loopback, RFC 1918, RFC 4193 and RFC 6598, but never link-local, metadata services,
 * multicast or reserved ranges. Addresses that carry an IPv4 address inside (mapped, NAT64) are judged by that address; tunnels (6to4,
 * Teredo, ISATAP) and local NAT64 prefixes never pass. What is not an IP address does not pass.
 */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  if (bare.includes('%') || !ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return ipaddr.IPv4.isValidFourPartDecimal(bare) && isAllowedIPv4(parsed, allowPrivate);
  return isAllowedIPv6(parsed as ipaddr.IPv6, allowPrivate);
}

function isAllowedIPv4(address: ipaddr.IPv4, allowPrivate: boolean): boolean {
  if (metadataAddresses.has(address.toString())) return false;
  const range = address.range();
  return range === 'unicast' || (allowPrivate && privateRanges.has(range));
}

function isAllowedIPv6(address: ipaddr.IPv6, allowPrivate: boolean): boolean {
  if (metadataAddresses.has(address.toString())) return false;
  if (address.isIPv4MappedAddress()) return isAllowedIPv4(address.toIPv4Address(), allowPrivate);
  const parts = address.parts;
  const isNat64 = parts[0] === 0x64 && parts[1] === 0xff9b && parts.slice(2, 6).every((part) => part === 0);
  if (isNat64) return isAllowedIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)), false);
  const isIsatap = (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;
  if (isIsatap) return false;
  const range = address.range();
  if (allowPrivate && privateRanges.has(range)) return true;
  const isGlobalUnicast = (parts[0] ?? 0) >> 13 === 1; // 2000::/3, the only block IANA has given out
  return range === 'unicast' && isGlobalUnicast;
}
