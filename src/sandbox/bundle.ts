import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page's files as the browser asks for them. */
export interface PageFiles {
  script: string;
  styles: string;
}

let bundled: Promise<PageFiles> | undefined;

/** Bundles the page in memory, once for each process; nothing is written to disk. */
export function bundlePage(): Promise<PageFiles> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<PageFiles> {
  const page = fileURLToPath(new URL('page/', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: { page: `${page}main.tsx`, styles: `${page}page.css` },
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = (name: string) => outputFiles.find((file) => file.path.endsWith(name))?.text ?? '';
  return { script: text('page.js'), styles: text('styles.css') };
}
