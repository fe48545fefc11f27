/** Time off: entered by the rep or by their manager, and taken back. */
import type { Context, Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { DaysOff } from '../../input/days-off-scene.ts';
import { findManagedRep } from '../../people/find-managed-rep.ts';
import { rescheduleTeamOf } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, teamLedBy, workspaceOf } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import type { SlackText } from '../../slack/text.ts';
import { addDays, datesBetween, earliestOf, latestOf } from '../../time/local-date.ts';
import { type WorkCalendar, workingDates, workingDays } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import { awayNotedDelivery } from '../delivery-keys.ts';
import { planInForce } from '../plan-in-force.ts';
import {
  type Absence,
  absencesOf,
  addAbsence,
  findAbsence,
  removeAbsence,
  reopenAwayDays,
  saveAbsence,
} from '../store.ts';
import { withoutDays } from './merge-rules.ts';
import { awayForm, awayMessage } from './view.ts';

/** For so many days an absence that is over is still shown. */
const RECENT_DAYS = 31;

/**
 * The person whose time off the actor may see and enter: their own, or a rep's whom they manage.
 * @throws UserError `not_yours`.
 */
export async function mustManage({ db }: Store, actor: PersonRef, userId: string): Promise<Person> {
  const person = await findManagedRep(db, actor, userId);
  if (person) return person;
  throw new UserError(
    'not_yours',
    'Only somebody themselves and the manager they plan with can say when they are away.',
  );
}

interface NewAbsence {
  /** The submission's. */
  id?: string;
  /** Slack's user id. */
  person: string;
  days: readonly DaysOff[];
  /** Entries in whose place these come: those of the other reading. */
  replaces?: readonly string[] | undefined;
}

export interface EnteredAbsence {
  person: Person;
  /** As it was said. */
  days: readonly DaysOff[];
  /** What holds these days now, with what they overlap. */
  entries: Absence[];
  /** Those of them that hold nothing else. */
  added: string[];
}

/**
 * Enters time off. Whose rep it is hears of what their manager entered, once.
 * @throws UserError `not_yours`.
 */
export async function enterAbsence(
  deps: Deps,
  actor: PersonRef,
  { id: given, person: userId, days, replaces = [] }: NewAbsence,
): Promise<EnteredAbsence> {
  const { db, encryption, clock, outbox, scheduler } = deps;
  return inTransaction(db, async (tx) => {
    const person = await mustManage({ db: tx, encryption }, actor, userId);
    const who = { workspaceId: actor.workspaceId, userId };
    await lockPerson(tx, who);
    for (const id of replaces) {
      const old = await findAbsence(tx, id);
      if (old?.userId === userId && old.workspaceId === who.workspaceId) {
        await takeBack(deps, tx, person, { absence: old, only: old });
      }
    }
    const entries = new Map<string, Absence>();
    const added: string[] = [];
    for (const [index, one] of days.entries()) {
      const entry = { ...one, addedBy: actor.userId, ...(index === 0 && { id: given }) };
      const { absence, isNew, isChanged } = await addAbsence(tx, who, entry, clock.now());
      entries.set(absence.id, absence);
      if (isNew) added.push(absence.id);
      if (isChanged && userId !== actor.userId) {
        await outbox.enqueue(tx, awayNotedDelivery(who, absence, isNew));
      }
      await refreshAround(deps, tx, person, one);
    }
    await scheduler.reschedule(tx, who);
    await rescheduleTeamOf(scheduler, tx, who);
    return { person, days, entries: [...entries.values()], added };
  });
}

/**
 * Takes time off back, the whole of it or only the days from one to another; days of it that were skipped as away are
 * open again. One that is gone already stays gone: null.
 * @throws UserError `not_yours`.
 */
export async function cancelAbsence(
  deps: Deps,
  actor: PersonRef,
  id: string,
  only?: { from: string; to: string },
): Promise<(Absence & { person: Person }) | null> {
  return inTransaction(deps.db, async (tx) => {
    const found = await findAbsence(tx, id);
    if (!found || found.workspaceId !== actor.workspaceId) return null;
    const store = { db: tx, encryption: deps.encryption };
    const person = await mustManage(store, actor, found.userId);
    await lockPerson(tx, found);
    const absence = await findAbsence(tx, id);
    const days = absence && commonDays(absence, only ?? absence);
    if (!absence || !days) return null;
    await takeBack(deps, tx, person, { absence, only: days });
    // What waited for their return has nothing to wait for.
    await deps.outbox.release(tx, absence);
    await deps.scheduler.reschedule(tx, absence);
    await rescheduleTeamOf(deps.scheduler, tx, absence);
    return { ...absence, ...days, person };
  });
}

function commonDays(
  absence: { from: string; to: string },
  only: { from: string; to: string },
): { from: string; to: string } | null {
  const from = latestOf(absence.from, only.from);
  const to = earliestOf(absence.to, only.to);
  return from <= to ? { from, to } : null;
}

/** What is left of it keeps its id, as long as there is one. */
async function takeBack(
  deps: Deps,
  tx: Tx,
  person: Person,
  { absence, only }: { absence: Absence; only: { from: string; to: string } },
): Promise<void> {
  const [first, ...others] = withoutDays(absence, only);
  if (first) await saveAbsence(tx, first);
  else await removeAbsence(tx, absence.id);
  const now = deps.clock.now();
  for (const { id: _, ...rest } of others) await addAbsence(tx, person, rest, now);
  await reopenAwayDays(tx, person, only);
  await refreshAround(deps, tx, person, only);
}

/** Time off as it is listed: what was entered, and what the agreed plan has of its own. */
export interface ListedAbsences {
  entries: Absence[];
  planned: { from: string; to: string }[];
}

/** Those that aren't over on `today` or haven't been for long: each that was entered can still be taken back. */
export async function listAbsences(
  store: DatedStore,
  who: PersonRef,
  today: string,
): Promise<ListedAbsences> {
  const since = addDays(today, -RECENT_DAYS);
  const plan = await planInForce(store, who);
  const planned = (plan?.work.calendar.timeOff ?? []).filter(({ to }) => to >= since);
  return {
    entries: await absencesOf(store.db, who, since),
    planned: planned
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

/**
 * Somebody's working days as their agreed plan has them, without what they are away since; without a plan the
 * company's.
 */
export async function workedDays(store: DatedStore, person: Person): Promise<WorkCalendar> {
  const plan = await planInForce(store, person);
  if (plan) return { ...plan.calendar, timeOff: plan.work.calendar.timeOff };
  const { workdays, companyDays } = await workspaceOf(store.db, person.workspaceId);
  const holidays = companyDays.flatMap(({ from, to }) => datesBetween(from, to));
  return { workdays, holidays, timeOff: [] };
}

/** Questions about days that turned out to be away, or not to be, are withdrawn or asked again. */
async function refreshAround(
  { outbox, clock }: Deps,
  tx: Tx,
  { workspaceId, userId, timeZone }: Person,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const today = localDateIn(timeZone, clock.now());
  const recent = addDays(today, -RECENT_DAYS);
  const dates = datesBetween(latestOf(from, recent), earliestOf(to, today));
  for (const date of dates) await outbox.refresh(tx, { workspaceId, userId, subject: date });
}

/** `initial`: what the date fields begin with. @throws UserError `not_yours`. */
export async function awayFormOf(
  context: Context,
  reader: Person,
  personId: string,
  more: { notice?: SlackText; initial?: { from: string; to: string } } = {},
) {
  const person = await mustManage(context, reader, personId);
  const now = context.clock.now();
  const team = await teamLedBy(context.db, reader);
  const style = styleWithoutMoney(reader.locale);
  const { initial } = more;
  return awayForm.view({
    about: person.userId,
    style,
    raw: { part: 'whole', ...(initial && awayForm.write({ part: 'whole', ...initial }, style)) },
    // Another showing of the form starts afresh.
    rev: `${now.getTime().toString(36)}-${person.userId}`,
    person,
    readerId: reader.userId,
    ...(await listAbsences(context, person, localDateIn(reader.timeZone, now))),
    reps: (team?.members ?? []).filter(({ deactivated }) => !deactivated),
    notice: more.notice,
  });
}

/** What was entered, read back; `orElse`: the other reading, a tap away. */
export async function enteredMessage(
  context: Context,
  entered: EnteredAbsence,
  reader: Person,
  orElse: readonly DaysOff[] | null = null,
): Promise<Message> {
  const { person, days, entries, added } = entered;
  const calendar = await workedDays(context, person);
  const last =
    days
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? '';
  const back = workingDates(
    { ...calendar, timeOff: [...calendar.timeOff, ...entries] },
    addDays(last, 1),
    addDays(last, RECENT_DAYS),
  );
  const share = days.reduce(
    (sum, { from, to, share }) => sum + share * workingDays(calendar, from, to),
    0,
  );
  return awayMessage(
    {
      days,
      entries,
      workingDays: share,
      back: days.length === 1 && days[0]?.share === 1 ? (back[0] ?? null) : null,
    },
    {
      person,
      readerId: reader.userId,
      locale: reader.locale,
      // Only in the place of what holds nothing else.
      orElse:
        orElse && added.length === entries.length
          ? { person: person.userId, days: [...orElse], replaces: added }
          : null,
    },
  );
}
