/** When a pair meets is theirs to change: moved, skipped with a reason, or held after all. */
import { z } from 'zod';
import { timeText } from '../../activity/words-view.ts';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { type Pair, readerOf, type Side } from '../../plan/access.ts';
import { takenProblem } from '../../plan/taken-view.ts';
import { parts } from '../../slack/codec.ts';
import { formatDate } from '../../slack/format.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import { wallTimeIn, zoneOf } from '../../time/zone.ts';
import { movedOrder } from '../deliveries.ts';
import { mustFindPair } from '../pair.ts';
import { refreshReview } from '../refresh-review.ts';
import { otherPlans, type ReviewPlan, reviewPlan } from '../scorecard/review-plan.ts';
import { ensureReview, type Review, reviewsOf, savePrepDays, saveReview } from '../store.ts';
import { monthName, whenText } from '../words-view.ts';
import {
  besideMeeting,
  isAtWorkAt,
  meetingOf,
  reviewTimes,
  type ScheduledReview,
} from './rules.ts';

/** A month of a rep's, as buttons name it. */
export interface MonthPlace {
  repId: string;
  /** `YYYY-MM`. */
  month: string;
}

/** A review of a plan in force, for one of its pair. */
export interface OpenMonth {
  plan: ReviewPlan;
  pair: Pair;
  side: Side;
  scheduled: ScheduledReview;
  /** The regular time of the next month's: it isn't moved beyond that. */
  nextMeeting: Date;
}

/**
 * @throws UserError `not_yours`, `no_schedule` where the rep has no agreed plan,
 * `review_gone` where that plan has no such month.
 */
export async function mustOpenMonth(
  store: DatedStore,
  actor: PersonRef,
  { repId, month }: MonthPlace,
  now: Date,
): Promise<OpenMonth> {
  const rep = { workspaceId: actor.workspaceId, userId: repId };
  const { pair, side } = await mustFindPair(store.db, actor, repId);
  const current = await reviewPlan(store, rep);
  const others = await otherPlans(store, rep, current, now);
  const plans = current ? [current, ...others] : others;
  if (plans.length === 0) {
    throw new UserError('no_schedule', 'There is no agreed plan now, so no 1:1 is scheduled.');
  }
  for (const plan of plans) {
    const times = reviewTimes(plan, await reviewsOf(store, plan.work.planId), now);
    const scheduled = times.find(({ span }) => span.month === month);
    if (!scheduled) continue;
    const next = monthOf(addDays(scheduled.span.to, 1));
    return { plan, pair, side, scheduled, nextMeeting: meetingOf(plan.schedule, next) };
  }
  throw new UserError('review_gone', 'The plan has no 1:1 about that month.');
}

/** Until it is closed, as long as there is a time left before the next one. */
export function canMove({ scheduled, nextMeeting }: OpenMonth, now: Date): boolean {
  return scheduled.state !== 'closed' && nextMeeting > now;
}

/** As long as nobody has seen more of it than the rep. */
export function canSkip({ scheduled: { state } }: Pick<OpenMonth, 'scheduled'>): boolean {
  return state === 'ahead' || state === 'asked';
}

/** Who of the two doesn't work on the day of an instant, where they are. */
export function offOn({ plan: { schedule } }: OpenMonth, at: Date): Side[] {
  const { zone, calendar, manager } = schedule;
  return [
    ...(isAtWorkAt({ zone, calendar }, at) ? [] : ['rep' as const]),
    ...(manager && !isAtWorkAt(manager, at) ? ['manager' as const] : []),
  ];
}

const CHANGES = ['moved', 'skipped', 'held'] as const;
type MeetingChangeKind = (typeof CHANGES)[number];

/** What somebody did to a meeting, as the subject of the message about it holds it. */
export interface MeetingChange {
  reviewId: string;
  kind: MeetingChangeKind;
  /** Slack's user id. */
  by: string;
  /** When they would have met before. */
  from: Date;
}

const changeCodec = parts(
  z.object({
    reviewId: z.string(),
    kind: z.enum(CHANGES),
    by: z.string(),
    from: z.string().regex(/^\d+$/).transform(Number),
  }),
);

/** Null where it is none. */
export function readChange(subject: string): MeetingChange | null {
  const read = changeCodec.read(subject);
  return read && { ...read, from: new Date(read.from) };
}

export type MoveOutcome =
  /** As it is now. */
  | { kind: 'changed'; month: OpenMonth; review: Review }
  /** Somebody has moved or skipped it since the form was opened: this is how it is. */
  | { kind: 'meanwhile'; month: OpenMonth };

interface Entry extends MonthPlace {
  reason: string;
  /** How many changes there were when the form was opened. */
  moves: number;
}

/**
 * Moves a meeting, taking it up again where it was skipped; the other one hears of it. What the rep has
 * answered stays.
 * @throws UserError `at_past`, `at_early`, `at_late`, `at_same`, `at_taken` about the time; `review_closed`; and as
 * `mustOpenMonth`.
 */
export async function moveReview(
  deps: Deps,
  actor: PersonRef,
  { at, ...entry }: Entry & { at: Date },
): Promise<MoveOutcome> {
  return change(deps, actor, entry, {
    kind: 'moved',
    isDone: ({ scheduled }, { movedBy, reason }) =>
      scheduled.state !== 'skipped' &&
      scheduled.meeting.at.getTime() === at.getTime() &&
      movedBy === actor.userId &&
      reason === entry.reason,
    to(month, review) {
      mustNotBeClosed(month);
      mustFit(month, at, deps.clock.now());
      const regular = meetingOf(month.plan.schedule, entry.month);
      return {
        ...review,
        // Back at its regular time it follows the plan again.
        movedTo: at.getTime() === regular.getTime() ? null : at,
        movedBy: actor.userId,
        skippedAt: null,
        skippedBy: null,
        reason: entry.reason,
      };
    },
  });
}

/** @throws UserError `review_opened`, `review_closed`; and as `mustOpenMonth`. */
export async function skipReview(deps: Deps, actor: PersonRef, entry: Entry): Promise<MoveOutcome> {
  return change(deps, actor, entry, {
    kind: 'skipped',
    isDone: ({ scheduled }, { skippedBy, reason }) =>
      scheduled.state === 'skipped' && skippedBy === actor.userId && reason === entry.reason,
    to(month, review) {
      mustNotBeClosed(month);
      if (month.scheduled.state === 'skipped') return null;
      if (!canSkip(month)) {
        throw new UserError(
          'review_opened',
          'That 1:1 has begun: what the rep said is with both of you. Close it in the channel instead.',
        );
      }
      const now = deps.clock.now();
      return { ...review, skippedAt: now, skippedBy: actor.userId, reason: entry.reason };
    },
  });
}

/**
 * Holds a skipped meeting at its time after all. Null where it isn't skipped any more: nothing changes.
 * @throws UserError `at_past` where its time is over; and as `mustOpenMonth`.
 */
export async function holdReview(
  deps: Deps,
  actor: PersonRef,
  place: MonthPlace,
): Promise<{ month: OpenMonth; review: Review } | null> {
  const outcome = await change(deps, actor, place, {
    kind: 'held',
    to(month, review) {
      if (month.scheduled.state !== 'skipped') return null;
      if (month.scheduled.meeting.at <= deps.clock.now()) {
        throw new UserError('at_past', 'Its time is over: pick a new one.');
      }
      return { ...review, skippedAt: null, skippedBy: null, reason: null };
    },
  });
  return outcome.kind === 'changed' ? outcome : null;
}

interface Doing {
  kind: MeetingChangeKind;
  /** Whether the last change was this very one: it was submitted twice. */
  isDone?(month: OpenMonth, review: Review): boolean;
  /** The review as it shall be; null where it is so already. */
  to(month: OpenMonth, review: Review): Review | null;
}

async function change(
  deps: Deps,
  actor: PersonRef,
  { repId, month, ...entry }: MonthPlace & Partial<Entry>,
  { kind, isDone, to }: Doing,
): Promise<MoveOutcome> {
  const { db, encryption, clock, outbox, scheduler } = deps;
  const rep = { workspaceId: actor.workspaceId, userId: repId };
  return inTransaction(db, async (tx: Tx) => {
    const store = { db: tx, encryption, clock };
    await lockPerson(tx, rep);
    const before = await mustOpenMonth(store, actor, { repId, month }, clock.now());
    const moves = before.scheduled.review?.moves ?? 0;
    if (entry.moves !== undefined && entry.moves !== moves) {
      const known = before.scheduled.review;
      return known && entry.moves + 1 === moves && isDone?.(before, known)
        ? { kind: 'changed', month: before, review: known }
        : { kind: 'meanwhile', month: before };
    }
    const review = await ensureReview(store, rep, { planId: before.plan.work.planId, month });
    const changed = to(before, review);
    if (!changed) return { kind: 'meanwhile', month: before };
    const saved = { ...changed, moves: moves + 1 };
    await saveReview(store, saved);
    const from = before.scheduled.meeting.at;
    const other = otherOf(before);
    if (other) {
      const said = { reviewId: saved.id, kind, by: actor.userId, from: from.getTime() };
      await outbox.enqueue(tx, { ...movedOrder(other, saved), subject: changeCodec.write(said) });
    }
    await scheduler.reschedule(tx, { workspaceId: rep.workspaceId, userId: repId });
    const after = await mustOpenMonth(store, actor, { repId, month }, clock.now());
    await refreshReview({ outbox }, tx, saved);
    return { kind: 'changed', month: after, review: saved };
  });
}

/** The one who isn't acting; null: nobody manages the rep. */
export function otherOf({ pair, side }: Pick<OpenMonth, 'pair' | 'side'>) {
  return side === 'rep' ? pair.manager : pair.rep;
}

/** @throws UserError `review_closed`. */
function mustNotBeClosed({ scheduled, pair, side }: OpenMonth): void {
  if (scheduled.state !== 'closed') return;
  const name = monthName(scheduled.span.month, readerOf({ pair, side }).locale);
  throw new UserError(
    'review_closed',
    `The review of ${name} is closed: there is nothing to move.`,
  );
}

/** @throws UserError saying what is wrong with a time, in the actor's words and on their clocks. */
function mustFit(
  { scheduled, plan, nextMeeting, pair, side }: OpenMonth,
  at: Date,
  now: Date,
): void {
  const { locale, timeZone } = readerOf({ pair, side });
  const { span, meeting, state } = scheduled;
  if (at <= now) throw new UserError('at_past', 'That time is over: pick a later one.', 'time');
  if (plan.zone.dateAt(at) <= span.to) {
    const [name, end] = [monthName(span.month, locale), formatDate(span.to, locale, 'day')];
    throw new UserError('at_early', `${name} isn’t over then: pick a day after ${end}.`, 'date');
  }
  if (at >= nextMeeting) {
    const next = whenText(wallTimeIn(timeZone, nextMeeting), locale);
    throw new UserError('at_late', `The next 1:1 is on ${next}: pick a time before it.`, 'date');
  }
  const { date, time } = wallTimeIn(plan.rep.timeZone, at);
  const zone = zoneOf(timeZone);
  const onOwnClocks = (one: string) =>
    timeText(zone.timeAt(plan.zone.instantAt(date, one)), locale);
  const { span: hour, others } = besideMeeting(plan.schedule, date, time);
  const taken = takenProblem(hour, others, onOwnClocks);
  if (taken !== null) throw new UserError('at_taken', taken, 'time');
  if (at.getTime() === meeting.at.getTime() && state !== 'skipped') {
    throw new UserError('at_same', 'That is when it is already: pick another time.', 'time');
  }
}

/**
 * How many working days before the 1:1 a rep is asked.
 * @throws UserError `not_yours`.
 */
export async function setPrepDays(
  { db, scheduler }: Deps,
  actor: PersonRef,
  { repId, prepDays }: { repId: string; prepDays: number },
): Promise<void> {
  const rep: PersonRef = { workspaceId: actor.workspaceId, userId: repId };
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    await mustFindPair(tx, actor, repId);
    await savePrepDays(tx, rep, prepDays);
    await scheduler.reschedule(tx, { workspaceId: rep.workspaceId, userId: repId });
  });
}
