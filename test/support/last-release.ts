/**
 * The last release, moved on with each: migrations since then may break nothing of its program, which is run from git
 * history on the present schema.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LAST_RELEASE = {
  /** Its section in CHANGELOG.md. */
  version: '0.1.0',
  /** The commit that it was made from. */
  commit: '717f526',
  lastMigration: '20261130080110_encryption_keys',
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: ROOT, maxBuffer: 256 * 1024 * 1024, stdio: 'pipe' });

/** Why the last release isn't to be had from here; null where it is. */
export function noLastRelease(): string | null {
  try {
    git('rev-parse', '--verify', `${LAST_RELEASE.commit}^{commit}`);
    return null;
  } catch {
    return `this checkout has no commit ${LAST_RELEASE.commit}, as in a shallow clone`;
  }
}

/** Puts the last release's program into a new folder, with the packages from here and a client of its own. */
export async function unpackLastRelease(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bigplan-last-release-'));
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', LAST_RELEASE.commit) });
  await linkPackages(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const cli = join('node_modules', 'prisma-cli', 'build', 'index.js');
  execFileSync(process.execPath, [cli, 'generate', '--no-hints'], { cwd: folder, stdio: 'pipe' });
  return folder;
}

/** As an install of its own would have them; Prisma's CLI went by its own name then. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  const names = await readdir(from);
  for (const name of names) await symlink(join(from, name), join(to, name));
  if (!names.includes('prisma')) await symlink(join(from, 'prisma-cli'), join(to, 'prisma'));
}
