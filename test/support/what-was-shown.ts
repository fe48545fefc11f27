/** A set-up file: a browser test that fails says what its sandboxes had printed and its pages showed by then. */
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const MOST_LINES = 30;
const printed: string[] = [];
const pages = new Set<Page>();

/** Notes what a sandbox prints, its app's complaints among it. */
export function notePrinted(chunk: Buffer): void {
  printed.push(...chunk.toString().trimEnd().split('\n'));
  printed.splice(0, printed.length - MOST_LINES);
}

/** Notes a page that is open from now on. */
export function notePage(page: Page): void {
  pages.add(page);
  page.once('close', () => pages.delete(page));
}

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const shown = await Promise.all([...pages].map(endOf));
  throw new Error(['Printed before that:', ...printed, 'Shown:', ...shown].join('\n'));
});

/** The last lines of what a page shows, its forms included. */
async function endOf(page: Page): Promise<string> {
  const body = page.locator('body');
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, in its lines
  const text = await body.innerText({ timeout: 5_000 }).catch(String);
  return `${page.url()}\n${text.split('\n').filter(Boolean).slice(-MOST_LINES).join('\n')}`;
}
