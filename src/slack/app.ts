/** Bolt put together: how requests come in, how they are guarded, how Bigplan speaks to Slack. */
import { HTTPReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackSettings } from '../config.ts';
import type { Claims } from '../db/claims.ts';
import type { Stash } from '../db/stash.ts';
import type { Log } from '../log.ts';
import { boltLogger } from './bolt-logger.ts';
import { clientOptions, createClient } from './clients.ts';
import { createErrorAnswer } from './error-answer.ts';
import type { Handler } from './http-server.ts';
import { createIdentity } from './identity.ts';
import type { Metrics } from './metrics.ts';
import { guardSlackRequests } from './request-guard.ts';
import { createSocket } from './socket.ts';
import { SupervisedApp } from './supervised-app.ts';

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
  /** With which codes Slack refuses the token, where it was asked: at the start, and by `/readyz` after that. */
  refused(): string[];
  start(): Promise<void>;
  /** Takes no more requests; those under way go on. */
  stop(): Promise<void>;
}

export function createSlack(
  settings: SlackSettings,
  { log, metrics, stash, claims }: { log: Log; metrics: Metrics; stash: Stash; claims: Claims },
): Slack {
  const logger = boltLogger(log);
  const client = createClient(settings, logger);
  const identity = createIdentity(client, log);
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
      // Never asks Slack first: a click must not wait for that.
      authorize: async () => {
        const { botId, botUserId } = identity.current();
        return {
          botToken: settings.botToken,
          ...(botId && { botId }),
          ...(botUserId && { botUserId }),
        };
      },
      clientOptions: clientOptions(settings, logger),
      logger,
    },
    { answerError: createErrorAnswer(client, log, stash), metrics, log, claims },
  );

  return {
    app,
    client,
    bulkClient: createClient(settings, logger),
    slackEvents:
      http !== null && settings.mode === 'http'
        ? guardSlackRequests(http, settings.signingSecret, { log, claims })
        : null,
    connected: () => socket?.connected() ?? true,
    refused: () => identity.refused(),
    async start() {
      void identity.refresh();
      await socket?.start();
    },
    async stop() {
      await socket?.stop();
    },
  };
}
