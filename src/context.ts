/** What `main.ts` hands to each slice's `registerX(context)`. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Db } from './db/client.ts';
import type { Sealer } from './db/seal.ts';
import type { Agenda } from './jobs/agenda.ts';
import type { Ledger } from './jobs/ledger.ts';
import type { Log } from './log.ts';
import type { Commands } from './slack/commands.ts';
import type { Clock } from './time/clock.ts';

export interface Context {
  /** For actions, view submissions and events. Commands go through `commands`. */
  app: App;
  commands: Commands;
  /** Slack's Web API for what people wait for; listeners may use their own `client` as well. */
  client: WebClient;
  /** Slack's Web API for what Bigplan does by itself: a limit hit there holds up nobody's click. */
  bulkClient: WebClient;
  db: Db;
  clock: Clock;
  log: Log;
  sealer: Sealer;
  /** For messages that Bigplan sends by itself. */
  ledger: Ledger;
  /** For what a person gets by the clock. */
  agenda: Agenda;
}
