// The one cookie there is. Read and written here, so that a host needs no cookie plugin.

const name = 'tradewatch_session';

/** The session token in a Cookie header, or null. */
export function sessionTokenIn(header: string | undefined): string | null {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim() || null;
  }
  return null;
}

/** A Set-Cookie header value. @param secure whether the request came over https: a Secure cookie set over http is lost. */
export function sessionCookie(token: string, expiresAt: Date, secure: boolean): string {
  return `${name}=${token}; Path=/; Expires=${expiresAt.toUTCString()}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** A Set-Cookie header value that makes the browser forget the session. */
export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', new Date(0), secure);
}
