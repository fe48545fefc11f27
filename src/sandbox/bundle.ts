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

/** The page's frame; everything in it is drawn by the script. */
export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Bigplan sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%23155e4b'/%3E%3Cpath d='M8 21l6-7 4 4 6-8' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/sandbox/page.css">
</head>
<body>
<div id="root"></div>
<noscript>The sandbox needs JavaScript.</noscript>
<script type="module" src="/sandbox/page.js"></script>
</body>
</html>
`;

/** Nothing but the page's own files runs in it, and no other page frames it. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data: https: http://localhost:* http://127.0.0.1:*",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
