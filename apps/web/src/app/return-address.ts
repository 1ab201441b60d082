// Where to go after signing in, carried as `?return=` on the sign-in page.
const startPage = '/articles';
const ownOrigin = 'http://app.invalid';

/** The sign-in page that leads back to a page. */
export function signInAddress(from: { readonly pathname: string; readonly search: string }): string {
  const target = from.pathname + from.search;
  return target === '/' || target === startPage ? '/sign-in' : `/sign-in?return=${encodeURIComponent(target)}`;
}

/** The page asked for before the sign-in. Only a path of this app is followed: a link to another site would be an open redirect. */
export function returnAddress(params: URLSearchParams): string {
  const target = params.get('return') ?? '';
  if (!target.startsWith('/') || !URL.canParse(target, ownOrigin)) return startPage;
  // Parsed as the browser would: `//host`, `/\host` and tabs between slashes all lead elsewhere.
  const { origin, pathname, search } = new URL(target, ownOrigin);
  return origin === ownOrigin && pathname !== '/sign-in' ? pathname + search : startPage;
}
