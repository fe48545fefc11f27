import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdjustableClock } from '../time/clock.ts';
import { createAppClient } from './app-client.ts';
import { withIds } from './block-ids.ts';
import { bundlePage } from './bundle.ts';
import { createChanges } from './changes.ts';
import { type Advance, createClockMover } from './clock-mover.ts';
import { createClockMoves } from './clock-moves.ts';
import { type ApiResult, startEmulatedSlack } from './emulated-slack.ts';
import { createInteractions } from './interactions.ts';
import { createMemory } from './memory.ts';
import { createMessages } from './messages.ts';
import { createModals } from './modals.ts';
import { refusal } from './refusals.ts';
import { createResponseUrls } from './response-urls.ts';
import { createRoutes } from './routes.ts';
import { grantTokens, seedChannels, seedWorkspace } from './seed.ts';
import { app } from './team.ts';
import { withUserFacts } from './user-facts.ts';

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
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The clock that the page shows and moves; the app should run on the same one. */
  clock: AdjustableClock;
  /** A file that keeps messages and the clock over a restart; without it all is forgotten. */
  memoryFile?: string;
}

/** Starts the sandbox: the emulated Slack listens on a loopback port of its own. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const page = bundlePage();
  // A page that does not build is reported where it is asked for, not as an unhandled rejection.
  page.catch(() => undefined);
  const changes = createChanges();
  const clock = createClockMoves(options.clock);
  const mover = createClockMover(clock, () => changes.announce());
  let appUrl = '';

  const slack = await startEmulatedSlack({
    // What is posted now gets the time to which the app has moved the clock meanwhile.
    beforeCall: () => clock.note(),
    refuse: (userId, method, args) => refusal(store, userId, method, args),
    afterCall: (method, result) => afterCall(method, result),
    respond(path, body) {
      const status = responseUrls.receive(path, body);
      changed();
      return status;
    },
  });
  const { store } = slack;
  seedWorkspace(store);
  const memory = createMemory(options.memoryFile, slack, clock);
  await memory.recall();
  seedChannels(store);
  const tokens = grantTokens(store, () => randomBytes(24).toString('hex'));
  const modals = createModals(store);
  const messages = createMessages(store);
  const responseUrls = createResponseUrls(
    () => new URL(slack.apiUrl).origin,
    () => messages,
    app.userId,
  );
  const changed = () => {
    changes.announce();
    memory.keepSoon();
  };

  const afterCall = (method: string, result: ApiResult): ApiResult => {
    nameBlocks(method, result);
    if (method !== 'views.generateTriggerId') changed();
    return withUserFacts(method, result);
  };

  /** Names what the app left unnamed in a new view or message, and stacks a new modal. */
  const nameBlocks = (method: string, result: ApiResult) => {
    if (method.startsWith('views.') && hasId(result.view)) {
      const view = store.views.findOneBy('view_id', result.view.id);
      if (!view) return;
      store.views.update(view.id, { blocks: withIds(view.blocks) });
      if (method === 'views.open') modals.opened(view);
      if (method === 'views.push') modals.pushed(view);
    }
    if (
      method === 'chat.postMessage' ||
      method === 'chat.update' ||
      method === 'chat.postEphemeral'
    ) {
      const ts = String(result.ts ?? result.message_ts);
      const collection = method === 'chat.postEphemeral' ? store.ephemeralMessages : store.messages;
      const message = collection.findOneBy('ts', ts);
      if (message?.blocks) collection.update(message.id, { blocks: withIds(message.blocks) });
    }
  };

  const signingSecret = randomBytes(16).toString('hex');
  const client = createAppClient(signingSecret, () => `${appUrl}/slack/events`);
  const interactions = createInteractions({
    slack,
    tokens,
    client,
    modals,
    messages,
    responseUrls,
  });
  const handle = createRoutes({
    page: () => page,
    slack,
    tokens,
    modals,
    interactions,
    clock,
    mover,
    changes,
    changed,
  });

  return {
    slackApiUrl: slack.apiUrl,
    botToken: tokens.bot,
    signingSecret,
    handle: (request, response) => void handle(request, response),
    connect(url, advance) {
      appUrl = url.replace(/\/$/, '');
      if (advance) mover.drive(advance);
    },
    async stop() {
      changes.close();
      await memory.keep();
      await slack.close();
    },
  };
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value;
}
