import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdjustableClock } from '../time/clock.ts';
import { nextDaytime } from '../time/daytime.ts';
import { zoneOf } from '../time/zone.ts';
import { bundlePage } from './bundle.ts';
import { createChanges } from './changes.ts';
import { type Advance, createClockMover } from './clock-mover.ts';
import { type ClockMoves, createClockMoves } from './clock-moves.ts';
import { createInteractions } from './interactions.ts';
import { createMemory } from './memory.ts';
import { createRoutes } from './routes.ts';
import { createTeamWorkspace, seedChannels } from './seed.ts';
import { Moves } from './slack/moves.ts';
import { overHttp } from './slack/requests.ts';
import { ResponseUrls } from './slack/response-urls.ts';
import { startSlackServer } from './slack/server.ts';
import type { Desk } from './story/hands.ts';
import { HOME_ZONE } from './team.ts';

/** Slack waits three seconds for an answer. */
const PATIENCE_MS = 3000;

/** A small Slack on this machine: a made-up team, their browser page and the Web API. */
export interface Sandbox {
  /** The Web API's root, for `SLACK_API_URL`. */
  slackApiUrl: string;
  botToken: string;
  signingSecret: string;
  /** Serves the page and everything it asks for; refuses other hosts and other sites' pages. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Names the app's address (such as `http://127.0.0.1:3000`): requests go to its `/slack/events`.
   *
   * @param advance moves the sandbox's clock through all that falls due in the app; where it is left
   *   out, the clock jumps and the app is not told.
   */
  connect(appUrl: string, advance?: Advance): void;
  /** What people do here, for a story that does it for them. */
  desk: Omit<Desk, 'settled'>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The clock that the page shows and moves; the app should run on the same one. */
  clock: AdjustableClock;
  /** A file that keeps messages and the clock over a restart; without it all is forgotten. */
  memoryFile?: string;
}

/** At night most messages would wait for the morning: whoever opens it then begins with that. */
function beginInDaytime(clock: ClockMoves): void {
  const now = clock.now();
  const daytime = nextDaytime(zoneOf(HOME_ZONE), now);
  if (daytime > now) clock.moveTo(daytime);
}

/** Starts the sandbox: its Web API listens on a loopback port of its own. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const page = bundlePage();
  // A page that does not build is reported where it is asked for, not as an unhandled rejection.
  page.catch(() => undefined);
  const changes = createChanges();
  const clock = createClockMoves(options.clock);
  const mover = createClockMover(clock, () => changes.announce());
  let appUrl = '';

  const workspace = createTeamWorkspace();
  const memory = createMemory(options.memoryFile, workspace, clock);
  if (!(await memory.recall())) beginInDaytime(clock);
  seedChannels(workspace);
  const changed = () => {
    changes.announce();
    memory.keepSoon();
  };

  const botToken = `xoxb-${randomBytes(24).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const urls = new ResponseUrls(workspace);
  const slack = await startSlackServer(workspace, urls, {
    knows: (token) => token === botToken,
    // What is posted now gets the time to which the app has moved the clock meanwhile.
    before: () => clock.note(),
    after: changed,
  });
  const delivery = overHttp(signingSecret, () => `${appUrl}/slack/events`, PATIENCE_MS);
  const moves = new Moves(workspace, urls, delivery, () => slack.origin);
  const handle = createRoutes({
    page: () => page,
    workspace,
    origin: slack.origin,
    interactions: createInteractions(workspace, moves),
    clock,
    mover,
    changes,
    changed,
  });

  return {
    slackApiUrl: `${slack.origin}/api/`,
    botToken,
    signingSecret,
    desk: { workspace, moves, noteTime: () => clock.note() },
    handle: (request, response) => void handle(request, response),
    connect(url, advance) {
      appUrl = url.replace(/\/$/, '');
      if (advance) mover.drive(advance);
    },
    async stop() {
      changes.close();
      await memory.keep();
      await slack.stop();
    },
  };
}
