import type { Db } from '../db/client.ts';
import type { Encryption } from '../db/encryption.ts';
import type { Store } from '../db/store.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Actor } from '../people/deps.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Clock } from '../time/clock.ts';

/** What the use cases about actuals work with. */
export interface ActualsDeps {
  db: Db;
  encryption: Encryption;
  clock: Clock;
  outbox: Outbox;
  scheduler: Scheduler;
}

/** For reading, on the database or within a transaction. */
export type Reading = Store;

/** A rep, by Slack's ids. */
export type RepId = Actor;
