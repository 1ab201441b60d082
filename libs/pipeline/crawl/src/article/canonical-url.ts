// One page, one address: what links of the same page differ in without leading anywhere else is taken away.
import { createHash } from 'node:crypto';

const trackingParameters = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|twclid|igshid|mc_cid|mc_eid|cmpid|ocid|ncid|smid|sr_share|_hsenc|_hsmi|mkt_tok|wt\.\w+|at_\w+|s_cid|oc)$/i;
/** Longer addresses do not fit an index row of PostgreSQL. */
const longestAddress = 1000;

/**
 * The normal form of a page's address, for comparison and never for fetching: no scheme difference, no `www.`, `m.` or `amp.`
 * host, no fragment, no tracking parameters, parameters sorted, no slash at the end.
 * @returns undefined where the text is no http(s) address.
 */
export function canonicalUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const parameters = [...url.searchParams].filter(([name]) => !trackingParameters.test(name));
  parameters.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  const query = new URLSearchParams(parameters).toString();
  const path = url.pathname.replace(/\/amp\/?$/, '').replace(/\/$/, '');
  const host = url.host.replace(/^(?:www|m|mobile|amp)\.(?=[^.]+\.)/, '');
  const canonical = `https://${host}${path}${query === '' ? '' : `?${query}`}`;
  return canonical.length <= longestAddress ? canonical : `${canonical.slice(0, longestAddress - 65)}#${createHash('sha256').update(canonical).digest('hex')}`;
}

/** Whether an address names a page of its own; a home page or a bare host says nothing about which article is meant. */
export function isOwnPage(canonical: string): boolean {
  const { pathname, search } = new URL(canonical);
  return (pathname !== '/' && pathname !== '') || search !== '';
}
