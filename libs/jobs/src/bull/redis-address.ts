/** What Bull needs of a `redis:` or `rediss:` URL. Bull's own reading of it, by `url.parse`, forgets TLS and has Node warn at each start. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db: number;
  /** With the system's certificate authorities; absent without TLS. */
  readonly tls?: Readonly<Record<string, never>>;
}

/** @param redisUrl as `redis://user:password@host:port/db`; all but the host may be left out. */
export function redisAddress(redisUrl: string): RedisAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    host, port: Number(port || 6379), db: Number(pathname.slice(1)) || 0,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
