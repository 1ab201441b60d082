export interface RequestOrigin {
  /** Sec-Fetch-Site header, which every current browser sends over https and to localhost. */
  readonly fetchSite?: string | undefined;
  /** Origin header, which every browser sends with a request that is not GET or HEAD. */
  readonly origin?: string | undefined;
  /** Host (and port) the request was sent to. */
  readonly host: string;
}

/**
 * Whether a state-changing request that a cookie vouches for may be acted on: not when a browser says that another site's
 * page sent it. A request with neither header comes from no browser, so nobody's cookie was borrowed for it.
 */
export function isSameOrigin({ fetchSite, origin, host }: RequestOrigin): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (origin === undefined) return true;
  // Hosts are compared, not schemes: behind a gateway that ends TLS we are asked over http.
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
