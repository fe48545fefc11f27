/** Whether a container keeps the data folder: what isn't on a volume goes when the container is removed. */
import { access, readFile, realpath } from 'node:fs/promises';

/** What the tools that run containers leave in each. */
const MARKS = ['/.dockerenv', '/run/.containerenv'];

/** False where this is a container, and the folder lies in its own, passing layer. */
export async function isKept(folder: string): Promise<boolean> {
  const marks = await Promise.all(
    MARKS.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (!marks.includes(true)) return true;
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return isOnVolume(mounts, await realpath(folder).catch(() => folder));
}

/**
 * Whether a folder lies on a mount of its own, by Linux's list of mounts (`/proc/self/mountinfo`), and not in memory.
 * True where the list says nothing.
 */
export function isOnVolume(mountinfo: string, folder: string): boolean {
  const holding = mountinfo
    .split('\n')
    .map((line) => line.split(' '))
    .map((parts) => ({ at: unescaped(parts[4] ?? ''), type: parts[parts.indexOf('-') + 1] }))
    .filter(({ at }) => at === '/' || folder === at || folder.startsWith(`${at}/`))
    .filter(({ at }) => at !== '')
    .toSorted((a, b) => b.at.length - a.at.length)[0];
  return holding === undefined || !(holding.at === '/' || holding.type === 'tmpfs');
}

/** Spaces and the like are written as octal numbers there. */
const unescaped = (path: string) =>
  path.replaceAll(/\\(\d{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
