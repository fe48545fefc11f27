import type { Tx } from '../db/client.ts';
import type { Scheduler, Who } from '../scheduler/scheduler.ts';
import { teamLedBy } from './store.ts';

/** Wakes those whose manager somebody is: what they get follows the manager's days and clocks as well. */
export async function rescheduleTeamOf(
  scheduler: Scheduler,
  tx: Tx,
  { team, person }: Who,
): Promise<void> {
  const led = await teamLedBy(tx, team, person);
  for (const { userId } of led?.members ?? [])
    await scheduler.reschedule(tx, { team, person: userId });
}
