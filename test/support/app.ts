/** The real Bigplan over HTTP, against a fake Slack and a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Config, SlackSettings } from '../../src/config.ts';
import { acrossWorkspaces } from '../../src/db/scope.ts';
import { createLog, type Log } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, TEST_KEYS, type TestDb, testEncryption } from './db.ts';
import { type FakeSlack, startFakeSlack } from './slack.ts';
import { unlistedSecrets } from './unlisted-secrets.ts';
import { noteComplaint } from './what-was-logged.ts';

/** A delivery that waits for a Slack that never answers is not waited for. */
const SETTLE_MS = 20_000;

export type AppConfig = Config & { slack: SlackSettings };

export interface TestApp {
  slack: FakeSlack;
  bigplan: Bigplan;
  /** The same database as the app's, to look into. */
  db: TestDb['db'];
  clock: AdjustableClock;
  /** What it was started with, for another one on the same data. */
  config: AppConfig;
  /** What the app logged, one parsed line each. */
  logged: Record<string, unknown>[];
  /** Whether its test presses buttons with whatever it makes up: then it may carry that on. */
  sendsAnything?: boolean;
  /** Stops the app and starts it anew on the same data, as after a deployment. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The same parts, for a test to use: each of their functions is done for all workspaces. */
export function acrossAll<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'function')
        return (...args: unknown[]) => acrossWorkspaces(() => Reflect.apply(value, target, args));
      return PARTS.has(name) ? acrossAll(value as object) : value;
    },
    ownKeys: (target) => Reflect.ownKeys(target),
  });
}
const PARTS: ReadonlySet<string | symbol> = new Set(['outbox', 'scheduler', 'stash']);

/** From the next 16:00 UTC on: where people of these tests live it is day then, whenever the tests run. */
function daytimeClock(): AdjustableClock {
  const clock = createAdjustableClock();
  const start = clock.now();
  start.setUTCHours(start.getUTCHours() >= 16 ? 40 : 16, 0, 0, 0);
  clock.moveTo(start);
  return clock;
}

export interface TestSettings {
  slack?: Partial<SlackSettings>;
  admins?: readonly string[];
  /** The app's to drop; one on the server of all tests where left out. */
  database?: TestDb;
}

/**
 *     const app = await startTestApp();
 *     await app.slack.command('/bigplan', '', { user: 'U0REP' });
 *     …
 *     await app.stop();
 */
export async function startTestApp(more: TestSettings = {}): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-app-'));
  const database = more.database ?? (await createTestDb());
  const slack = await startFakeSlack();
  const clock = daytimeClock();
  const logged: Record<string, unknown>[] = [];
  const write = (line: string) => {
    logged.push(JSON.parse(line));
    noteComplaint(line);
  };
  const log: Log = createLog('info', { write });
  const config: AppConfig = {
    slack: {
      mode: 'http',
      botToken: slack.botToken,
      signingSecret: slack.signingSecret,
      apiUrl: slack.apiUrl,
      ...more.slack,
    } as SlackSettings,
    port: 0,
    ...(more.admins && { admins: more.admins }),
    databaseUrl: database.url,
    dataDir,
    health: null,
    encryptionKeys: TEST_KEYS,
    logLevel: 'info',
    isSlackUnlimited: true,
  };
  const start = async () => {
    const bigplan = await startBigplan(config, { clock, log, host: '127.0.0.1', warmUp: false });
    slack.connect(bigplan.url, () => Promise.race([bigplan.settled(), sleep(SETTLE_MS)]));
    const { context, ...rest } = bigplan;
    return {
      ...rest,
      db: database.db,
      context: { ...acrossAll(context), db: database.db },
    };
  };
  const app: TestApp = {
    slack,
    bigplan: await start(),
    db: database.db,
    clock,
    config,
    logged,
    async restart() {
      await app.bigplan.stop();
      app.bigplan = await start();
    },
    async stop() {
      await app.bigplan.stop();
      await slack.stop();
      const unlisted = await unlistedSecrets(database.db, testEncryption());
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      expect(unlisted, 'what is encrypted, and not (rightly) in SEALED_COLUMNS').toEqual([]);
      if (!app.sendsAnything) expect(slack.carriedWrongly()).toEqual([]);
    },
  };
  return app;
}
