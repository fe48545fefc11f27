import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { meetPerson } from '../people/meet-person.ts';
import { type ActualsPlan, type Asked, planFor, readerOf } from './plan-for.ts';
import type { Reader } from './words-view.ts';

/**
 * The plan that somebody enters something for, and how they read it.
 * @throws UserError as `planFor`.
 */
export async function screenFor(
  context: Context,
  actor: PersonRef,
  repId: string,
  asked: Asked,
): Promise<{ plan: ActualsPlan; reader: Reader }> {
  const person = await meetPerson(context, actor);
  const plan = await planFor(context, actor, repId, asked);
  return { plan, reader: readerOf(person, plan) };
}
