/** The first weeks of new hires, for any number of reps, and what their pair does with them. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPeople } from '../../people/store.ts';
import { pairOf, type Side, sideOf } from '../../plan/access.ts';
import { datesBetween, mondayOf } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { lookSubject } from './look-keys.ts';
import { confirmerOf, LOOK_DAYS, type Onboarding, onboardingOf, type WeekKind } from './rules.ts';
import { addLook, heldLooks, keptWeeks, removeLook, saveWeek } from './store.ts';

/** By user id, of those who joined lately, in three statements for any number of reps. */
export async function onboardingsOf(
  store: DatedStore,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, Onboarding>> {
  const people = await findPeople(store.db, workspaceId, repIds);
  const weeks = await keptWeeks(store, workspaceId, repIds);
  const looks = await heldLooks(store.db, workspaceId, repIds);
  const now = store.clock.now();
  const found = people.flatMap(({ userId: repId, joinedOn, timeZone, deactivated }) => {
    if (joinedOn === null || deactivated) return [];
    const who = { repId, joinedOn, today: localDateIn(timeZone, now) };
    const one = onboardingOf(who, weeks.get(repId) ?? [], looks.get(repId) ?? []);
    return one ? [[repId, one] as const] : [];
  });
  return new Map(found);
}

/** Somebody's first weeks, as one of their pair sees them. */
export interface OpenOnboarding {
  onboarding: Onboarding;
  side: Side;
  name: string;
  managerId: string | null;
}

/** @throws UserError `not_yours`, `plan_gone`, or `no_onboarding` where nobody said that they are new. */
export async function mustOpenOnboarding(
  store: DatedStore,
  actor: PersonRef,
  repId: string,
): Promise<OpenOnboarding> {
  const { workspaceId } = actor;
  const pair = await pairOf(store.db, { workspaceId, userId: repId });
  const side = sideOf(pair, actor.userId);
  const onboarding = (await onboardingsOf(store, workspaceId, [repId])).get(repId);
  if (!onboarding) {
    throw new UserError(
      'no_onboarding',
      'The first weeks are over, or nobody has said when they joined: `/bigplan team` → _Due dates_.',
    );
  }
  return { onboarding, side, name: pair.rep.name, managerId: pair.manager?.userId ?? null };
}

/** Changes something in a transaction, for one of the pair; what shows it is shown anew. */
async function onOnboarding(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  work: (tx: Tx, opened: OpenOnboarding) => Promise<void>,
): Promise<void> {
  const { workspaceId } = actor;
  await inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, { workspaceId, userId: repId });
    const opened = await mustOpenOnboarding({ ...deps, db: tx }, actor, repId);
    await work(tx, opened);
    for (const day of LOOK_DAYS) {
      await deps.outbox.refresh(tx, { workspaceId, subject: lookSubject(repId, day) });
    }
    // The first check-in of the week says what it is about.
    const { today } = opened.onboarding;
    for (const subject of datesBetween(mondayOf(today), today)) {
      await deps.outbox.refresh(tx, { workspaceId, userId: repId, subject });
    }
  });
}

const ref = ({ workspaceId }: PersonRef, userId: string) => ({ workspaceId, userId });

/** What a week is about, and (the manager alone) what it is for. @throws as `mustOpenOnboarding`. */
export async function changeWeek(
  deps: Deps,
  actor: PersonRef,
  { repId, week }: { repId: string; week: number },
  { kind, words }: { kind: WeekKind | null; words: string | null },
): Promise<void> {
  await onOnboarding(deps, actor, repId, async (tx, { side, onboarding }) => {
    if (!onboarding.weeks.some((one) => one.week === week)) return;
    const store = { db: tx, encryption: deps.encryption };
    const given = { words, ...(side === 'manager' && kind !== null && { kind }) };
    await saveWeek(store, ref(actor, repId), week, given);
  });
}

/** @throws UserError `not_yours` where the other one of the pair confirms such a week; and as `mustOpenOnboarding`. */
export async function confirmWeek(
  deps: Deps,
  actor: PersonRef,
  { repId, week }: { repId: string; week: number },
  isDone: boolean,
): Promise<void> {
  await onOnboarding(deps, actor, repId, async (tx, { side, onboarding }) => {
    const found = onboarding.weeks.find((one) => one.week === week);
    if (!found || (found.confirmedAt !== null) === isDone) return;
    if (confirmerOf(found.kind) !== side) {
      throw new UserError(
        'not_yours',
        side === 'rep'
          ? 'Your manager confirms calls: tell them what you did.'
          : 'What they saw while shadowing is theirs to confirm.',
      );
    }
    const store = { db: tx, encryption: deps.encryption };
    await saveWeek(store, ref(actor, repId), week, {
      confirmedAt: isDone ? deps.clock.now() : null,
      confirmedBy: isDone ? actor.userId : null,
    });
  });
}

/** @throws UserError `not_yours` where it isn't the manager; and as `mustOpenOnboarding`. */
export async function holdLook(
  deps: Deps,
  actor: PersonRef,
  { repId, day }: { repId: string; day: number },
  isHeld: boolean,
): Promise<void> {
  await onOnboarding(deps, actor, repId, async (tx, { side, onboarding }) => {
    if (side !== 'manager') {
      throw new UserError('not_yours', 'The look back is the manager’s to hold, and to tick.');
    }
    const look = onboarding.looks.find((one) => one.day === day);
    if (!look || look.on > onboarding.today) return;
    const rep = ref(actor, repId);
    if (!isHeld) return removeLook(tx, rep, day);
    await addLook(tx, rep, { day, heldAt: deps.clock.now(), heldBy: actor.userId });
  });
}
