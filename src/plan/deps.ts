import type { Db } from '../db/client.ts';
import type { Sealer } from '../db/seal.ts';
import type { Agenda } from '../jobs/agenda.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { Clock } from '../time/clock.ts';

/** What the plan's use cases work with. */
export interface PlanDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  ledger: Ledger;
  agenda: Agenda;
}
