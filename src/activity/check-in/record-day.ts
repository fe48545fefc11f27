import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { refreshBlocks } from '../call-blocks/blocks-of-day.ts';
import { isConfirmable } from '../day-rules.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { type Counts, eachActivity, MOST_A_DAY, NO_COUNTS } from '../schemas.ts';
import { type Day, findDay, removeDay, saidCounts, saveDay } from '../store.ts';
import { mustBeLoggable, mustHavePlan } from './find-day.ts';

/** What was said of a day. What is left out stays as it is. */
interface Entry {
  /** Local date; today where left out. */
  date?: string | null;
  counts: Partial<Counts>;
  /** To be added to what the day has. */
  adds?: Partial<Counts>;
  /** What the same words said before they were changed: it goes, where it still stands. */
  instead?: Said;
}

interface Said {
  counts: Partial<Counts>;
  adds: Partial<Counts>;
  /** Whether they had never been changed: then what the day last replaced is what stood there before them. */
  isFirst: boolean;
}

export interface Recorded {
  day: Day;
  plan: PlanInForce;
  today: string;
}

/**
 * Logs a day: the activities named get these numbers, the others keep theirs (none where nothing was
 * said). The same entry again changes nothing. `within` runs in the same transaction, before; where it
 * returns false nothing is recorded and the day is returned as it is.
 * @throws UserError where there is no plan, or the day can't be logged.
 */
export async function recordDay(
  deps: Deps,
  who: PersonRef,
  entry: Entry,
  within?: (tx: Tx, date: string) => Promise<boolean>,
): Promise<Recorded> {
  return onDay(deps, who, entry.date, async (held) => {
    const { store, plan, today, date } = held;
    mustBeLoggable(plan, today, date);
    const found = await findDay(store, who, date);
    if (within && !(await within(store.db, date))) {
      const none = { date, counts: NO_COUNTS, skipReason: null, note: null };
      return { day: found ?? { ...none, state: 'started', replaced: {} }, plan, today };
    }
    const had = without(found, entry.instead);
    const counts = eachActivity(
      (activity) => (entry.counts[activity] ?? had[activity]) + (entry.adds?.[activity] ?? 0),
    );
    return { day: await keepDay(deps, held, counts, found), plan, today };
  });
}

/** A day of somebody's plan, while nobody else can change it. */
interface HeldDay {
  store: Store<Tx>;
  plan: PlanInForce;
  today: string;
  date: string;
  now: Date;
}

/** `on`: a local date; today where left out. @throws UserError where there is no plan. */
async function onDay<T>(
  { db, encryption, clock }: Deps,
  who: PersonRef,
  on: string | null | undefined,
  work: (held: HeldDay) => Promise<T>,
): Promise<T> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption };
    const { plan, today } = await mustHavePlan(store, who, now, on ?? undefined);
    return work({ store, plan, today, date: on ?? today, now });
  });
}

/** Keeps what was done, and has it shown wherever the day is. */
async function keepDay(
  { outbox }: Pick<Deps, 'outbox'>,
  { store, plan, date, now }: HeldDay,
  said: Counts,
  before: Day | null,
): Promise<Day> {
  const { workspaceId, userId } = plan.rep;
  const who = { workspaceId, userId };
  const counts = eachActivity((activity) => Math.min(MOST_A_DAY, said[activity]));
  const entry = { date, counts, state: 'logged', skipReason: null, note: null } as const;
  const day = await saveDay(store, who, entry, now, before);
  await outbox.refresh(store.db, { ...who, subject: date });
  await refreshBlocks(outbox, store.db, plan, date);
  return day;
}

/** Takes back, in the caller's transaction, what words had said of a day; a day of nothing else is open again. */
export async function unsayDay(
  { outbox, encryption, clock }: Pick<Deps, 'outbox' | 'encryption' | 'clock'>,
  tx: Tx,
  who: PersonRef,
  { date, ...said }: Said & { date: string },
): Promise<void> {
  const store = { db: tx, encryption };
  const found = await findDay(store, who, date);
  if (found?.state !== 'logged') return;
  const counts = without(found, said);
  const isNothing = ACTIVITIES.every((activity) => counts[activity] === 0);
  if (isNothing) await removeDay(tx, who, date);
  else await saveDay(store, who, { ...found, counts }, clock.now());
  await outbox.refresh(tx, { ...who, subject: date });
}

/** What the day has without what some words had said of it, as far as that still stands. */
function without(day: Day | null, said: Said = { counts: {}, adds: {}, isFirst: true }): Counts {
  const had = saidCounts(day);
  const before = said.isFirst ? day?.replaced : {};
  return eachActivity((activity) =>
    said.counts[activity] === had[activity]
      ? (before?.[activity] ?? 0)
      : Math.max(0, had[activity] - (said.adds[activity] ?? 0)),
  );
}

/**
 * Logs the day with what its button said, or with what is planned for it where that said nothing (null); what call
 * blocks have counted beyond that stays, and so does a day that is logged already. `by_hand`: the day holds more than
 * one tap can confirm, and nothing is logged.
 */
export async function recordAsPlanned(
  deps: Deps,
  who: PersonRef,
  { date: on, said }: { date: string; said: Counts | null },
): Promise<'recorded' | 'by_hand'> {
  return onDay(deps, who, on, async (held) => {
    const { store, plan, today, date } = held;
    const planned = plan.target(date) ?? NO_COUNTS;
    const isRest = ACTIVITIES.every((activity) => planned[activity] === 0);
    if (!isRest && !isConfirmable(planned)) return 'by_hand';
    mustBeLoggable(plan, today, date);
    const day = await findDay(store, who, date);
    const counted = saidCounts(day);
    const counts =
      day?.state === 'logged'
        ? counted
        : eachActivity((activity) => Math.max((said ?? planned)[activity], counted[activity]));
    await keepDay(deps, held, counts, day);
    return 'recorded';
  });
}
