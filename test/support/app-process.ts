/** Bigplan as a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { TEST_KEYS } from './db.ts';

/** A busy machine takes its time to start a process. */
const PATIENCE_MS = 180_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const asNpm = (script: string) => ['src/launch.mjs', script];
const asSource = (script: string) => ['--import', 'tsx', script];

export interface AppProcess {
  child: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the match once the output holds it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with its exit code; null after a kill. */
  ended: Promise<number | null>;
  /** Kills it at once, and resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts a script with nothing but these settings (and none of the machine's): compiled where its project has that, or
 * from its source.
 */
export function startProcess(
  script: string,
  env: Record<string, string>,
  args: string[] = [],
): AppProcess {
  const compiled = join(inject('compiled') ?? '', script.replace(/ts$/, 'js'));
  return startNode([...(existsSync(compiled) ? [compiled] : asSource(script)), ...args], env);
}

/** Starts Node with these arguments, and nothing but these settings. */
export function startNode(args: string[], env: Record<string, string>, cwd = ROOT): AppProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    output: () => output,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async printed(pattern) {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
        const found = pattern.exec(output);
        if (found !== null) return found;
        if (child.exitCode !== null) break;
        await sleep(50);
      }
      throw new Error(`${pattern} was not printed: ${output}`);
    },
  };
}

/** What a Bigplan needs that is started against a fake Slack and a database of its own. */
export const appSettings = (
  slack: { botToken: string; signingSecret: string },
  { apiUrl, databaseUrl, dataDir }: { apiUrl: string; databaseUrl: string; dataDir: string },
): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: apiUrl,
  DATABASE_URL: databaseUrl,
  BIGPLAN_DATA_DIR: dataDir,
  BIGPLAN_ENCRYPTION_KEYS: TEST_KEYS,
  PORT: '0',
});

export function startApp(env: Record<string, string>): AppProcess {
  return startProcess('src/start.ts', env);
}

/** As `npm start` does. */
export function startAsNpm(env: Record<string, string>): AppProcess {
  return startNode(asNpm('src/start.ts'), env);
}

/** From the sources of another version of Bigplan. */
export function startOther(folder: string, env: Record<string, string>): AppProcess {
  return startNode(asSource('src/start.ts'), env, folder);
}

/** The processes whose command line names this folder: its server and its watchdog. */
export async function processesOf(dataDir: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const command = await readFile(join('/proc', name, 'cmdline'), 'utf8').catch(() => '');
    if (command.includes(dataDir)) found.push(Number(name));
  }
  return found;
}

/** Waits until no process names the folder any more. */
export async function noProcessesOf(dataDir: string, withinMs: number): Promise<number> {
  const started = Date.now();
  while (Date.now() - started < withinMs) {
    if ((await processesOf(dataDir)).length === 0) return Date.now() - started;
    await sleep(50);
  }
  throw new Error(`Still there: ${await processesOf(dataDir)}`);
}
