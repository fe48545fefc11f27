/**
 * `npm start`. Without Slack credentials it starts the sandbox; with them, Bigplan in Slack.
 *
 * What nobody caught: a rejected promise is logged and the process lives, since one person's request
 * must not end everybody's; an exception outside of any promise leaves unknown state behind, so the
 * process ends in order and is started again by whoever runs it.
 */
import { type Config, loadConfig, readEnvironment, type SlackSettings } from './config.ts';
import { StartError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import { type Bigplan, startBigplan } from './main.ts';
import { createAdjustableClock } from './time/clock.ts';

const FORCE_MS = 15_000;

interface Running {
  databaseLost: Promise<void>;
  stop(): Promise<void>;
}

process.env.TZ = 'UTC';
try {
  const config = loadConfig(readEnvironment());
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (err) => log.error({ err }, 'A rejection nobody handled'));
  const starting = start(config, log);
  endWith(starting, log);
  await starting;
} catch (error) {
  console.error(oneLine(error));
  process.exit(1);
}

function start({ slack, ...config }: Config, log: Log): Promise<Running> {
  return slack === null
    ? startSandbox({ ...config, slack }, log)
    : startBigplan({ ...config, slack }, { log });
}

async function startSandbox(config: Config, log: Log): Promise<Running> {
  const { createSandbox } = await import('./sandbox/index.ts');
  const clock = createAdjustableClock();
  const sandbox = await createSandbox({ clock, memoryFile: `${config.dataDir}/sandbox.json` });
  const slack: SlackSettings = {
    mode: 'http',
    botToken: sandbox.botToken,
    signingSecret: sandbox.signingSecret,
    apiUrl: sandbox.slackApiUrl,
  };
  let bigplan: Bigplan;
  try {
    bigplan = await startBigplan(
      { ...config, slack },
      { clock, log, host: '127.0.0.1', fallback: sandbox.handle },
    );
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  sandbox.connect(bigplan.url, (to) => bigplan.advance(to));
  console.log(`Bigplan's sandbox: ${bigplan.url}`);
  return {
    databaseLost: bigplan.databaseLost,
    async stop() {
      await bigplan.stop();
      await sandbox.stop();
    },
  };
}

/** The first signal ends in order, also during the start; the second one at once. */
function endWith(starting: Promise<Running>, log: Log): void {
  let ending = false;
  async function end(exitCode: number): Promise<void> {
    if (ending) process.exit(exitCode || 1);
    ending = true;
    setTimeout(() => process.exit(exitCode || 1), FORCE_MS).unref();
    const running = await starting;
    await running.stop();
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
