// PostgreSQL refuses to run as root. As root we start it under an ordinary account; as anyone else, as ourselves.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** The account to run the server under, or null when the process is not root. An existing data folder keeps its owner. */
export function postgresAccount(dataFolder: string): PostgresAccount | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(dataFolder)) {
    const owner = statSync(dataFolder);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  return accountOf('postgres') ?? accountOf('nobody') ?? { uid: 65534, gid: 65534 };
}

function accountOf(name: string): PostgresAccount | null {
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/**
 * The command that runs `program` under the account. A clone under /root cannot be entered by another account, so the
 * server keeps the one capability that reading there takes (Linux, setpriv of util-linux); elsewhere uid and gid do.
 */
export function commandAs(account: PostgresAccount | null, program: string, args: readonly string[]): { command: string; args: string[]; uid?: number; gid?: number } {
  if (!account) return { command: program, args: [...args] };
  if (process.platform !== 'linux' || !existsSync('/usr/bin/setpriv')) return { command: program, args: [...args], ...account };
  const { uid, gid } = account;
  return {
    command: '/usr/bin/setpriv',
    args: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', program, ...args],
  };
}
