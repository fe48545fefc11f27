import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type ClockMoves, moveSchema } from './clock-moves.ts';
import type { SlackWorkspace, WorkspaceSnapshot } from './slack/workspace.ts';

/** Keeps the made-up workspace in a file, so that its messages outlive a restart. */
export interface Memory {
  /** Takes up what was kept, if anything readable was. */
  recall(): Promise<void>;
  keepSoon(): void;
  keep(): Promise<void>;
}

/** Of the workspace only what an earlier format lacks: the file is the sandbox's own. */
const snapshot = z.custom<WorkspaceSnapshot>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['channels', 'messages', 'homes', 'files'].every((name) =>
      Array.isArray((value as Record<string, unknown>)[name]),
    ),
);
const kept = z.object({ version: z.literal(1), moves: z.array(moveSchema), slack: snapshot });
const pause = 500;

export function createMemory(
  file: string | undefined,
  workspace: SlackWorkspace,
  clock: ClockMoves,
): Memory {
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const keep = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!file) return;
    const content = { version: 1, moves: clock.snapshot(), slack: workspace.snapshot() };
    const text = JSON.stringify(content);
    writing = writing.then(() => replaceFile(file, text));
    await writing;
  };

  return {
    async recall() {
      if (!file) return;
      const earlier = await readKept(file);
      if (!earlier) return;
      workspace.restore(earlier.slack);
      clock.restore(earlier.moves);
    },
    keepSoon() {
      if (file) timer ??= setTimeout(() => void keep(), pause).unref();
    },
    keep,
  };
}

/** What the file holds; undefined where there is none or it is no longer readable. */
async function readKept(file: string): Promise<z.infer<typeof kept> | undefined> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
