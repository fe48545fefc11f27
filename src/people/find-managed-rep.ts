import type { Db, Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import { findPerson, managerOf, type Person } from './store.ts';

/**
 * The person for whom the actor may enter something: themselves, or a rep who plans with them now.
 * Null: anybody else.
 */
export async function findManagedRep(
  db: Db | Tx,
  actor: PersonRef,
  userId: string,
): Promise<Person | null> {
  const person = await findPerson(db, { workspaceId: actor.workspaceId, userId });
  if (!person || userId === actor.userId) return person;
  const manager = await managerOf(db, { workspaceId: actor.workspaceId, userId });
  return manager?.userId === actor.userId ? person : null;
}
