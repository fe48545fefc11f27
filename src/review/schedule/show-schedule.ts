/** A pair's schedule as its views and messages show it, for one of the two. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { recordSeen } from '../../db/audit.ts';
import type { DatedStore, Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { timeField } from '../../input/schemas.ts';
import { mentions } from '../../people/names-view.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { type Pair, readerOf, type Side } from '../../plan/access.ts';
import { currencyDigits } from '../../plan/model/currencies.ts';
import { plansOfRep } from '../../plan/round/store.ts';
import type { RawFields } from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import { localDateIn, wallTimeIn, zoneOf } from '../../time/zone.ts';
import { mustFindPair } from '../pair.ts';
import type { Scorecard } from '../schemas.ts';
import { cardNow, otherPlans, type ReviewPlan, reviewPlan } from '../scorecard/review-plan.ts';
import { reviewsOf } from '../store.ts';
import { type MeetingTime, meetingText, monthText, withoutFigures } from '../words-view.ts';
import { canMove, canSkip, type OpenMonth, offOn, otherOf } from './move-review.ts';
import {
  type MeetingFormScreen,
  type MeetingPlace,
  type MoveScreen,
  unkindText,
} from './move-view.ts';
import { meetingOf, type ReviewState, reviewTimes } from './rules.ts';
import {
  type MonthRow,
  noScheduleView,
  pickRepView,
  type ScheduleFrame,
  type ScheduleScreen,
  scheduleView,
} from './view.ts';

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

/** What of a card both see before the review is open, beside the bookings. */
export function coverageOf({ lines }: Scorecard) {
  return lines.find(({ kpi }) => kpi === 'coverage') ?? null;
}

/** The schedule of a plan, with the figures that both read. */
async function scheduleScreen(
  store: Store,
  plan: ReviewPlan,
  { pair, side, ending }: { pair: Pair; side: Side; ending: readonly ReviewPlan[] },
  now: Date,
): Promise<ScheduleScreen> {
  const reader = readerOf({ pair, side });
  const today = plan.zone.dateAt(now);
  const span = plan.spans.findLast(({ month }) => month <= monthOf(today)) ?? plan.spans[0];
  const card = span ? await cardNow(store, plan, span, today) : null;
  const times = reviewTimes(plan, await reviewsOf(store, plan.work.planId), now);
  return {
    rep: pair.rep,
    side,
    managerId: pair.manager?.userId ?? null,
    style: planStyle(plan, reader),
    rows: [
      ...(await lastRows(store, ending, { pair, side }, now)),
      ...times.map((scheduled) => rowOf({ plan, pair, side, scheduled, card }, now)),
    ],
    now:
      card && span
        ? { bookings: card.bookings, by: card.asOf ?? span.to, coverage: coverageOf(card) }
        : null,
    hasOwnTarget: side === 'rep' && plan.measured.hasOwnTarget,
    regular: plan.schedule.reviews,
    prepDays: plan.schedule.prepDays,
  };
}

/** What is left to be held of plans that are over. */
async function lastRows(
  store: Store,
  ending: readonly ReviewPlan[],
  { pair, side }: { pair: Pair; side: Side },
  now: Date,
): Promise<MonthRow[]> {
  const rows: MonthRow[] = [];
  for (const plan of ending) {
    if (plan.work.period.end >= plan.zone.dateAt(now)) continue;
    const times = reviewTimes(plan, await reviewsOf(store, plan.work.planId), now);
    const left = times.filter(({ state }) => !OVER.has(state));
    rows.push(...left.map((scheduled) => rowOf({ plan, pair, side, scheduled, card: null }, now)));
  }
  return rows;
}

const OVER: ReadonlySet<ReviewState> = new Set(['closed', 'skipped', 'past']);

function rowOf(
  {
    plan,
    pair,
    side,
    scheduled,
    card,
  }: Omit<OpenMonth, 'nextMeeting'> & { card: Scorecard | null },
  now: Date,
): MonthRow {
  const { span, review, meeting, state } = scheduled;
  const reader = readerOf({ pair, side });
  const nextMeeting = meetingOf(plan.schedule, monthOf(addDays(span.to, 1)));
  const month = { plan, pair, side, scheduled, nextMeeting };
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
  store: DatedStore,
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
 * @throws UserError `not_yours`.
 */
export async function scheduleOf(
  store: DatedStore,
  reader: Person,
  { repId, notice }: { repId: string; notice?: SlackText },
  now: Date,
): Promise<ModalView> {
  const { pair, side } = await mustFindPair(store.db, reader, repId);
  const { hasOwn: _, ...frame } = await frameOf(store, reader);
  const plan = await reviewPlan(store, pair.rep);
  const told = { ...frame, notice };
  await recordSeen(store.db, reader, { kind: 'standing_seen', repIds: [repId] }, now);
  if (!plan || plan.spans.length === 0) return noScheduleView(pair.rep, told);
  const ending = await otherPlans(store, pair.rep, plan, now);
  return scheduleView(await scheduleScreen(store, plan, { pair, side, ending }, now), told);
}

/** Whose schedules somebody may see: their own, where they have one or lead nobody, and their reps'. */
async function frameOf(
  store: DatedStore,
  reader: Person,
): Promise<ScheduleFrame & { hasOwn: boolean }> {
  const { workspaceId, userId, leader, admin } = reader;
  const team = await teamLedBy(store.db, { workspaceId, userId });
  const reps = (team?.members ?? []).filter((rep) => !rep.deactivated && rep.userId !== userId);
  const plans = await plansOfRep(store.db, { workspaceId, userId });
  const hasOwn = plans.some(({ signed, closedOn }) => signed !== null && closedOn === null);
  return {
    readerId: userId,
    people: hasOwn || reps.length === 0 ? [reader, ...reps] : reps,
    causes: leader || admin || reps.length > 0,
    hasOwn,
  };
}

/** The place with the changes that there are by now: what is submitted next knows of them. */
export function placeNow({ scheduled }: OpenMonth, place: MeetingPlace): MeetingPlace {
  return { ...place, moves: scheduled.review?.moves ?? 0 };
}

/** `raw`: what stands in the form. */
export function meetingFormScreen(
  month: OpenMonth,
  about: MeetingPlace,
  raw: RawFields = {},
): MeetingFormScreen {
  return {
    about,
    style: withoutFigures(readerOf(month).locale),
    raw,
    rev: '0',
    name: nameOf(month),
    at: timeIn(month, month.scheduled.meeting.at),
    otherId: otherOf(month)?.userId ?? null,
  };
}

const Day = z.iso.date();
const Time = timeField();

/** What is no date or time in `raw` isn't taken. */
export function moveScreen(month: OpenMonth, about: MeetingPlace, raw: RawFields = {}): MoveScreen {
  const reader = readerOf(month);
  const { meeting, state } = month.scheduled;
  const now = wallTimeIn(reader.timeZone, meeting.at);
  const date = Day.safeParse(raw.date).data ?? now.date;
  const time = Time.safeParse(raw.time).data ?? now.time;
  const at = zoneOf(reader.timeZone).instantAt(date, time);
  const isNew = at.getTime() !== meeting.at.getTime();
  return {
    ...meetingFormScreen(month, about, { ...raw, date, time }),
    timeZone: reader.timeZone,
    picked: isNew ? { at: timeIn(month, at), off: offIds(month, at) } : null,
    nextMeeting: wallTimeIn(reader.timeZone, month.nextMeeting),
    isOpen: state === 'open',
  };
}

const nameOf = (month: OpenMonth): string =>
  monthText(month.scheduled.span, readerOf(month).locale);

/** When they meet, on the clocks of both. */
const timeOf = (month: OpenMonth): Mrkdwn =>
  meetingText(timeIn(month, month.scheduled.meeting.at), readerOf(month).locale);

function timeIn(month: OpenMonth, at: Date) {
  return meetingTime(at, readerOf(month), otherOf(month));
}

function offIds(month: OpenMonth, at: Date): string[] {
  const idOf = (side: Side) => readerOf({ pair: month.pair, side }).userId;
  return offOn(month, at).map(idOf);
}

/** `✓ The 1:1 about March is on Thu 8 Apr, 14:00. …`, to whoever has just moved it. */
export function movedText(month: OpenMonth): Mrkdwn {
  const off = offIds(month, month.scheduled.meeting.at);
  const warning = off.length > 0 ? mrkdwn` No working day for ${mentions(off)}.` : '';
  const { locale } = readerOf(month);
  const hour = unkindText(timeIn(month, month.scheduled.meeting.at), locale);
  return mrkdwn`${heldText(month)}${warning}${hour === null ? '' : mrkdwn` ${hour}`}${heardText(month)}`;
}

export const heldText = (month: OpenMonth): Mrkdwn =>
  mrkdwn`✓ *The 1:1 about ${nameOf(month)} is on: ${timeOf(month)}.*`;

export const skippedText = (month: OpenMonth): Mrkdwn =>
  mrkdwn`✓ *The 1:1 about ${nameOf(month)} is skipped.*${heardText(month)}`;

export function heardText(month: OpenMonth): Mrkdwn {
  const other = otherOf(month);
  return other ? mrkdwn` ${mention(other.userId)} hears of it now.` : mrkdwn``;
}

/** What somebody else did while a form was open. */
export function meanwhileText(month: OpenMonth): Mrkdwn {
  const { review, state } = month.scheduled;
  const by = state === 'skipped' ? review?.skippedBy : review?.movedBy;
  const who = by ? mention(by) : mrkdwn`Somebody`;
  const why = review?.reason ? mrkdwn`: “${review.reason}”` : mrkdwn`.`;
  const what =
    state === 'skipped'
      ? mrkdwn`${who} has skipped it meanwhile${why}`
      : mrkdwn`It has changed meanwhile: it is on ${timeOf(month)} now${by ? mrkdwn`, says ${who}` : ''}${why}`;
  return mrkdwn`:wave: ${what} Nothing of yours is lost, and nothing of it is done yet.`;
}
