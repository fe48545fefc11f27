/** What a production install brings, as package-lock.json has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
  version: string;
  name?: string;
  license?: string;
  dev?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface InstalledPackage {
  name: string;
  version: string;
  /** Where it lies, such as `node_modules/zod`. */
  path: string;
  /** As its author wrote it; '' where there is none. */
  licence: string;
  /** From the dependency that Bigplan names to this one. */
  because: string[];
}

interface Lock {
  packages: Record<string, LockEntry>;
}

const NODE_MODULES = 'node_modules/';
const nameAt = (path: string) => path.slice(path.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);

/** All packages of `npm ci --omit=dev`, those of other platforms included. */
export function productionPackages(root = '.'): InstalledPackage[] {
  const { packages }: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const reasons = reasonsIn(packages);
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev)
    .map(([path, { version, license = '', name = nameAt(path) }]) => ({
      name,
      version,
      path,
      licence: license,
      because: reasons.get(path) ?? [name],
    }));
}

/** The shortest way to each package, from what package.json names. */
function reasonsIn(packages: Record<string, LockEntry>): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  const queue: [path: string, way: string[]][] = [['', []]];
  for (const [path, way] of queue) {
    const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
    for (const name of Object.keys({
      ...dependencies,
      ...optionalDependencies,
      ...peerDependencies,
    })) {
      const found = resolvedFrom(path, name, packages);
      if (found === null || reasons.has(found)) continue;
      reasons.set(found, [...way, name]);
      queue.push([found, [...way, name]]);
    }
  }
  return reasons;
}

/** Where Node would find a package that one at this path names. */
function resolvedFrom(path: string, name: string, packages: Lock['packages']): string | null {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf(NODE_MODULES))) {
    const there = `${folder.replace(/\/$/, '')}${folder === '' ? '' : '/'}${NODE_MODULES}${name}`;
    if (packages[there] !== undefined) return there;
    if (!folder.includes(NODE_MODULES)) return null;
  }
}
