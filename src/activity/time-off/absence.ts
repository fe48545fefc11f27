/** Time off: entered by the rep or by their manager, and taken back. */
import type { Context, Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findManagedRep } from '../../people/find-managed-rep.ts';
import { rescheduleTeamOf } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import type { SlackText } from '../../slack/text.ts';
import { addDays, datesBetween } from '../../time/local-date.ts';
import { workingDays } from '../../time/working-days.ts';
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
} from '../store.ts';
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
  from: string;
  to: string;
}

/**
 * Enters time off. Whose rep it is hears of what their manager entered, once.
 * @throws UserError `not_yours`.
 */
export async function enterAbsence(
  deps: Deps,
  actor: PersonRef,
  { id: given, person: userId, from, to }: NewAbsence,
): Promise<Absence & { person: Person }> {
  const { db, encryption, clock, outbox, scheduler } = deps;
  return inTransaction(db, async (tx) => {
    const person = await mustManage({ db: tx, encryption }, actor, userId);
    const who = { workspaceId: actor.workspaceId, userId };
    await lockPerson(tx, who);
    const entry = { from, to, addedBy: actor.userId };
    const id = await addAbsence(tx, who, { id: given, ...entry }, clock.now());
    if (userId !== actor.userId) await outbox.enqueue(tx, awayNotedDelivery(who, id));
    await scheduler.reschedule(tx, who);
    await rescheduleTeamOf(scheduler, tx, who);
    await refreshAround(deps, tx, person, entry);
    return { id, ...entry, person };
  });
}

/**
 * Takes time off back; days of it that were skipped as away are open again. One that is gone already
 * stays gone: null.
 * @throws UserError `not_yours`.
 */
export async function cancelAbsence(
  deps: Deps,
  actor: PersonRef,
  id: string,
): Promise<(Absence & { person: Person }) | null> {
  return inTransaction(deps.db, async (tx) => {
    const absence = await findAbsence(tx, id);
    if (!absence || absence.workspaceId !== actor.workspaceId) return null;
    const store = { db: tx, encryption: deps.encryption };
    const person = await mustManage(store, actor, absence.userId);
    await lockPerson(tx, absence);
    await removeAbsence(tx, id);
    await reopenAwayDays(tx, absence, absence);
    await deps.scheduler.reschedule(tx, absence);
    await rescheduleTeamOf(deps.scheduler, tx, absence);
    await refreshAround(deps, tx, person, absence);
    return { ...absence, person };
  });
}

/** Those that aren't over on `today` or haven't been for long: each can still be taken back. */
export function recentAbsences({ db }: Store, who: PersonRef, today: string): Promise<Absence[]> {
  return absencesOf(db, who, addDays(today, -RECENT_DAYS));
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
  const dates = datesBetween(from > recent ? from : recent, to < today ? to : today);
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
  return awayForm.view({
    about: person.userId,
    style,
    raw: more.initial ? awayForm.write(more.initial, style) : {},
    // Another showing of the form starts afresh.
    rev: `${now.getTime().toString(36)}-${person.userId}`,
    person,
    readerId: reader.userId,
    entries: await recentAbsences(context, person, localDateIn(reader.timeZone, now)),
    reps: (team?.members ?? []).filter(({ deactivated }) => !deactivated),
    notice: more.notice,
  });
}

export async function enteredMessage(
  context: Context,
  entry: Absence & { person: Person },
  reader: Person,
): Promise<Message> {
  const plan = await planInForce(context, entry.person);
  // The days that would have been worked: what other absences take from them is not in question.
  const calendar = plan
    ? { ...plan.calendar, timeOff: [] }
    : { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: [], timeOff: [] };
  return awayMessage(entry, {
    person: entry.person,
    readerId: reader.userId,
    locale: reader.locale,
    workingDays: workingDays(calendar, entry.from, entry.to),
  });
}
