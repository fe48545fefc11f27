/** An outbox by itself, as one process has it, on a test's database and Slack. */
import { WebClient } from '@slack/web-api';
import type { Log } from '../../src/log.ts';
import { UNLIMITED } from '../../src/outbox/limit-rules.ts';
import { createOutbox, type Outbox, type OutboxParts } from '../../src/outbox/outbox.ts';
import { boltLogger } from '../../src/slack/bolt-logger.ts';
import { clientOptions } from '../../src/slack/clients.ts';
import type { TestDb } from './db.ts';
import { clearJobs } from './jobs.ts';
import type { FakeSlack } from './slack.ts';

type Spoken = Pick<FakeSlack, 'botToken' | 'apiUrl'>;

interface Speaking {
  log: Log;
  /** Slack's patience (ms); the app's where left out. */
  timeout?: number;
}

/** A client as the app makes its own. */
export function clientOn({ botToken, apiUrl }: Spoken, { log, timeout }: Speaking): WebClient {
  const settings = { mode: 'http', botToken, signingSecret: 'x', apiUrl } as const;
  const options = clientOptions(settings, boltLogger(log));
  return new WebClient(botToken, { ...options, ...(timeout && { timeout }) });
}

/** Without `limits` Slack has none. */
export function outboxOn(
  { db, url }: Pick<TestDb, 'db' | 'url'>,
  slack: Spoken,
  { clock, limits = UNLIMITED, ...more }: Speaking & Pick<OutboxParts, 'clock' | 'limits'>,
): Outbox {
  const client = clientOn(slack, more);
  return createOutbox({ db, databaseUrl: url, client, clock, log: more.log, limits });
}

/** As if nothing had ever been planned or sent. */
export async function clearOutbox(db: TestDb['db']): Promise<void> {
  await db.delivery.deleteMany();
  await db.slackPause.deleteMany();
  await db.slackPace.deleteMany();
  await clearJobs(db);
}
