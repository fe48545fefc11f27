import type { Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { teamLedBy } from './store.ts';

/** Wakes those whose manager somebody is: what they get follows the manager's days and clocks as well. */
export async function rescheduleTeamOf(
  scheduler: Scheduler,
  tx: Tx,
  manager: PersonRef,
): Promise<void> {
  const led = await teamLedBy(tx, manager);
  for (const member of led?.members ?? []) await scheduler.reschedule(tx, member);
}
