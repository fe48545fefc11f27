import type { Db, Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import { UserError } from '../errors.ts';
import { findManaged, type Person } from '../people/store.ts';

/** The two people of a plan. */
export interface Pair {
  rep: Person;
  manager: Person | null;
}

export type Side = 'rep' | 'manager';

/** The one of the pair who stands on `side`. */
export function readerOf({ pair, side }: { pair: Pair; side: Side }): Person {
  return (side === 'rep' ? pair.rep : pair.manager) ?? pair.rep;
}

/**
 * Who plans with whom now, whatever was so when a button was made. A manager whose account is
 * deactivated can't sign, so the rep is free to name another one.
 */
export async function pairOf(db: Db | Tx, ref: PersonRef): Promise<Pair> {
  const { person: rep, manager } = (await findManaged(db, ref)) ?? gone();
  return { rep, manager: manager?.deactivated ? null : manager };
}

function gone(): never {
  throw new UserError('plan_gone', 'That plan is no longer here.');
}

/**
 * On which side of the pair somebody stands.
 * @throws UserError `not_yours` where on neither: nobody else may see a plan.
 */
export function sideOf({ rep, manager }: Pair, userId: string): Side {
  if (userId === rep.userId) return 'rep';
  if (userId === manager?.userId) return 'manager';
  throw new UserError(
    'not_yours',
    'That plan belongs to somebody else: only its rep and their manager can open it.',
  );
}
