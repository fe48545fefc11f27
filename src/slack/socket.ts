/** Socket Mode: Slack's requests over a WebSocket that Bigplan opens. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, SocketModeReceiver } from '@slack/bolt';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import { classifySlackError, isSlackCode } from './errors.ts';

export interface Socket {
  receiver: SocketModeReceiver;
  connected(): boolean;
  /** Resolves once connected, or once it is clear that this will take a while. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  appToken: string;
  apiUrl: string | null;
  logger: Logger;
  log: Log;
}

const FIRST_CONNECT_MS = 10_000;
const RETRY_MS = 5_000;
const DISCONNECT_MS = 2_000;

/**
 * Slack's client gives up for good after some kinds of failure, so the connection is renewed here:
 * at once where Slack asked for it, after a pause where it didn't work.
 */
export function createSocket({ appToken, apiUrl, logger, log }: Options): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
        retryConfig: { retries: 0 },
        timeout: FIRST_CONNECT_MS,
      },
    },
  });
  const { client } = receiver;
  let connected = false;
  let stopped = false;

  const pause = () => sleep(RETRY_MS, undefined, { ref: false });

  async function stayConnected(onFirst: () => void): Promise<void> {
    while (!stopped) {
      try {
        const disconnected = new Promise((settle) => client.once('disconnected', settle));
        await client.start();
        connected = true;
        const since = Date.now();
        log.info({}, 'Socket Mode is connected');
        onFirst();
        await disconnected;
        connected = false;
        if (Date.now() - since < RETRY_MS) await pause();
      } catch (error) {
        if (stopped) return;
        refuseBadToken(error);
        const { kind } = classifySlackError(error);
        log.warn(
          { outcome: kind, method: 'apps.connections.open' },
          'Socket Mode is not connected',
        );
        await pause();
      }
    }
  }

  return {
    receiver,
    connected: () => connected,
    async start() {
      const first = new Promise<void>((settle, fail) => {
        stayConnected(settle).catch((err) => {
          log.error({ err }, 'Socket Mode has ended');
          fail(err);
        });
      });
      await Promise.race([first, sleep(FIRST_CONNECT_MS, undefined, { ref: false })]);
    },
    async stop() {
      stopped = true;
      await Promise.race([
        client.disconnect().catch(() => {}),
        sleep(DISCONNECT_MS, undefined, { ref: false }),
      ]);
    },
  };
}

function refuseBadToken(error: unknown): void {
  if (isSlackCode(error, 'invalid_auth', 'not_authed', 'token_revoked', 'not_allowed_token_type')) {
    throw new StartError('SLACK_APP_TOKEN is refused by Slack');
  }
}
