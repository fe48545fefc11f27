/** The composition root: database → Slack → listeners → deliveries, and the way back. */
import type { Config, SlackSettings } from './config.ts';
import type { Context } from './context.ts';
import { createDb, type Db } from './db/client.ts';
import { type EmbeddedDatabase, startEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { createSealer, loadKeyring } from './db/seal.ts';
import { registerHome } from './home/listeners.ts';
import { createLedger } from './jobs/ledger.ts';
import { createLog, type Log } from './log.ts';
import { registerPeople } from './people/listeners.ts';
import { registerPlan } from './plan/listeners.ts';
import { planStatuses } from './plan/plan-statuses.ts';
import { warmUp } from './plan/warm-up.ts';
import { createSlack } from './slack/app.ts';
import { createCommands } from './slack/commands.ts';
import { type Handler, startHttpServer } from './slack/http-server.ts';
import { createMetrics } from './slack/metrics.ts';
import { type Clock, systemClock } from './time/clock.ts';

export interface Options {
  clock?: Clock;
  log?: Log;
  /** Answers what is no request of Slack's: the sandbox's page. */
  fallback?: Handler;
  /** The interface to listen on; all where left out. */
  host?: string;
  /** Whether the first command is rehearsed before anybody waits for it: true where left out. */
  rehearse?: boolean;
}

export interface Bigplan {
  port: number;
  /** On loopback. */
  url: string;
  db: Db;
  /** Everything the slices were given. */
  context: Context;
  /** Resolves when no request and no delivery is being worked on. */
  settled(): Promise<void>;
  /** Resolves where Bigplan's own database server has ended without being asked to. */
  databaseLost: Promise<void>;
  /** Finishes what is under way, then lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
}

const DRAIN_MS = 5_000;
const READY_MS = 2_000;

/**
 * Starts Bigplan.
 *
 * @throws StartError with one line for whoever started it; nothing is left running then.
 */
export async function startBigplan(
  config: Config & { slack: SlackSettings },
  options: Options = {},
): Promise<Bigplan> {
  const { clock = systemClock, fallback = null, host = null } = options;
  const log = options.log ?? createLog(config.logLevel);
  /** What has to be undone, in reverse order. */
  const undo: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= unwind(undo, log);
    return stopping;
  };

  try {
    const sealer = createSealer(await loadKeyring(config.encryptionKeys, config.dataDir));
    const embedded = await openEmbedded(config);
    if (embedded !== null) undo.push(() => embedded.stop());
    const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
    const applied = await migrate(databaseUrl);
    if (applied.length > 0) log.info({ names: applied }, 'The database was migrated');
    const db = createDb(databaseUrl);
    undo.push(() => db.$disconnect());
    if (config.encryptionKeys === null && embedded === null) {
      log.warn(
        {},
        'BIGPLAN_ENCRYPTION_KEYS is not set: the key in BIGPLAN_DATA_DIR must not be lost',
      );
    }

    const metrics = createMetrics();
    const slack = createSlack(config.slack, log, metrics);
    const ledger = createLedger({ db, client: slack.bulkClient, clock, log });
    metrics.countDeliveries(() => ledger.counts());
    const context: Context = {
      app: slack.app,
      commands: createCommands(slack.app),
      client: slack.client,
      db,
      clock,
      log,
      sealer,
      ledger,
    };
    registerListeners(context);
    if (options.rehearse ?? true) {
      await warmUp(context).catch((err) =>
        log.warn({ err }, 'The first command comes unrehearsed'),
      );
    }

    ledger.start();
    undo.push(() => within(DRAIN_MS, ledger.stop()));
    const server = await startHttpServer(
      { slackEvents: slack.slackEvents, unready, metrics, fallback },
      { port: config.port, host, log },
    );
    undo.push(() => server.end());
    // Answers to what is under way go through the socket, so it ends last.
    undo.push(() => slack.stop());
    undo.push(() => within(DRAIN_MS, slack.app.drained()));
    undo.push(() => server.stopListening());
    await slack.start();

    async function unready(): Promise<string[]> {
      const answered = await within(READY_MS, db.$queryRaw`SELECT 1`).then(
        (rows) => rows !== undefined,
        () => false,
      );
      return [
        ...(answered ? [] : ['database']),
        ...(slack.connected() ? [] : ['slack']),
        ...(stopping === null ? [] : ['stopping']),
      ];
    }

    log.info({ port: server.port, kind: config.slack.mode }, 'Bigplan is running');
    return {
      port: server.port,
      url: `http://127.0.0.1:${server.port}`,
      db,
      context,
      async settled() {
        await slack.app.drained();
        await ledger.idle();
      },
      databaseLost: embedded?.lost ?? new Promise(() => {}),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Each slice adds its commands, actions, views and deliveries here. */
function registerListeners(context: Context): void {
  registerPeople(context, {
    planStatusOf: (workspaceId, repIds) => planStatuses(context, workspaceId, repIds),
  });
  registerPlan(context, registerHome(context));
}

async function openEmbedded({ databaseUrl, dataDir }: Config): Promise<EmbeddedDatabase | null> {
  return databaseUrl === null ? startEmbedded({ dataDir }) : null;
}

async function unwind(undo: (() => Promise<unknown>)[], log: Log): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
    await step().catch((err) => log.error({ err }, 'Stopping had a problem'));
  }
}

/** What `work` gives, or undefined when it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((settle) => {
    timer = setTimeout(settle, ms, undefined);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
