/** Objections: logged by whoever met them or coaches them, corrected, taken away. */
import type { Deps } from '../../context.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPerson, managerOf, type Person, teamLedBy } from '../../people/store.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { mustCoach } from '../hour/hold-hour.ts';
import type { ObjectionGroup, ObjectionSource } from '../schemas.ts';
import {
  findObjection,
  type Objection,
  objectionsSince,
  recognitionsOf,
  saveObjection,
} from '../store.ts';
import { countObjections, type ObjectionCount, whoHandles } from './group-rules.ts';

/** What is said of one. */
export interface SaidObjection {
  about: ObjectionGroup;
  handled: boolean;
  words: string | null;
  answer: string | null;
}

/**
 * Logs what a rep has met, today, under the id of its form; the same id again is the same objection.
 *
 * @param repId empty: the actor's own.
 * @throws UserError `not_yours` for anybody but the rep and whoever coaches them.
 */
export async function recordObjection(
  deps: Deps,
  actor: PersonRef,
  {
    id,
    repId,
    source,
    ...said
  }: SaidObjection & { id: string; repId: string; source: ObjectionSource },
): Promise<Objection> {
  const { db, encryption, clock } = deps;
  const { workspaceId } = actor;
  const userId = repId === '' ? actor.userId : repId;
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    await lockPerson(tx, { workspaceId, userId });
    if (userId !== actor.userId) await mustCoach(store, actor, userId, clock.now());
    const rep = await findPerson(tx, { workspaceId, userId });
    const objection: Objection = {
      id,
      workspaceId,
      repId: userId,
      date: localDateIn(rep?.timeZone ?? 'UTC', clock.now()),
      ...said,
      source,
      addedBy: actor.userId,
      createdAt: clock.now(),
      removedAt: null,
    };
    const known = await findObjection(store, id);
    if (known) return known;
    await saveObjection(store, objection);
    return objection;
  });
}

/** Takes one away, or puts it back. @throws UserError `objection_gone`, `not_yours`. */
export async function removeObjection(
  deps: Deps,
  actor: PersonRef,
  id: string,
  isRemoved: boolean,
): Promise<void> {
  const { db, encryption, clock } = deps;
  await inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const found = await findObjection(store, id);
    if (!found || found.workspaceId !== actor.workspaceId) {
      throw new UserError('objection_gone', 'That objection is no longer here.');
    }
    if (actor.userId !== found.repId && actor.userId !== found.addedBy) {
      throw new UserError('not_yours', 'Only the rep, or whoever logged it, takes that away.');
    }
    await lockPerson(tx, { workspaceId: found.workspaceId, userId: found.repId });
    await saveObjection(store, { ...found, removedAt: isRemoved ? clock.now() : null });
  });
}

/** Objections are looked at over so many calendar days. */
const LOOKED_AT = 56;

/** The reps with whom somebody plans, or who plan with somebody's manager: their user ids. */
async function teamOf(store: Pick<Store, 'db'>, person: PersonRef): Promise<string[]> {
  const manager = await managerOf(store.db, person);
  const led = await teamLedBy(store.db, person);
  const team = manager ? await teamLedBy(store.db, manager) : null;
  const members = [...(led?.members ?? []), ...(team?.members ?? [])];
  const ids = members.filter(({ deactivated }) => !deactivated).map(({ userId }) => userId);
  return [...new Set([...ids, person.userId])];
}

/** A role-play that is worth an hour: what comes most and isn't handled, and who has an answer to it. */
export interface RolePlay extends ObjectionCount {
  /** Slack's user ids of those who agreed to be named. */
  who: string[];
}

export interface TeamObjections {
  own: Objection[];
  /** Of the whole team, without names. */
  counts: ObjectionCount[];
  rolePlays: RolePlay[];
}

/** What a person's team has met in eight weeks. Whoever didn't agree is named nowhere. */
export async function teamObjections(
  store: Store,
  person: Person,
  now: Date,
): Promise<TeamObjections> {
  const { workspaceId, userId, timeZone } = person;
  const since = addDays(localDateIn(timeZone, now), -LOOKED_AT);
  const repIds = await teamOf(store, person);
  const met = await objectionsSince(store, workspaceId, repIds, since);
  const agreed = await recognitionsOf(store.db, workspaceId, repIds);
  const counts = countObjections(met);
  const rolePlays = counts
    .filter(({ about }) => about !== 'other')
    .map((count) => ({
      ...count,
      who: whoHandles(count.about, met).filter((id) => agreed.get(id)?.handles),
    }))
    .filter(({ count, handled, who }) => handled < count || who.length > 0);
  return { own: met.filter(({ repId }) => repId === userId), counts, rolePlays };
}
