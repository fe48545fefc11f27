import type { Db } from '../db/client.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Clock } from '../time/clock.ts';

/** What the use cases about people work with. */
export interface PeopleDeps {
  db: Db;
  clock: Clock;
  outbox: Outbox;
  scheduler: Scheduler;
}

/** Who does something, as Slack's signature vouches for it. */
export interface Actor {
  workspaceId: string;
  userId: string;
}
