import type { Db } from '../db/client.ts';
import type { Sealer } from '../db/seal.ts';
import type { Agenda } from '../jobs/agenda.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { Clock } from '../time/clock.ts';

/** What the use cases of the monthly review work with. */
export interface ReviewDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  ledger: Ledger;
  agenda: Agenda;
}
