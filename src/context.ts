/** What `main.ts` hands to each slice's `registerX(context)`. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Db } from './db/client.ts';
import type { Encryption } from './db/encryption.ts';
import type { Stash } from './db/stash.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Scheduler } from './scheduler/scheduler.ts';
import type { Commands } from './slack/commands.ts';
import type { On } from './slack/on.ts';
import type { Clock } from './time/clock.ts';

export interface Context {
  /** For actions, view submissions and events. Commands go through `commands`. */
  app: App;
  commands: Commands;
  /** What people press, fill in and close. */
  on: On;
  /** Slack's Web API for what people wait for; listeners may use their own `client` as well. */
  client: WebClient;
  /** Slack's Web API for what Bigplan does by itself: a limit hit there holds up nobody's click. */
  bulkClient: WebClient;
  /** Slack's user ids of those who count as admins of the workspace, whatever Slack says. */
  admins: ReadonlySet<string>;
  db: Db;
  clock: Clock;
  log: Log;
  encryption: Encryption;
  /** What buttons stand for that is no id, where something goes out that neither `on` nor the outbox sends. */
  stash: Stash;
  /** For messages that Bigplan sends by itself. */
  outbox: Outbox;
  /** For what a person gets by the clock. */
  scheduler: Scheduler;
}

/** What a use case works with. */
export type Deps = Pick<Context, 'db' | 'encryption' | 'clock' | 'outbox' | 'scheduler'>;
