import type { Db } from '../db/client.ts';
import type { Encryption } from '../db/encryption.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Actor } from '../people/deps.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Clock } from '../time/clock.ts';
import type { SettledRenewal } from './reading/summary-view.ts';

/** What the plan's use cases work with. */
export interface PlanDeps {
  db: Db;
  encryption: Encryption;
  clock: Clock;
  outbox: Outbox;
  scheduler: Scheduler;
}

/** What the plan tells and asks of slices that it doesn't know. */
export interface PlanHooks {
  /** A plan's standing has changed by somebody's hand: what shows it elsewhere is stale. */
  changed(repId: string, actor: Actor): void;
  /** What has become of a plan's renewals so far, oldest first. */
  settledRenewals(planId: string): Promise<SettledRenewal[]>;
}
