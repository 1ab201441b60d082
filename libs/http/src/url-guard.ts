import { isIP } from 'node:net';
import { isAllowedAddress } from './address-guard.ts';
import { HttpError } from './http-error.ts';

export interface UrlPolicy {
  readonly allowPrivateNetworks: boolean;
}

const usualPorts = new Set(['', '80', '443', '8000', '8008', '8080', '8443']);
const maxUrlLength = 4096;

/**
 * Parses and checks one URL before anything is sent: http(s), a usual port (any with private networks allowed), no credentials, and no
 * address literal outside the policy. The WHATWG parser has by then turned decimal, octal, hex and short IPv4 forms into dotted ones.
 * @throws HttpError `invalid-url`, `blocked-scheme`, `blocked-port`, `blocked-credentials`, `blocked-address`
 */
export function checkUrl(input: string | URL, policy: UrlPolicy, base?: URL): URL {
  const text = String(input);
  if (text.length > maxUrlLength) throw refusal('invalid-url', text, `The address is longer than ${maxUrlLength} characters`);
  const url = parse(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal('blocked-scheme', text, `The address uses ${url.protocol} where only http: and https: are allowed`);
  }
  if (url.username !== '' || url.password !== '') throw refusal('blocked-credentials', redacted(url), 'The address carries a user name or password');
  if (!isAllowedPort(url.port, policy)) throw refusal('blocked-port', text, `Port ${url.port} is not a usual web port`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowedAddress(host, policy.allowPrivateNetworks)) throw blockedAddress(url.href, host);
  return url;
}

export function isAllowedPort(port: string, policy: UrlPolicy): boolean {
  return policy.allowPrivateNetworks || usualPorts.has(port);
}

export function blockedAddress(url: string, address: string): HttpError {
  return refusal('blocked-address', url, `The address leads into a private or reserved network (${address})`);
}

function parse(text: string, base: URL | undefined): URL {
  try {
    return new URL(text, base);
  } catch (cause) {
    throw new HttpError({ code: 'invalid-url', message: `Not a web address: ${text.slice(0, 200)}`, retryable: false, url: text, cause });
  }
}

function redacted(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
}

function refusal(code: 'invalid-url' | 'blocked-scheme' | 'blocked-port' | 'blocked-credentials' | 'blocked-address', url: string, message: string): HttpError {
  return new HttpError({ code, message, retryable: false, url: url.slice(0, maxUrlLength) });
}
