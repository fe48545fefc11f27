/**
 * PostgreSQL refuses to run as root. Started by root, Bigplan runs it as whoever owns the data
 * already, else as the machine's `postgres`, else as `nobody`.
 */
import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../../errors.ts';

export interface Account {
  uid: number;
  gid: number;
}

/** How to run a command as an account. */
export interface Launch {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

/** The account to run the server of `cluster` as; null means the current one. */
export async function serverAccount(cluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(cluster).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [, , uid, gid] =
      users
        .split('\n')
        .map((line) => line.split(':'))
        .find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    'PostgreSQL cannot run as root, and this machine has neither a postgres nor a nobody user: start Bigplan as another user, or set DATABASE_URL.',
  );
}

/**
 * Wraps a command so that it runs as `account` and reaches `paths`, also where a folder above them
 * is closed to others, as `/root` is.
 */
export async function launchAs(
  account: Account | null,
  command: string,
  args: string[],
  paths: string[],
): Promise<Launch> {
  if (account === null) return { command, args };
  const closed = await firstClosedFolder(account, [command, ...paths]);
  if (closed === null) return { command, args, ...account };
  const setpriv = await findProgram('setpriv');
  if (setpriv === null) {
    throw new StartError(
      `PostgreSQL cannot run as root, and ${closed} is closed to other users: move Bigplan, start it as another user, or set DATABASE_URL.`,
    );
  }
  return {
    command: setpriv,
    args: [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      '--clear-groups',
      // Else access(2), by which initdb looks for the server's program, would not honour it.
      '--securebits=+no_setuid_fixup',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--',
      command,
      ...args,
    ],
  };
}

async function firstClosedFolder(account: Account, paths: string[]): Promise<string | null> {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const { mode, uid, gid } = await stat(folder);
      const search = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & search) === 0) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  return null;
}

async function findProgram(name: string): Promise<string | null> {
  for (const folder of ['/usr/bin', '/bin', '/usr/local/bin']) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return null;
}
