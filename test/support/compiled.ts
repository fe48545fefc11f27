/**
 * The scripts of package.json, compiled once for a whole test run: many tests start and kill them, and loading
 * hundreds of modules through tsx takes longer than most of what they show.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with `src/start.js` and the other scripts; not there where a project compiles none. */
    compiled?: string;
  }
}

/** What a module finds beside itself is where its source is. */
const inPlace: Plugin = {
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

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  const entryPoints = [...JSON.stringify(scripts).matchAll(/\btsx (src\/[\w/-]+\.ts)/g)].map(
    ([, path = '']) => path,
  );
  // Packages are looked for from there.
  const outdir = await mkdtemp(resolve('node_modules', '.bigplan-compiled-'));
  await build({
    entryPoints,
    outdir,
    outbase: '.',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    plugins: [inPlace],
    logLevel: 'error',
  });
  project.provide('compiled', outdir);
  return () => rm(outdir, { recursive: true, force: true });
}
