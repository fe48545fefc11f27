/** Creates the files of a PostgreSQL cluster, once. */
import { execFile } from 'node:child_process';
import { access, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../../errors.ts';
import { type Account, launchAs } from './account.ts';

const run = promisify(execFile);
const ASIDE = 'initdb-';

/**
 * Makes the cluster where it doesn't exist. It is made aside and moved into place, so that a kill
 * halfway leaves nothing that looks like one.
 */
export async function createCluster(options: {
  dataDir: string;
  cluster: string;
  account: Account | null;
  initdb: string;
  password: string;
  /** Whether its files are on the disk when this resolves. */
  isSynced: boolean;
}): Promise<void> {
  const { dataDir, cluster, account, initdb, password } = options;
  if (await exists(join(cluster, 'PG_VERSION'))) {
    await removeLeftovers(dataDir);
    return;
  }
  const aside = await mkdtemp(join(dataDir, ASIDE));
  const target = join(aside, 'cluster');
  const passwordFile = join(aside, 'password');
  try {
    await mkdir(target, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account !== null) {
      for (const path of [aside, target, passwordFile]) {
        await chown(path, account.uid, account.gid);
      }
    }
    const { command, args, ...as } = await launchAs(
      account,
      initdb,
      [
        `--pgdata=${target}`,
        '--username=bigplan',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(options.isSynced ? [] : ['--no-sync']),
      ],
      [target],
    );
    await run(command, args, { ...as, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } });
    await rename(target, cluster);
  } catch (error) {
    // Another start was faster.
    if (await exists(join(cluster, 'PG_VERSION'))) return;
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new StartError(`The database could not be created in ${dataDir}: ${reason}`);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** What a start that was killed halfway left behind. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(ASIDE)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
