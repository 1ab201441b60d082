import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@tradewatch/config';
import { EmbeddedPostgres } from '@tradewatch/database';
import { generatePassword } from '@tradewatch/identity';

/** What `npm start` keeps on this machine: the database and the administrator's password. */
export class DataFolder {
  private constructor(readonly path: string) {}

  /** @throws ConfigurationError when the folder cannot be made or written. */
  static async open(name: string): Promise<DataFolder> {
    const folder = new DataFolder(resolve(name));
    try {
      await mkdir(folder.path, { recursive: true });
      await writeFile(join(folder.path, '.written'), '');
    } catch (cause) {
      throw new ConfigurationError([`the data folder ${folder.path} cannot be written (${(cause as NodeJS.ErrnoException).code}): set TRADEWATCH_DATA_DIR to one that can.`], { cause });
    }
    return folder;
  }

  /** The folder's PostgreSQL, started or found running. */
  startPostgres(): Promise<EmbeddedPostgres> {
    return EmbeddedPostgres.start({ folder: join(this.path, 'postgres') });
  }

  /** The generated password, the same at every start: written before anybody can sign in with it, so that a crash loses none. */
  async adminPassword(): Promise<string> {
    const file = join(this.path, 'admin-password');
    await writeFile(file, `${generatePassword()}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return (await readFile(file, 'utf8')).trim();
  }
}
