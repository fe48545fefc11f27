/**
 * The scripts of package.json as JavaScript: Node runs no TypeScript, and to translate hundreds of modules at each
 * start takes longer and more memory than Bigplan itself. What was compiled is kept by what it was made from, so that
 * no change of the sources is missed. Plain JavaScript, since it comes before any compiler.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Packages are looked for from there. */
export const COMPILED = join(ROOT, 'node_modules', '.cache', 'bigplan');
/** The last used: a process that runs may still load parts of what it was started from. */
const KEPT = 5;

/**
 * Compiles what isn't compiled as it is now.
 *
 * @returns the folder with `src/start.js` and the other scripts.
 * @throws Error that says why it can't be done.
 */
export async function compile() {
  const folder = join(COMPILED, stamp());
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now).catch(() => {});
    return folder;
  }
  if (!existsSync(join(ROOT, 'src/db/generated/client.ts'))) {
    throw new Error('The database client is missing: npm run generate makes it');
  }
  await compileTo(folder).catch((error) => {
    throw new Error(`Bigplan can’t be compiled: ${error.message}`, { cause: error });
  });
  await removeOld();
  return folder;
}

/** Of all that goes into it: the sources and how they are compiled, and where they lie. */
function stamp() {
  const paths = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map((path) => join('src', path));
  const hash = createHash('sha256').update(ROOT);
  for (const path of [...paths.sort(), 'package.json', 'tsconfig.json']) {
    hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder */
async function compileTo(folder) {
  const { build } = await import('esbuild');
  await mkdir(COMPILED, { recursive: true });
  const outdir = await mkdtemp(join(COMPILED, 'unfinished-'));
  try {
    await build({
      entryPoints: scripts(),
      absWorkingDir: ROOT,
      outdir,
      outbase: '.',
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: true,
      sourcesContent: false,
      plugins: [inPlace],
      logLevel: 'silent',
    });
    await rename(outdir, folder);
  } catch (error) {
    await rm(outdir, { recursive: true, force: true });
    // Another process has been faster.
    if (!existsSync(folder)) throw error;
  }
}

/** What package.json runs through launch.mjs. */
function scripts() {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return [...manifest.matchAll(/launch\.mjs (src\/[\w/-]+\.ts)/g)].map(([, path = '']) => path);
}

/**
 * What a module finds beside itself is where its source is.
 *
 * @type {import('esbuild').Plugin}
 */
const inPlace = {
  name: 'in-place',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }));
  },
};

async function removeOld() {
  const folders = readdirSync(COMPILED).map(async (name) => {
    const path = join(COMPILED, name);
    // Another process may have finished it, or taken it away.
    const found = await stat(path).catch(() => null);
    return { path, used: found?.mtimeMs ?? 0 };
  });
  const byUse = (await Promise.all(folders)).sort((a, b) => b.used - a.used);
  for (const { path } of byUse.slice(KEPT)) await rm(path, { recursive: true, force: true });
}
