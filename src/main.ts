/** The composition root: database → Slack → listeners → deliveries, and the way back. */

import { setTimeout as sleep } from 'node:timers/promises';
import { ownSettingsView } from './activity/preferences/slack.ts';
import { repStatuses } from './activity/rep-statuses.ts';
import { registerActivity } from './activity/slack.ts';
import { warmUpDay } from './activity/warm-up.ts';
import { yearSoFar } from './activity/year-so-far.ts';
import { registerActuals } from './actuals/slack.ts';
import { settledRenewals } from './actuals/store.ts';
import { handOffAge } from './coaching/hand-off/store.ts';
import { handOffLine } from './coaching/hand-off/view.ts';
import { recognitionOpen } from './coaching/ids.ts';
import { objectionsBeside } from './coaching/objections/beside-check-in.ts';
import { weekOfNewHire } from './coaching/onboarding/messages.ts';
import { registerCoaching } from './coaching/slack.ts';
import { weekOfProspects } from './coaching/touches/show-prospects.ts';
import type { Config, SlackSettings } from './config.ts';
import type { Context } from './context.ts';
import { createClaims } from './db/claims.ts';
import { createDb, type Db } from './db/client.ts';
import { hasRoom } from './db/embedded/room.ts';
import { findRunning } from './db/embedded/running.ts';
import { isKept } from './db/embedded/volume.ts';
import { startEmbedded } from './db/embedded.ts';
import { createEncryption, parseKeyring } from './db/encryption.ts';
import { keysAtHand } from './db/keys/at-hand.ts';
import { migrate } from './db/migrate.ts';
import { acrossWorkspaces } from './db/scope.ts';
import { createStash } from './db/stash.ts';
import { makeWorkspaceRole } from './db/workspace-role.ts';
import { StartError } from './errors.ts';
import { registerHome } from './home/slack.ts';
import { leadersTeams } from './home/team.ts';
import { createLog, type Log } from './log.ts';
import { UNLIMITED } from './outbox/limit-rules.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { registerOutbox } from './outbox/slack.ts';
import { registerPeople } from './people/slack.ts';
import { nameAdmins } from './people/store.ts';
import { sealPlainWords } from './plan/seal-words.ts';
import { registerPlan } from './plan/slack.ts';
import { warmUp } from './plan/warm-up.ts';
import { registerPrivacy } from './privacy/slack.ts';
import { heardOfCauses } from './review/commitments/heard.ts';
import { askForHelp } from './review/promises/ask-for-help.ts';
import { heardOfPromises } from './review/promises/heard.ts';
import { registerReview } from './review/slack.ts';
import { workedSince } from './review/store.ts';
import { fastForward } from './scheduler/fast-forward.ts';
import { createTicker } from './scheduler/minute-tick.ts';
import { createScheduler, type RunningScheduler } from './scheduler/scheduler.ts';
import { createSlack } from './slack/app.ts';
import { createCommands } from './slack/commands.ts';
import { type HttpServer, startHttpServer } from './slack/http-server.ts';
import { createMetrics } from './slack/metrics.ts';
import { createOn } from './slack/on.ts';
import { type AdjustableClock, type Clock, systemClock } from './time/clock.ts';
import { within } from './time/within.ts';

export interface Options {
  /** One that can be moved where `advance` is to work. */
  clock?: Clock;
  log?: Log;
  /** One that listens already, such as the sandbox's; Bigplan's to end once it has started. */
  server?: HttpServer;
  /** The interface to listen on where there is none yet; all where left out. */
  host?: string;
  /** What a power cut may take from Bigplan's own database: nothing where left out. */
  mayLose?: 'nothing' | 'moments';
  /** Whether a first command is gone through once Bigplan listens, before anybody runs one: true where left out. */
  warmUp?: boolean;
}

export interface Bigplan {
  port: number;
  /** On loopback. */
  url: string;
  /** Where health and metrics are asked for, on loopback. */
  healthUrl: string;
  db: Db;
  /** Everything the slices were given. */
  context: Context;
  /** Resolves when no request and no delivery is being worked on. */
  settled(): Promise<void>;
  /** Does now what the minute's tick does, and resolves when what is due has been sent. */
  tick(): Promise<void>;
  /**
   * Moves the clock to `to` through every instant at which something is due, as if the time had passed.
   *
   * @throws RangeError when `to` lies in the past, TypeError where the clock can't be moved.
   */
  advance(to: Date): Promise<void>;
  /** Resolves where Bigplan's own database server has ended without being asked to. */
  databaseLost: Promise<void>;
  /** Finishes what is under way, then lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
}

const DRAIN_MS = 5_000;
/** Whoever has waited for the start goes first. */
const WARM_UP_AFTER_MS = 500;
const READY_MS = 2_000;

/**
 * Starts Bigplan.
 *
 * @throws StartError with one line for whoever started it; nothing is left running then.
 */
export function startBigplan(
  config: Config & { slack: SlackSettings },
  options: Options = {},
): Promise<Bigplan> {
  return acrossWorkspaces(() => start(config, options));
}

async function start(
  config: Config & { slack: SlackSettings },
  options: Options,
): Promise<Bigplan> {
  const log = options.log ?? createLog(config.logLevel);
  /** What has to be undone, in reverse order. */
  const undo: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= unwind(undo, log);
    return stopping;
  };

  try {
    const parts = await assemble(config, { ...options, log }, undo);
    const { context, slack, metrics, outbox, scheduler, ticker, databaseLost } = parts;
    const { claims, diskHasRoom } = parts;
    const { db, clock } = context;
    // Where Slack doesn't answer, that is found out later: until then nothing is heard and nothing sent.
    const confirmed = within(READY_MS, slack.workspaces.confirm());
    await confirmed;
    const wrongDatabase = slack.workspaces.wrongDatabase();
    if (wrongDatabase !== null) throw new StartError(wrongDatabase);

    const health = config.health === null ? null : await serveHealth(config.health);
    let warm = Promise.resolve();
    undo.push(() => warm);
    outbox.start();
    undo.push(() => within(DRAIN_MS, outbox.stop()));
    const { port } = config;
    const server = options.server ?? (await startHttpServer({ port, host: options.host, log }));
    undo.push(() => server.end());
    const { slackEvents, oauth } = slack;
    server.serve({ slackEvents, oauth, health: health ? null : { unready, metrics } });
    // Answers to what is under way go through the socket, so it ends last.
    undo.push(() => slack.stop());
    undo.push(() => slack.app.finish(DRAIN_MS));
    undo.push(() => slack.hearNoMore());
    undo.push(() => within(DRAIN_MS, ticker.stop()));
    // First: whoever asks `/readyz` sends nothing more by then, and what is on its way is still answered.
    undo.push(() => server.stopListening(config.stopGraceMs));
    await slack.start();
    ticker.start();
    if (options.warmUp ?? true) {
      warm = sleep(WARM_UP_AFTER_MS)
        .then(() => warmUp(context))
        .then(() => warmUpDay(context))
        .catch((err) => log.warn({ err }, 'The first command comes without a warm-up'));
    }

    async function serveHealth({ host, port }: { host: string; port: number }) {
      const setting = 'BIGPLAN_HEALTH_PORT';
      const own = await startHttpServer({ host, port, log, setting, metricsFor: 'anybody' });
      // To the last, so that whoever asks reads that it stops.
      undo.push(() => own.stopListening().then(() => own.end()));
      own.serve({ slackEvents: null, health: { unready, metrics } });
      log.info({ port: own.port }, 'Health and metrics have a port of their own');
      return own;
    }

    async function unready(): Promise<string[]> {
      const soon = <T>(work: Promise<T>) => within(READY_MS, work).catch(() => undefined);
      const [behind, writable, room, refusals = []] = await Promise.all([
        soon(outbox.isBehind()),
        soon(claims.canWrite()),
        soon(diskHasRoom()),
        soon(outbox.refusals()),
      ]);
      const codes = new Set([...slack.workspaces.refused(), ...refusals.map(refusalText)]);
      return [
        ...(behind === undefined ? ['database'] : []),
        ...(behind === true ? ['queue'] : []),
        ...(room === true && writable !== false ? [] : ['disk']),
        ...(slack.connected() ? [] : ['socket']),
        ...[...codes].map((code) => `token (${code})`),
        ...(stopping === null ? [] : ['stopping']),
      ];
    }

    async function tick(): Promise<void> {
      await ticker.tick();
      await outbox.idle();
    }

    log.info({ port: server.port, kind: config.slack.mode }, 'Bigplan is running');
    return {
      port: server.port,
      healthUrl: `http://127.0.0.1:${health?.port ?? server.port}`,
      url: `http://127.0.0.1:${server.port}`,
      db,
      context,
      async settled() {
        await slack.app.drained();
        await acrossWorkspaces(() => outbox.idle());
      },
      tick: () => acrossWorkspaces(tick),
      async advance(to) {
        if (!isAdjustable(clock)) throw new TypeError('This clock cannot be moved');
        const nextDue = async (after: Date) =>
          earlier(await scheduler.nextDue(after), await outbox.nextDue(after));
        const retryAt = async (now: Date) =>
          earlier(await scheduler.retryAt(now), await outbox.retryAt(now));
        const moved = { clock, nextDue, retryAt, tick };
        await acrossWorkspaces(() => fastForward(moved, to));
      },
      databaseLost,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface AtRest {
  context: Context;
  scheduler: RunningScheduler;
  outbox: Outbox;
  stop(): Promise<void>;
}

/**
 * Bigplan without anything running, for a command beside it: it answers nobody, and sends only what it
 * is told to.
 *
 * @throws StartError with one line for whoever started it.
 */
export function openBigplan(
  config: Config & { slack: SlackSettings },
  parts: { clock: Clock; log: Log },
): Promise<AtRest> {
  return acrossWorkspaces(() => open(config, parts));
}

async function open(
  config: Config & { slack: SlackSettings },
  { clock, log }: { clock: Clock; log: Log },
): Promise<AtRest> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = () => unwind(undo, log);
  try {
    const databaseUrl = config.databaseUrl ?? (await findRunning(config.dataDir));
    const { context, scheduler, outbox } = await assemble(
      { ...config, databaseUrl },
      { clock, log },
      undo,
    );
    return { context, scheduler, outbox, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Puts Bigplan together, on its database but with nothing running yet. */
async function assemble(
  config: Config & { slack: SlackSettings },
  { clock = systemClock, log, mayLose = 'nothing' }: Options & { log: Log },
  undo: (() => Promise<unknown>)[],
) {
  const { dataDir, encryptionKeys } = config;
  // A setting that can't be read is said before a database is started.
  if (encryptionKeys !== null) parseKeyring(encryptionKeys);
  const embedded = config.databaseUrl === null ? await startEmbedded({ dataDir, mayLose }) : null;
  if (embedded !== null) undo.push(() => embedded.stop());
  if (embedded !== null && !(await isKept(dataDir))) {
    log.warn(
      {},
      'BIGPLAN_DATA_DIR is not on a volume: the database and the keys are lost when this container is removed',
    );
  }
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) log.info({ names: applied }, 'The database was migrated');
  const isScoped = await makeWorkspaceRole(databaseUrl);
  if (!isScoped) {
    log.warn(
      {},
      'Nothing but the queries keeps workspaces apart: let DATABASE_URL’s user make roles',
    );
  }
  const db = createDb(databaseUrl, { isScoped });
  undo.push(() => db.$disconnect());
  const encryption = createEncryption(await keysAtHand(db, config));
  const sealed = await sealPlainWords({ db, encryption });
  if (sealed > 0) log.info({ count: sealed }, 'The free words of plans were encrypted');
  if (config.encryptionKeys === null && embedded === null) {
    log.warn(
      {},
      'BIGPLAN_ENCRYPTION_KEYS is not set: the key in BIGPLAN_DATA_DIR must not be lost',
    );
  }

  await nameAdmins(db, config.admins ?? []);

  const metrics = createMetrics();
  const stash = createStash({ db, encryption, clock });
  const claims = createClaims(db, log);
  const slack = createSlack(config.slack, { log, metrics, stash, claims, db, encryption });
  undo.push(() => slack.workspaces.stop());
  const { client, bulkClient } = slack;
  const outbox = createOutbox({
    db,
    databaseUrl,
    client: bulkClient,
    clickClient: client,
    clock,
    log,
    stash,
    ...(config.isSlackUnlimited && { limits: UNLIMITED }),
  });
  metrics.countDeliveries(() => outbox.counts());
  metrics.countWithheld(() => outbox.withheld());
  metrics.countRefusals(() => outbox.refusals());
  const scheduler = createScheduler({ db, clock, log });
  const on = createOn(slack.app, stash);
  const context: Context = {
    app: slack.app,
    commands: createCommands(slack.app, on, stash),
    on,
    client,
    bulkClient,
    admins: new Set(config.admins ?? []),
    db,
    clock,
    log,
    encryption,
    stash,
    outbox,
    scheduler,
  };
  const { refreshHomes, sweepPrivacy, reRead, countAsked } = registerListeners(context);
  const { ticked } = metrics;
  const beside = async () => {
    await refreshHomes();
    await sweepPrivacy();
    await reRead();
    await countAsked();
    await stash.sweep();
    await claims.sweep();
  };
  const ticker = createTicker({ scheduler, outbox, clock, log, ticked, beside });
  const databaseLost = embedded?.lost ?? new Promise<void>(() => {});
  // Another's server minds its own disk.
  const diskHasRoom = async () => embedded === null || hasRoom(dataDir);
  return { context, slack, metrics, claims, outbox, scheduler, ticker, databaseLost, diskHasRoom };
}

/** Each slice adds its commands, actions, views and deliveries here. */
function registerListeners(context: Context): {
  refreshHomes(): Promise<void>;
  sweepPrivacy(): Promise<void>;
  reRead(): Promise<void>;
  countAsked(): Promise<void>;
} {
  registerOutbox(context);
  const { reRead } = registerPeople(context, {
    planStatusOf: (workspaceId, repIds) => repStatuses(context, workspaceId, repIds),
    ownSettings: (person) => ownSettingsView(context, person),
    changed: (workspaceId, userIds) => home.showAll(workspaceId, userIds),
    teamsFor: (leader) => leadersTeams(context, leader),
    picks: { recognition: recognitionOpen.with() },
  });
  const home = registerHome(context);
  registerPlan(context, {
    changed: home.changed,
    settledRenewals: (planId) => settledRenewals(context, planId),
    yearSoFar,
  });
  registerActuals(context);
  const { countAsked } = registerActivity(context, {
    checkIn: async (plan, date, today) => [
      ...(await objectionsBeside(context, plan, date)),
      ...(await weekOfNewHire(context, plan, date)),
      ...(await weekOfProspects(context, plan, date, today)),
      ...(await heardOfCauses(context, plan, date)),
      ...(await heardOfPromises(context, plan, date)),
    ],
    block: async ({ workspaceId, locale }, now) =>
      handOffLine(await handOffAge(context.db, workspaceId), now, locale),
    askHelp: (rep, help) => askForHelp(context, rep, help),
  });
  registerCoaching(context, workedSince);
  registerReview(context);
  const privacy = registerPrivacy(context, {
    changed: (workspaceId, userIds) => home.showAll(workspaceId, userIds),
  });
  return {
    reRead,
    countAsked,
    refreshHomes: () => home.refresh(),
    sweepPrivacy: () => privacy.sweep(),
  };
}

async function unwind(undo: (() => Promise<unknown>)[], log: Log): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
    await step().catch((err) => log.error({ err }, 'Stopping had a problem'));
  }
}

const refusalText = ({ code, scope }: { code: string; scope: string | null }) =>
  scope === null ? code : `${code}: ${scope}`;

function isAdjustable(clock: Clock): clock is AdjustableClock {
  return 'moveTo' in clock;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
