import type { Db } from '../db/client.ts';
import type { Encryption } from '../db/encryption.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Clock } from '../time/clock.ts';

/** What the plan's use cases work with. */
export interface PlanDeps {
  db: Db;
  encryption: Encryption;
  clock: Clock;
  outbox: Outbox;
  scheduler: Scheduler;
}
