/** The data folder, and the secrets that Bigplan makes up for itself and keeps there. */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { referenceId } from '../errors.ts';

/** Nobody else may look into it; started by root, the database's own user passes through it. */
const DATA_DIR_MODE = 0o711;

export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: DATA_DIR_MODE });
}

/**
 * Reads a secret that only its owner may read, written the first time. Two starts at the same
 * moment end with one secret, and a kill halfway leaves none rather than half of one.
 */
export async function readSecret(path: string, make: () => string): Promise<string> {
  const present = await secretAt(path);
  if (present !== null) return present;
  const aside = `${path}.${process.pid}${referenceId()}`;
  await writeFile(aside, `${make()}\n`, { mode: 0o600 });
  try {
    await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

/** The secret, where one is kept. */
export async function secretAt(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
