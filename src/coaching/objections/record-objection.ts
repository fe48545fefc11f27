/** Objections: logged by whoever met them or coaches them, corrected, taken away. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPerson, managerOf, type Person, teamLedBy } from '../../people/store.ts';
import { addDays, isLocalDate } from '../../time/local-date.ts';
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
import { canEdit, countObjections, type ObjectionCount, whoHandles } from './group-rules.ts';

/** What is said of one. */
export interface SaidObjection {
  about: ObjectionGroup;
  handled: boolean;
  words: string | null;
  answer: string | null;
}

/**
 * Logs what a rep has met, under the id of its form; the same id again is the same objection.
 *
 * @param repId empty: the actor's own.
 * @param date local, of the rep; today where left out, or where it is still to come.
 * @throws UserError `not_yours` for anybody but the rep and whoever coaches them.
 */
export async function recordObjection(
  deps: Deps,
  actor: PersonRef,
  {
    id,
    repId,
    source,
    date: on = '',
    ...said
  }: SaidObjection & {
    id: string;
    repId: string;
    source: ObjectionSource;
    date?: string | undefined;
  },
): Promise<Objection> {
  const { db, encryption, clock } = deps;
  const { workspaceId } = actor;
  const userId = repId === '' ? actor.userId : repId;
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    await lockPerson(tx, { workspaceId, userId });
    if (userId !== actor.userId) await mustCoach(store, actor, userId, clock.now());
    const known = await findObjection(store, id);
    if (known) return known;
    const rep = await findPerson(tx, { workspaceId, userId });
    const today = localDateIn(rep?.timeZone ?? 'UTC', clock.now());
    const objection: Objection = {
      id,
      workspaceId,
      repId: userId,
      date: isLocalDate(on) && on < today ? on : today,
      ...said,
      source,
      addedBy: actor.userId,
      createdAt: clock.now(),
      removedAt: null,
    };
    await save(deps, tx, objection);
    return objection;
  });
}

/** The check-in of its day shows it. */
async function save(
  { encryption, outbox }: Pick<Deps, 'encryption' | 'outbox'>,
  tx: Tx,
  objection: Objection,
): Promise<void> {
  const { workspaceId, repId: userId, date } = objection;
  await saveObjection({ db: tx, encryption }, objection);
  await outbox.refresh(tx, { workspaceId, userId, subject: date });
}

/** One that the actor may change: whoever logged it, and of a rep's, while they coach them. @throws UserError `objection_gone`, `not_yours`. */
export async function mustEditObjection(
  store: DatedStore,
  actor: PersonRef,
  id: string,
): Promise<Objection> {
  const found = await mustFind(store, actor, id);
  if (!canEdit(found, actor.userId)) {
    throw new UserError('not_yours', 'Only whoever logged it changes what it says.');
  }
  if (found.repId !== actor.userId) await mustCoach(store, actor, found.repId, store.clock.now());
  return found;
}

/** Says it otherwise; its rep, its day and where it was logged stay. @throws as `mustEditObjection`. */
export async function editObjection(
  deps: Deps,
  actor: PersonRef,
  id: string,
  said: SaidObjection,
): Promise<Objection> {
  return inTransaction(deps.db, async (tx) => {
    const { encryption, clock } = deps;
    const within = { db: tx, encryption, clock };
    const { workspaceId, repId: userId } = await mustEditObjection(within, actor, id);
    await lockPerson(tx, { workspaceId, userId });
    const objection = { ...(await mustEditObjection(within, actor, id)), ...said };
    await save(deps, tx, objection);
    return objection;
  });
}

/** Takes one away, or puts it back. @throws UserError `objection_gone`, `not_yours`. */
export async function removeObjection(
  deps: Deps,
  actor: PersonRef,
  id: string,
  isRemoved: boolean,
): Promise<Objection> {
  const { db, encryption, clock } = deps;
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const { workspaceId, repId, addedBy } = await mustFind(store, actor, id);
    if (actor.userId !== repId && actor.userId !== addedBy) {
      throw new UserError('not_yours', 'Only the rep, or whoever logged it, takes that away.');
    }
    await lockPerson(tx, { workspaceId, userId: repId });
    const found = await mustFind(store, actor, id);
    const objection = { ...found, removedAt: isRemoved ? clock.now() : null };
    await save(deps, tx, objection);
    return objection;
  });
}

async function mustFind(store: Store, actor: PersonRef, id: string): Promise<Objection> {
  const found = await findObjection(store, id);
  if (!found || found.workspaceId !== actor.workspaceId) {
    throw new UserError('objection_gone', 'That objection is no longer here.');
  }
  return found;
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
  /** What the person has logged for reps whom they lead. */
  logged: Objection[];
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
  const logged = met.filter(({ repId, addedBy }) => addedBy === userId && repId !== userId);
  return { own: met.filter(({ repId }) => repId === userId), logged, counts, rolePlays };
}
