/** Where to go after signing in, carried as `?return=` on the sign-in page. */
export function signInAddress(from: { readonly pathname: string; readonly search: string }): string {
  const target = from.pathname + from.search;
  return target === '/' || target === '/articles' ? '/sign-in' : `/sign-in?return=${encodeURIComponent(target)}`;
}

/** The page asked for before the sign-in. Only a path of this app is followed: a link to another site would be an open redirect. */
export function returnAddress(params: URLSearchParams): string {
  const target = params.get('return') ?? '';
  const isOwnPath = /^\/(?![/\\])/.test(target) && !/[\u0000-\u001f]/.test(target);
  return isOwnPath && !target.startsWith('/sign-in') ? target : '/articles';
}
