/**
 * Socket Mode: Slack's requests over WebSockets that Bigplan opens. One is always up, or being opened:
 * a new one comes before the old one goes, and no refusal ends that while the process lives.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import type { Claims } from '../db/claims.ts';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import { classifySlackError, isSlackCode } from './errors.ts';
import { createRecent } from './recent.ts';
import { openConnection, type SocketConnection, type SocketEnvelope } from './socket-connection.ts';

export interface Socket {
  receiver: Receiver;
  connected(): boolean;
  /**
   * Resolves once connected, or once it is clear that this will take a while.
   *
   * @throws StartError where Slack refuses the token already now.
   */
  start(): Promise<void>;
  /**
   * Hears nothing new from here on: what isn't acknowledged, Slack tells another process. Resolves once what was heard
   * before is with its listeners.
   */
  hearNoMore(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  appToken: string;
  apiUrl: string | null;
  log: Log;
  claims: Claims;
}

const FIRST_CONNECT_MS = 10_000;
/** For `apps.connections.open` to answer. */
const OPEN_MS = 10_000;
/** The first pause after a failure: each further one is twice as long, up to the longest. */
const RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** Between two connections, where Slack closes each as soon as it is there. */
const SPACING_MS = 1_000;
/** How long a replaced connection still hears what Slack has on its way, where Slack doesn't close it. */
const LINGER_MS = 30_000;
/** A connection may break before Slack has read what it was answered: then it asks once more. */
const REMEMBERED = { keepMs: 60_000, max: 10_000 };
const UNDER_WAY = Symbol('under way');

export function createSocket({ appToken, apiUrl, log, claims }: Options): Socket {
  const clientOptions = {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: OPEN_MS,
  };
  const ending = new AbortController();
  /** Those that were up and haven't ended, newest first. */
  let connections: SocketConnection[] = [];
  let isOpening = false;
  let failures = 0;
  let lastFailure = '';
  let retryAt = 0;
  let bolt: App | null = null;
  /** Each envelope's answer, as it was sent. */
  const answers = createRecent<string | typeof UNDER_WAY>(REMEMBERED);
  let hearsMore = true;
  /** Heard, and not with its listeners yet. */
  const arriving = new Set<Promise<boolean>>();
  /** Answers for which there was no connection. */
  let unsent: string[] = [];
  /** While somebody waits for the start. */
  let starting: { up(): void; refused(error: StartError): void } | null = null;

  function keepUp(): void {
    connections = connections.filter((connection) => connection.isOpen());
    if (isOpening || ending.signal.aborted || connections.some(({ isLeaving }) => !isLeaving)) {
      return;
    }
    isOpening = true;
    void open().finally(() => {
      isOpening = false;
      keepUp();
    });
  }

  async function open(): Promise<void> {
    await sleep(Math.max(0, retryAt - performance.now()), undefined, {
      signal: ending.signal,
      ref: false,
    }).catch(() => {});
    if (ending.signal.aborted) return;
    try {
      const connection = await openConnection(
        { appToken, clientOptions },
        { changed: keepUp, envelope: (envelope, from) => void hear(envelope, from) },
      );
      if (ending.signal.aborted) await connection.end();
      else isUp(connection);
    } catch (error) {
      failed(error);
    }
  }

  function isUp(connection: SocketConnection): void {
    for (const old of connections) {
      setTimeout(() => void old.end(), LINGER_MS).unref();
    }
    connections = [connection, ...connections];
    failures = 0;
    lastFailure = '';
    retryAt = performance.now() + SPACING_MS;
    log.info({}, 'Socket Mode is connected');
    starting?.up();
    const waiting = unsent;
    unsent = [];
    for (const text of waiting) answer(text);
  }

  /** One line for a run of failures of the same kind. */
  function failed(error: unknown): void {
    const failure = classifySlackError(error);
    const pause = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** failures);
    const asked = failure.kind === 'rate_limited' ? failure.retryAfterMs : 0;
    failures += 1;
    retryAt = performance.now() + Math.max(pause, asked);
    if (starting !== null && isRefusal(error)) {
      ending.abort();
      starting.refused(new StartError('SLACK_APP_TOKEN is refused by Slack'));
      return;
    }
    const { kind: outcome } = failure;
    const code = 'code' in failure ? failure.code : outcome;
    if (code === lastFailure) return;
    lastFailure = code;
    const about = { outcome, code, method: 'apps.connections.open' };
    if (isRefusal(error)) {
      log.error(
        about,
        'Slack refuses SLACK_APP_TOKEN: Bigplan hears nothing new until that is mended',
      );
    } else {
      log.warn(about, 'Socket Mode is not connected');
    }
  }

  async function hear(envelope: SocketEnvelope, from: SocketConnection): Promise<void> {
    const { envelope_id: id, payload, retry_attempt, retry_reason } = envelope;
    const before = answers.get(id);
    if (before !== undefined) {
      if (before !== UNDER_WAY) answer(before, from);
      return;
    }
    if (!hearsMore) return;
    answers.set(id, UNDER_WAY);
    try {
      const first = isFirst(envelope);
      arriving.add(first);
      if (!(await first.finally(() => arriving.delete(first)))) {
        // Whoever submitted a form keeps what they typed, and is told by Slack to send it again.
        if (!isSubmission(envelope)) answer(JSON.stringify({ envelope_id: id }), from);
        return;
      }
      await bolt?.processEvent({
        body: payload as Record<string, unknown>,
        async ack(response?: unknown) {
          const said = typeof response === 'string' ? { text: response } : { ...(response ?? {}) };
          const text = JSON.stringify({ envelope_id: id, payload: said });
          answers.set(id, text);
          answer(text, from);
        },
        ...(retry_attempt !== undefined && { retryNum: retry_attempt }),
        ...(retry_reason !== undefined && { retryReason: retry_reason }),
      });
    } catch (err) {
      log.error({ err }, 'A request over Socket Mode failed');
    }
  }

  /** An event is known by its own id, in whichever envelope it comes again. */
  async function isFirst({ type, envelope_id: id }: SocketEnvelope): Promise<boolean> {
    return type === 'events_api' || claims.claim(`envelope:${id}`);
  }

  /** Over the connection that asked, else over another, else over the next one. */
  function answer(text: string, asked?: SocketConnection): void {
    const ways = asked === undefined ? connections : [asked, ...connections];
    if (!ways.some((connection) => connection.send(text))) unsent.push(text);
  }

  const socket: Socket = {
    receiver: {
      init(app) {
        bolt = app;
      },
      start: () => socket.start(),
      stop: () => socket.stop(),
    },
    connected: () => connections.some((connection) => connection.isOpen()),
    async start() {
      const first = new Promise<void>((up, refused) => {
        starting = { up, refused };
      });
      keepUp();
      await Promise.race([first, sleep(FIRST_CONNECT_MS, undefined, { ref: false })]).finally(
        () => {
          starting = null;
        },
      );
    },
    async hearNoMore() {
      hearsMore = false;
      await Promise.allSettled(arriving);
    },
    async stop() {
      ending.abort();
      await Promise.all(connections.map((connection) => connection.end()));
    },
  };
  return socket;
}

const isSubmission = ({ payload }: SocketEnvelope) =>
  (payload as { type?: unknown } | null)?.type === 'view_submission';

function isRefusal(error: unknown): boolean {
  return isSlackCode(
    error,
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_expired',
    'token_revoked',
    'missing_scope',
    'not_allowed_token_type',
  );
}
