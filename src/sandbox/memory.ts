import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type ClockMoves, moveSchema } from './clock-moves.ts';
import type { KeptFile } from './slack/files.ts';
import type { SlackWorkspace, WorkspaceSnapshot } from './slack/workspace.ts';

/** Keeps the made-up workspace in a file, so that its messages outlive a restart. */
export interface Memory {
  /** Takes up what was kept, if anything readable was; false: nothing was. */
  recall(): Promise<boolean>;
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

/** @param file holds all but the content of files, each of which is written once, into a folder beside it. */
export function createMemory(
  file: string | undefined,
  workspace: SlackWorkspace,
  clock: ClockMoves,
): Memory {
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const written = new Set<string>();

  const writeContents = async (folder: string, files: readonly KeptFile[]) => {
    for (const { id, content } of files) {
      if (content === null || written.has(id)) continue;
      await replaceFile(join(folder, id), content);
      written.add(id);
    }
  };

  const keep = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!file) return;
    const { files, ...slack } = workspace.snapshot((id) => !written.has(id));
    const content = {
      version: 1,
      moves: clock.snapshot(),
      slack: { ...slack, files: files.map(nameOnly) },
    };
    // As it is now: what is said while it is written comes with the next time.
    const text = JSON.stringify(content);
    writing = writing.then(async () => {
      await writeContents(folderOf(file), files);
      await replaceFile(file, text);
    });
    await writing;
  };

  return {
    async recall() {
      const earlier = file ? await readKept(file) : undefined;
      if (!file || !earlier) return false;
      const files: KeptFile[] = [];
      for (const one of earlier.slack.files) {
        const content = await readFile(join(folderOf(file), one.id), 'utf8').catch(() => null);
        if (content !== null) written.add(one.id);
        files.push({ ...one, content: content ?? one.content });
      }
      workspace.restore({ ...earlier.slack, files });
      clock.restore(earlier.moves);
      return true;
    },
    keepSoon() {
      if (file) timer ??= setTimeout(() => void keep(), pause).unref();
    },
    keep,
  };
}

const folderOf = (file: string): string => `${file}.files`;

const nameOnly = (file: KeptFile): KeptFile => ({ ...file, content: null });

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
