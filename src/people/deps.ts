import type { Db } from '../db/client.ts';
import type { Agenda } from '../jobs/agenda.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { Clock } from '../time/clock.ts';

/** What the use cases about people work with. */
export interface PeopleDeps {
  db: Db;
  clock: Clock;
  ledger: Ledger;
  agenda: Agenda;
}

/** Who does something, as Slack's signature vouches for it. */
export interface Actor {
  workspaceId: string;
  userId: string;
}
