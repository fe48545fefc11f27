import type { Tx } from '../db/client.ts';
import type { Agenda, Who } from '../jobs/agenda.ts';
import { teamLedBy } from './store.ts';

/** Wakes those whose manager somebody is: what they get follows the manager's days and clocks as well. */
export async function wakeTeamOf(agenda: Agenda, tx: Tx, { team, person }: Who): Promise<void> {
  const led = await teamLedBy(tx, team, person);
  for (const { userId } of led?.members ?? []) await agenda.wake(tx, { team, person: userId });
}
