/** Bolt put together: how requests come in, how they are guarded, how Bigplan speaks to Slack. */
import { HTTPReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackSettings } from '../config.ts';
import type { Claims } from '../db/claims.ts';
import type { Db } from '../db/client.ts';
import type { Stash } from '../db/stash.ts';
import type { Store } from '../db/store.ts';
import type { Log } from '../log.ts';
import { boltLogger } from './bolt-logger.ts';
import { clientOptions, createPlainClient, ScopedClient } from './clients.ts';
import { createErrorAnswer } from './error-answer.ts';
import type { Handler } from './http-server.ts';
import type { Metrics } from './metrics.ts';
import { guardSlackRequests } from './request-guard.ts';
import { createSocket } from './socket.ts';
import { SupervisedApp } from './supervised-app.ts';
import { listenToLifecycle } from './workspaces/lifecycle.ts';
import { createOAuth, type OAuthRoutes } from './workspaces/oauth.ts';
import { createWorkspaces, type Workspaces } from './workspaces/workspaces.ts';

export interface Slack {
  app: SupervisedApp;
  /** For what people wait for. */
  client: WebClient;
  /** For deliveries: its limits and its pace are its own. */
  bulkClient: WebClient;
  /** Handles `POST /slack/events`; null in Socket Mode. */
  slackEvents: Handler | null;
  /** Whether Slack can reach Bigplan, as far as Bigplan can know. */
  connected(): boolean;
  workspaces: Workspaces;
  /** Null: Bigplan can't be installed through Slack. */
  oauth: OAuthRoutes | null;
  start(): Promise<void>;
  /** Socket Mode: what comes from here on is another process's. Resolves once what came before is with its listeners. */
  hearNoMore(): Promise<void>;
  /** Takes no more requests; those under way go on. */
  stop(): Promise<void>;
}

const STATE_CONTEXT = { workspaceId: '', userId: '', field: 'oauth_state' };

export interface SlackParts extends Store<Db> {
  log: Log;
  metrics: Metrics;
  stash: Stash;
  claims: Claims;
}

export function createSlack(
  settings: SlackSettings,
  { log, metrics, stash, claims, db, encryption }: SlackParts,
): Slack {
  const logger = boltLogger(log);
  const options = clientOptions(settings, logger);
  const workspaces = createWorkspaces({
    client: createPlainClient(settings, logger),
    db,
    encryption,
    log,
    botToken: settings.botToken,
    oauth: settings.oauth ?? null,
  });
  const client = new ScopedClient(workspaces, options);
  const http =
    settings.mode === 'http'
      ? new HTTPReceiver({ signingSecret: settings.signingSecret, logger })
      : null;
  const socket =
    settings.mode === 'socket'
      ? createSocket({ appToken: settings.appToken, apiUrl: settings.apiUrl, log, claims })
      : null;
  const receiver = http ?? socket?.receiver;
  if (receiver === undefined) throw new TypeError('Neither HTTP nor Socket Mode');

  const app = new SupervisedApp(
    {
      receiver,
      authorize: (_, body) => workspaces.authorize(body),
      clientOptions: options,
      logger,
    },
    { answerError: createErrorAnswer(client, log, stash), metrics, log, claims, workspaces },
  );

  const { removed, installed } = workspaces;
  listenToLifecycle(app, { log, removed });
  const oauth =
    settings.oauth === undefined
      ? null
      : createOAuth({
          app: settings.oauth,
          stateSecret: encryption.fingerprint('state', STATE_CONTEXT).toString('hex'),
          clientOptions: options,
          apiUrl: settings.apiUrl,
          logger,
          log,
          installed,
        });

  return {
    app,
    oauth,
    client,
    bulkClient: new ScopedClient(workspaces, options),
    slackEvents:
      http !== null && settings.mode === 'http'
        ? guardSlackRequests(http, settings.signingSecret, { log, claims })
        : null,
    connected: () => socket?.connected() ?? true,
    workspaces,
    async start() {
      await socket?.start();
    },
    async hearNoMore() {
      await socket?.hearNoMore();
    },
    async stop() {
      await socket?.stop();
    },
  };
}
