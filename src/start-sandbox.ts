/** The sandbox: a made-up Slack on this machine with Bigplan in it. Its page answers from the start on. */
import type { Config, SlackSettings } from './config.ts';
import { StartError } from './errors.ts';
import type { Log } from './log.ts';
import type { Bigplan } from './main.ts';
import { createStarting, type Starting } from './sandbox/starting.ts';
import type { Desk } from './sandbox/story/hands.ts';
import { startHttpServer } from './slack/http-server.ts';
import { type AdjustableClock, createAdjustableClock } from './time/clock.ts';

const HOST = '127.0.0.1';

/**
 * Starts the sandbox, and says on standard output where it can be opened: as soon as it can.
 *
 * @param story whether it begins in the middle, with two months that a team has lived
 * @param signal breaks the story off
 * @throws StartError with one line for whoever started it; nothing is left running then.
 */
export async function startSandbox(
  config: Config,
  { story, log, signal }: { story: boolean; log: Log; signal: AbortSignal },
): Promise<Pick<Bigplan, 'databaseLost' | 'stop'>> {
  const since = performance.now();
  if (story && config.databaseUrl !== null)
    throw new StartError('--story has a database of its own: leave DATABASE_URL out');
  console.log('Starting Bigplan’s sandbox: a made-up Slack, a database of its own, and the app.');
  const starting = createStarting();
  const server = await startHttpServer({
    port: config.port,
    host: HOST,
    log,
    fallback: starting.handle,
  });
  console.log(`Open http://${HOST}:${server.port} (it shows how far the start is).`);
  try {
    const { createSandbox } = await import('./sandbox/index.ts');
    const { startBigplan } = await import('./main.ts');
    const kept = story ? await openStory(config.dataDir) : null;
    const dataDir = kept?.dataDir ?? config.dataDir;
    const clock = createAdjustableClock();
    const sandbox = await createSandbox({ clock, memoryFile: `${dataDir}/sandbox.json` });
    const slack: SlackSettings = {
      mode: 'http',
      botToken: sandbox.botToken,
      signingSecret: sandbox.signingSecret,
      apiUrl: sandbox.slackApiUrl,
    };
    starting.say('The database is starting.');
    const toLive = kept?.isLived === false;
    // Living the story warms it up.
    const options = { clock, log, server, mayLose: 'moments', warmUp: !toLive } as const;
    const settings = { ...config, dataDir, slack, isSlackUnlimited: true } as const;
    const bigplan = await startBigplan(settings, options).catch(async (error: unknown) => {
      await sandbox.stop();
      throw error;
    });
    const stop = async () => {
      await bigplan.stop();
      await sandbox.stop();
    };
    sandbox.connect(bigplan.url, (to) => bigplan.advance(to));
    try {
      if (kept && toLive) {
        await live({ ...sandbox.desk, bigplan, clock, starting, signal });
        await kept.markLived();
      }
    } catch (error) {
      await stop();
      throw error;
    }
    starting.handOver(sandbox.handle);
    console.log(`Ready after ${Math.round((performance.now() - since) / 1000)} s. Ctrl-C ends it.`);
    return { databaseLost: bigplan.databaseLost, stop };
  } catch (error) {
    await server.stopListening();
    await server.end();
    throw error;
  }
}

async function openStory(dataDir: string) {
  const { openStoryFolder } = await import('./sandbox/story/folder.ts');
  const { findRunning } = await import('./db/embedded/running.ts');
  return openStoryFolder(dataDir, async (folder) => (await findRunning(folder)) !== null);
}

/** How often (ms) the terminal is told how far the story is. */
const TELL_MS = 5_000;

async function live({
  bigplan,
  clock,
  starting,
  signal,
  ...desk
}: Omit<Desk, 'settled'> & {
  bigplan: Bigplan;
  clock: AdjustableClock;
  starting: Starting;
  signal: AbortSignal;
}): Promise<void> {
  const { liveStory } = await import('./sandbox/story/live.ts');
  console.log('The team lives its two months now, once: it takes two minutes or so.');
  let told = performance.now();
  await liveStory({
    ...desk,
    settled() {
      signal.throwIfAborted();
      return bigplan.settled();
    },
    now: () => clock.now(),
    advance: (to) => bigplan.advance(to),
    tell(words) {
      signal.throwIfAborted();
      starting.say(`The team lives its two months, once, which takes two minutes or so. ${words}`);
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      console.log(words);
    },
  });
}
