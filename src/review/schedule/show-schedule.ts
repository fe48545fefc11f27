/** A pair's schedule as its views and messages show it, for one of the two. */

import type { ModalView } from '@slack/types';
import type { Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { type Pair, pairOf, readerOf, type Side } from '../../plan/access.ts';
import { currencyDigits } from '../../plan/currency.ts';
import { agreedVersionId } from '../../plan/store.ts';
import type { NumberStyle } from '../../slack/format.ts';
import type { SlackText } from '../../slack/text.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import { localDateIn, wallTimeIn } from '../../time/zone.ts';
import { mustBeOf } from '../pair.ts';
import type { Scorecard } from '../schemas.ts';
import { cardsOf, type ReviewPlan, reviewPlan } from '../scorecard/review-plan.ts';
import { reviewsOf } from '../store.ts';
import { canMove, canSkip, type OpenMonth, otherOf } from './move-review.ts';
import { reviewTimes } from './review-times.ts';
import { meetingOf } from './rules.ts';
import {
  type MonthRow,
  noScheduleView,
  pickRepView,
  type ScheduleFrame,
  type ScheduleScreen,
  scheduleView,
} from './view.ts';
import type { MeetingTime } from './when-view.ts';

/** An instant on the clocks of whoever reads, and of the one whom they meet. */
export function meetingTime(at: Date, reader: Person, other: Person | null): MeetingTime {
  return {
    reader: wallTimeIn(reader.timeZone, at),
    other: other && { ...wallTimeIn(other.timeZone, at), userId: other.userId },
  };
}

export function planStyle(
  { measured }: ReviewPlan,
  { locale }: Pick<Person, 'locale'>,
): NumberStyle {
  const { currency } = measured.draft;
  return { locale, currency, digits: currencyDigits(currency) };
}

/** What of a card both may see before the review is open: against quota for the manager. */
export function coverageOf({ lines }: Scorecard) {
  return lines.find(({ kpi }) => kpi === 'coverage') ?? null;
}

/** The schedule of a plan, for the rep against it and for the manager against quota alone. */
async function scheduleScreen(
  store: Store,
  plan: ReviewPlan,
  { pair, side }: { pair: Pair; side: Side },
  now: Date,
): Promise<ScheduleScreen> {
  const reader = readerOf({ pair, side });
  const today = plan.zone.dateAt(now);
  const span = plan.spans.findLast(({ month }) => month <= monthOf(today)) ?? plan.spans[0];
  const card = span
    ? (await cardsOf(store, plan, span, today))[side === 'rep' ? 'plan' : 'quota']
    : null;
  const times = reviewTimes(plan, await reviewsOf(store, plan.work.planId), now);
  return {
    rep: pair.rep,
    side,
    managerId: pair.manager?.userId ?? null,
    style: planStyle(plan, reader),
    rows: times.map((scheduled) => rowOf({ plan, pair, side, scheduled, card }, now)),
    now:
      card && span
        ? { bookings: card.bookings, by: card.asOf ?? span.to, coverage: coverageOf(card) }
        : null,
    regular: plan.schedule.reviews,
    prepDays: plan.schedule.prepDays,
  };
}

function rowOf(
  { plan, pair, side, scheduled, card }: Omit<OpenMonth, 'latest'> & { card: Scorecard | null },
  now: Date,
): MonthRow {
  const { span, review, meeting, state } = scheduled;
  const reader = readerOf({ pair, side });
  const latest = meetingOf(plan.schedule, monthOf(addDays(span.to, 1)));
  const month = { plan, pair, side, scheduled, latest };
  const reason = review?.reason ?? null;
  return {
    reviewId: review?.id ?? null,
    month: span.month,
    quarter: span.quarter,
    last: span.last,
    state,
    at: meetingTime(meeting.at, reader, otherOf({ pair, side })),
    asksOn: localDateIn(reader.timeZone, meeting.askAt),
    opensAt: wallTimeIn(reader.timeZone, meeting.deadline),
    moved: review?.movedTo && review.movedBy ? { by: review.movedBy, reason } : null,
    skipped: review?.skippedAt && review.skippedBy ? { by: review.skippedBy, reason } : null,
    bookings: card && bookingsAt(card, span.month, monthOf(plan.zone.dateAt(now))),
    health: review?.openedAt && review.card ? review.card.standing : null,
    canMove: canMove(month, now),
    canSkip: canSkip(month),
  };
}

/** Bookings at a month's end; what is booked is known of the months that have begun. */
function bookingsAt({ months }: Scorecard, month: string, current: string): MonthRow['bookings'] {
  const found = months.find((one) => one.month === month);
  if (!found) return null;
  const { target, actual } = found;
  const sum = actual && actual.renewal + actual.expansion + actual.newBusiness;
  return { actual: month <= current ? sum : null, target };
}

/**
 * The person mentioned after `/bigplan review`; null where nobody is.
 * @throws UserError `not_read` where it is anything else.
 */
export function readWhose(args: string): string | null {
  if (args === '') return null;
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(args) ?? [];
  if (id !== undefined) return id;
  throw new UserError(
    'not_read',
    'Whose 1:1s? `/bigplan review` shows your own; for a rep of yours, pick the name from the list that Slack shows after @.',
  );
}

/** What `/bigplan review` opens; null for a leader who has neither a plan nor reps. */
export async function firstView(
  store: Store,
  reader: Person,
  whose: string | null,
  now: Date,
): Promise<ModalView | null> {
  if (whose !== null) return scheduleOf(store, reader, { repId: whose }, now);
  const { hasOwn, ...frame } = await frameOf(store, reader);
  const reps = frame.people.filter(({ userId }) => userId !== reader.userId);
  if (!hasOwn && reps.length > 1) return pickRepView(frame);
  if (!hasOwn && reps.length === 0 && reader.leader) return null;
  const repId = (!hasOwn && reps[0]?.userId) || reader.userId;
  return scheduleOf(store, reader, { repId }, now);
}

/**
 * Somebody's schedule, for a reader who may see it.
 * @throws UserError `not_yours`, `plan_gone`.
 */
export async function scheduleOf(
  store: Store,
  reader: Person,
  { repId, notice }: { repId: string; notice?: SlackText },
  now: Date,
): Promise<ModalView> {
  const pair = await pairOf(store.db, { workspaceId: reader.workspaceId, userId: repId });
  const side = mustBeOf(pair, reader);
  const { hasOwn: _, ...frame } = await frameOf(store, reader);
  const plan = await reviewPlan(store, pair.rep);
  const told = { ...frame, notice };
  if (!plan || plan.spans.length === 0) return noScheduleView(pair.rep, told);
  return scheduleView(await scheduleScreen(store, plan, { pair, side }, now), told);
}

/** Whose schedules somebody may see: their own, where they have one or lead nobody, and their reps'. */
async function frameOf(store: Store, reader: Person): Promise<ScheduleFrame & { hasOwn: boolean }> {
  const { workspaceId, userId, leader, admin } = reader;
  const team = await teamLedBy(store.db, { workspaceId, userId });
  const reps = (team?.members ?? []).filter((rep) => !rep.deactivated && rep.userId !== userId);
  const hasOwn = (await agreedVersionId(store.db, workspaceId, userId)) !== null;
  return {
    readerId: userId,
    people: hasOwn || reps.length === 0 ? [reader, ...reps] : reps,
    causes: leader || admin || reps.length > 0,
    hasOwn,
  };
}
