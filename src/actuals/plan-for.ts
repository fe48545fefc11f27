/** The agreed plan against which a rep's actuals count, for whoever may enter them. */

import type { Context, Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { DatedStore, PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import { findManagedRep } from '../people/find-managed-rep.ts';
import { meetPerson } from '../people/meet-person.ts';
import { findPerson, type Person } from '../people/store.ts';
import { viewerOf } from '../plan/currency.ts';
import type { PlanDraft } from '../plan/draft.ts';
import { versionIdFor } from '../plan/round/store.ts';
import { findVersion, type Version } from '../plan/store.ts';
import { formatDate } from '../slack/format.ts';
import { mention, mrkdwn } from '../slack/text.ts';
import { localDateIn } from '../time/zone.ts';
import type { Reader } from './words-view.ts';

export interface ActualsPlan {
  rep: Person;
  planId: string;
  draft: PlanDraft;
  /** Its last review is over: what its months judge is said no more. */
  isClosed: boolean;
  /** Local date of the rep. */
  today: string;
}

export type PlanRenewal = PlanDraft['renewals'][number];

/** What is entered, and how a manager says it for a rep. */
const ASKED = {
  won: { example: 'won @Dana Acme 24000 new', who: 'the rep and the manager they plan with' },
  pipeline: { example: 'pipeline @Dana 300k new', who: 'the rep and the manager they plan with' },
  leads: {
    example: 'leads @Dana 6 inbound',
    who: 'the rep, their manager and the SDR who works with them',
  },
} as const;
type Asked = keyof typeof ASKED;

/**
 * The plan of `repId` that counts now, for the rep, their manager or (leads only) the plan's SDR partner. `on`: the
 * one that holds that local date, where one does.
 * @throws UserError `not_yours`, `no_plan` or `not_begun`.
 */
export async function planFor(
  deps: DatedStore,
  actor: PersonRef,
  repId: string,
  asked: Asked,
  on?: string | null,
): Promise<ActualsPlan> {
  const { workspaceId } = actor;
  const entitled = await findManagedRep(deps.db, actor, repId);
  const version = await versionOn(deps, { workspaceId, userId: repId }, on ?? null);
  const isPartner = asked === 'leads' && version?.draft.sdrPartner?.userId === actor.userId;
  const rep =
    entitled ?? (isPartner ? await findPerson(deps.db, { workspaceId, userId: repId }) : null);
  if (!rep) {
    throw new UserError('not_yours', `Only ${ASKED[asked].who} can enter that.`);
  }
  if (!version) throw new UserError('no_plan', noPlan(rep, actor, asked));
  const { planId, draft, closed: isClosed } = version;
  const today = localDateIn(rep.timeZone, deps.clock.now());
  if (today < draft.period.start) {
    const begins = formatDate(draft.period.start, rep.locale, 'date');
    throw new UserError('not_begun', `The plan begins on ${begins}: this counts from then.`);
  }
  return { rep, planId, draft, isClosed, today };
}

async function versionOn(
  store: DatedStore,
  who: PersonRef,
  on: string | null,
): Promise<Version | null> {
  const rep = await findPerson(store.db, who);
  if (!rep) return null;
  const today = localDateIn(rep.timeZone, store.clock.now());
  const id = await versionIdFor(store.db, who, { date: on ?? today, today });
  return id === null ? null : findVersion(store, id);
}

function noPlan(rep: Person, actor: PersonRef, asked: Asked): string {
  if (rep.userId !== actor.userId) {
    return mrkdwn`${mention(rep.userId)} has no agreed plan yet: this counts once both have signed it.`
      .mrkdwn;
  }
  return (
    'You have no agreed plan to count this against yet: `/bigplan` shows where yours stands. ' +
    `For a rep of yours, name them first: \`/bigplan ${ASKED[asked].example}\`.`
  );
}

/**
 * @throws UserError `day_ahead` or `outside_plan` where nothing can have happened on that day.
 */
export function mustBeInPlan({ rep, draft, today }: ActualsPlan, date: string): void {
  const { start, end } = draft.period;
  const show = (day: string) => formatDate(day, rep.locale, 'date');
  if (date > today) {
    throw new UserError(
      'day_ahead',
      `${show(date)} is still to come: enter it once it is done.`,
      'date',
    );
  }
  if (date < start || date > end) {
    throw new UserError(
      'outside_plan',
      `${show(date)} is outside the plan, which runs from ${show(start)} to ${show(end)}.`,
      'date',
    );
  }
}

/** @throws UserError `plan_over` where the plan's last review is over, and with it what its months were judged by. */
export function mustBeJudgedStill({ isClosed, draft, rep }: ActualsPlan): void {
  if (!isClosed) return;
  const ended = formatDate(draft.period.end, rep.locale, 'date');
  throw new UserError(
    'plan_over',
    `The plan up to ${ended} is closed, and its last month judged: say what is open today instead.`,
    'date',
  );
}

/** How somebody reads the plan's figures. */
export function actualsReader({ userId, locale }: Person, { draft, today }: ActualsPlan): Reader {
  return { ...viewerOf({ locale }, draft), userId, today };
}

/** The last day on which something can have happened. */
export function latestDate({ draft, today }: ActualsPlan): string {
  return today < draft.period.end ? today : draft.period.end;
}

/**
 * The plan that somebody enters something for, and how they read it.
 * @throws UserError as `planFor`.
 */
export async function screenFor(
  context: Context,
  actor: PersonRef,
  repId: string,
  asked: Asked,
  on?: string | null,
): Promise<{ plan: ActualsPlan; reader: Reader }> {
  const person = await meetPerson(context, actor);
  const plan = await planFor(context, actor, repId, asked, on);
  return { plan, reader: actualsReader(person, plan) };
}

/**
 * Authorises the actor, then works while nobody else enters anything for the rep; what the rep gets by
 * the clock is looked at again, and the day's check-in, and that of `shownOn`, show it.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, or what `work` throws.
 */
export async function onPlan<T>(
  deps: Deps,
  actor: PersonRef,
  { repId, asked, on, shownOn }: { repId: string; asked: Asked; on?: string; shownOn?: string },
  work: (tx: Tx, plan: ActualsPlan) => Promise<T>,
): Promise<T> {
  const { workspaceId } = actor;
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, { workspaceId, userId: repId });
    const plan = await planFor({ ...deps, db: tx }, actor, repId, asked, on);
    const done = await work(tx, plan);
    for (const subject of new Set([plan.today, shownOn ?? plan.today])) {
      await deps.outbox.refresh(tx, { workspaceId, userId: repId, subject });
    }
    await deps.scheduler.reschedule(tx, { workspaceId, userId: repId });
    return done;
  });
}

/**
 * The entry that a button or form names, where it is the workspace's own.
 * @throws UserError `entry_gone`.
 */
export function mustBeThere<T extends { workspaceId: string }>(
  entry: T | null,
  actor: PersonRef,
): T {
  if (entry && entry.workspaceId === actor.workspaceId) return entry;
  throw new UserError('entry_gone', 'That entry is no longer there: it was undone meanwhile.');
}

/**
 * What a submission has entered already, where it comes twice: it is the same entry then.
 * @throws UserError `entry_gone` where the id is somebody else's.
 */
export function alreadyEntered<T extends { workspaceId: string; repId: string }>(
  entry: T | null,
  actor: PersonRef,
  repId: string,
): T | null {
  if (entry && (entry.workspaceId !== actor.workspaceId || entry.repId !== repId)) {
    throw new UserError('entry_gone', 'That entry is no longer there: it was undone meanwhile.');
  }
  return entry;
}

/** @throws UserError `plan_over` where the entry counts against another plan. */
export function mustBeOfPlan(plan: ActualsPlan, entry: { planId: string; repId: string }): void {
  if (entry.planId === plan.planId && entry.repId === plan.rep.userId) return;
  throw new UserError('plan_over', 'That belongs to a plan that is over: it stays as it is.');
}
