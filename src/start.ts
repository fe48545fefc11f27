/**
 * `npm start`. Without Slack credentials it starts the sandbox (with `--story` in the middle of one);
 * with them, Bigplan in Slack.
 *
 * What nobody caught: a rejected promise is logged and the process lives, since one person's request
 * must not end everybody's; an exception outside of any promise leaves unknown state behind, so the
 * process ends in order and is started again by whoever runs it.
 */
import { parseArgs } from 'node:util';
import { type Config, loadConfig, readEnvironment } from './config.ts';
import { StartError } from './errors.ts';
import { createLog, type Log } from './log.ts';

const FORCE_MS = 15_000;
/** Told when the process is to end, also during the start. */
const ending = new AbortController();

interface Running {
  databaseLost: Promise<void>;
  stop(): Promise<void>;
}

process.env.TZ = 'UTC';
try {
  const { story } = readArguments();
  const config = loadConfig(readEnvironment());
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (err) => log.error({ err }, 'A rejection nobody handled'));
  const starting = start(config, { story, log });
  endWith(starting, log);
  await starting;
} catch (error) {
  // Broken off by whoever ended it, who sees to the rest.
  if (!ending.signal.aborted) {
    console.error(oneLine(error));
    process.exit(1);
  }
}

/** What takes long to load is loaded once something has been said. */
async function start(
  { slack, ...config }: Config,
  { story, log }: { story: boolean; log: Log },
): Promise<Running> {
  if (slack === null) {
    const { startSandbox } = await import('./start-sandbox.ts');
    return startSandbox({ ...config, slack }, { story, log, signal: ending.signal });
  }
  if (story)
    throw new StartError('--story is for the sandbox, which never starts beside SLACK_BOT_TOKEN');
  const { startBigplan } = await import('./main.ts');
  return startBigplan({ ...config, slack }, { log });
}

function readArguments(): { story: boolean } {
  try {
    const { values } = parseArgs({ options: { story: { type: 'boolean', default: false } } });
    return values;
  } catch {
    throw new StartError('npm start takes nothing, or -- --story: a sandbox with two lived months');
  }
}

/** The first signal ends in order, also during the start; the second one at once. */
function endWith(starting: Promise<Running>, log: Log): void {
  async function end(exitCode: number): Promise<void> {
    if (ending.signal.aborted) process.exit(exitCode || 1);
    ending.abort();
    setTimeout(() => process.exit(exitCode || 1), FORCE_MS).unref();
    // One that is broken off has let go of everything.
    const running = await starting.catch(() => null);
    await running?.stop();
    process.exit(exitCode);
  }
  process.on('SIGTERM', () => void end(0));
  process.on('SIGINT', () => void end(0));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'An exception nobody caught');
    void end(1);
  });
  starting.then(
    async ({ databaseLost }) => {
      await databaseLost;
      log.fatal({}, "Bigplan's own database server has ended");
      void end(1);
    },
    () => {},
  );
}

function oneLine(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  // A file that can't be read or written, as in a data folder of another user's.
  if (code && path) return `BIGPLAN_DATA_DIR: ${message}`;
  return `Bigplan did not start: ${error instanceof Error ? error.stack : String(error)}`;
}
