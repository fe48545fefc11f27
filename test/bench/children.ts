/** Processes beside the bench’s own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a script of this folder, and resolves with it once it has said that it is ready. */
export async function startChild(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (said !== 'ready') throw new Error(`${script} did not start`);
  return child;
}

/** What a child answers, where it lives. */
export async function ask(child: ChildProcess, what: string): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  const died = once(child, 'exit', { signal }).then(() => {
    throw new Error('The child has ended');
  });
  child.send(what);
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), died]);
    return answer;
  } finally {
    died.catch(() => {});
    over.abort();
  }
}

export async function endChild(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'exit');
}
