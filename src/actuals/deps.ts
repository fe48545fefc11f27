import type { Db } from '../db/client.ts';
import type { Sealer } from '../db/seal.ts';
import type { Agenda } from '../jobs/agenda.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { Actor } from '../people/deps.ts';
import type { PlanStore } from '../plan/store.ts';
import type { Clock } from '../time/clock.ts';

/** What the use cases about actuals work with. */
export interface ActualsDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  ledger: Ledger;
  agenda: Agenda;
}

/** For reading, on the database or within a transaction. */
export type Reading = PlanStore;

/** A rep, by Slack's ids. */
export type RepId = Actor;
