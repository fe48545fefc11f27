/**
 * Whether a message may come to somebody now: the rules of the one gate through which everything goes that
 * Bigplan sends. A notification is a new message to a person; what edits one isn't, nor is an answer.
 */
import { addDays, mondayOf, type Weekday, weekdayOf } from '../time/local-date.ts';
import type { Zone } from '../time/zone.ts';

/**
 * What a message weighs.
 *
 * - `answer`: to what its reader has just done. Never held, and not counted.
 * - `must`: can't be lost. Held until it may come, never dropped.
 * - `question`: the day's own. The others leave room for it; on another day it is worth nothing.
 * - `timely`: comes seldom and has its time, such as a sync that two have agreed on. The day's own share is no matter to it;
 *   after its time it is worth nothing.
 * - `may`: a nudge. Dropped where the day's share is used up.
 * - `channel`: for a channel. It is nobody's notification.
 */
export type Weight = 'answer' | 'must' | 'question' | 'timely' | 'may' | 'channel';

/** What doesn't hold a message up: its reader's being away, or a call block that they are in. */
export type ComesThrough = 'away' | 'block';

/** Notifications at most: in a local day, and from a Monday to the Sunday. */
export interface Budget {
  perDay: number;
  perWeek: number;
}

export const USUAL_BUDGET: Budget = { perDay: 3, perWeek: 12 };

/** For those who only lead, where they chose nothing else: what they hear of is never today's. */
export const LEADER_BUDGET: Budget = { perDay: 2, perWeek: 2 };

/** What somebody may choose instead, by notifications a day. */
export const BUDGETS: readonly Budget[] = [
  { perDay: 1, perWeek: 5 },
  { perDay: 2, perWeek: 8 },
  USUAL_BUDGET,
  { perDay: 5, perWeek: 20 },
];

/** @param perDay as chosen; anything else is the usual. */
export function budgetOf(perDay: number): Budget {
  return BUDGETS.find((one) => one.perDay === perDay) ?? USUAL_BUDGET;
}

/** Of a week's budget, what nudges leave for what can't wait. */
const KEPT_FOR_MUST = 1;

/** Quiet hours are from `EVENING` to `MORNING`: what had no time of its own waits for the morning. */
const MORNING = '08:00';
const EVENING = '20:00';

/** What somebody did so long ago they still wait for an answer to. */
const JUST_NOW_MS = 3_600_000;

/** What a message weighs that follows from what its reader did (null: nothing): their answer while they wait for it. */
export function weightAfter(acted: Date | null, now: Date): Weight {
  return acted !== null && now.getTime() - acted.getTime() < JUST_NOW_MS ? 'answer' : 'must';
}

/** A reader as they stand at an instant. */
export interface ReaderNow {
  zone: Zone;
  /** The days of the week on which they work. */
  workdays: readonly Weekday[];
  budget: Budget;
  /** Away, or paused: nothing comes before `until`. */
  closed: { reason: 'away' | 'paused'; until: Date } | null;
  /** The call block that they are in, by the subject of its message. */
  block: { subject: string; until: Date } | null;
  /** They answer nothing: no nudges, and a question only where `isAskedToday`. */
  isSilent: boolean;
  isAskedToday: boolean;
  /** Questions still to come: today (0 or 1), and until Sunday with today's. */
  questions: { today: number; thisWeek: number };
  /** Working days until Sunday, with today; at least 1. */
  workdaysLeft: number;
}

/** Why a message was held or dropped, as it is kept with its delivery. */
export const HOLD_REASONS = [
  'over_budget',
  'backed_off',
  'paused',
  'away',
  'in_block',
  'quiet_hours',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** `sendBy` null: worth sending however late. */
export type GateVerdict =
  | { type: 'send'; isNotification: boolean }
  | { type: 'hold'; until: Date; sendBy: Date | null; reason: HoldReason }
  | { type: 'drop'; reason: HoldReason };

export interface Notice {
  weight: Weight;
  comesThrough: readonly ComesThrough[];
  subject: string;
  dueAt: Date;
  sendBy: Date | null;
}

/** The first instant of the reader's week: what was sent since counts. */
export function weekBegan({ zone }: ReaderNow, now: Date): Date {
  return zone.instantAt(mondayOf(zone.dateAt(now)), '00:00');
}

/** @param notified when the notifications of the reader's week came. */
export function decide(
  notice: Notice,
  reader: ReaderNow,
  notified: readonly Date[],
  now: Date,
): GateVerdict {
  const { weight, comesThrough } = notice;
  if (weight === 'answer' || weight === 'channel') return { type: 'send', isNotification: false };
  const { closed, block, isSilent, isAskedToday } = reader;
  if (closed && !(closed.reason === 'away' && comesThrough.includes('away'))) {
    return stop(notice, reader, closed.until, closed.reason);
  }
  const isNudge = weight === 'may' || weight === 'timely';
  if (isSilent && (isNudge || (weight === 'question' && !isAskedToday))) {
    return { type: 'drop', reason: 'backed_off' };
  }
  if (block && block.subject !== notice.subject && !comesThrough.includes('block')) {
    return hold(notice, reader, block.until, 'in_block');
  }
  if (weight === 'must' && isNight(reader, now)) {
    return hold(notice, reader, nextMorning(reader, now), 'quiet_hours');
  }
  const free = freeAgain(weight, reader, notified, now);
  if (free === null) return { type: 'send', isNotification: true };
  return stop(notice, reader, free, isSilent ? 'backed_off' : 'over_budget');
}

/** What can't be lost waits; the others would come when they are worth nothing. */
function stop(notice: Notice, reader: ReaderNow, until: Date, reason: HoldReason): GateVerdict {
  return notice.weight === 'must' ? hold(notice, reader, until, reason) : { type: 'drop', reason };
}

/** Something with an end keeps as long after its time as it had, on its own day. */
function hold(
  { weight, dueAt, sendBy }: Notice,
  { zone }: ReaderNow,
  until: Date,
  reason: HoldReason,
): GateVerdict {
  if (sendBy === null || weight === 'must') return { type: 'hold', until, sendBy: null, reason };
  const dayEnds = zone.instantAt(addDays(zone.dateAt(dueAt), 1), '00:00').getTime() - 1;
  const worth = Math.min(dayEnds, until.getTime() + sendBy.getTime() - dueAt.getTime());
  if (worth < until.getTime()) return { type: 'drop', reason };
  return { type: 'hold', until, sendBy: new Date(worth), reason };
}

/** When the budget allows such a message again; null: now. */
function freeAgain(
  weight: Exclude<Weight, 'answer' | 'channel'>,
  reader: ReaderNow,
  notified: readonly Date[],
  now: Date,
): Date | null {
  const { zone, budget, questions } = reader;
  const today = zone.dateAt(now);
  const week = notified.length;
  const day = notified.filter((at) => zone.dateAt(at) === today).length;
  const besideQuestions = {
    day: Math.max(1, budget.perDay - questions.today),
    week: Math.max(1, budget.perWeek - questions.thisWeek),
  };
  const room = {
    question: { day: budget.perDay, week: budget.perWeek },
    must: besideQuestions,
    timely: besideQuestions,
    may: { day: shareOf(reader, week - day) - questions.today, week: budget.perWeek },
  }[weight];
  // The silent get one message, whatever it is.
  if (week >= Math.min(room.week, budget.perWeek)) return firstMorningOfNextWeek(reader, now);
  return day >= Math.min(room.day, budget.perDay) ? nextMorning(reader, now) : null;
}

/** How many notifications nudges may bring a day to: what is left of the week, in equal parts. */
function shareOf({ budget, workdaysLeft }: ReaderNow, before: number): number {
  const left = budget.perWeek - KEPT_FOR_MUST - before;
  return Math.min(budget.perDay, Math.floor(left / Math.max(1, workdaysLeft)));
}

function isNight({ zone }: ReaderNow, now: Date): boolean {
  const time = zone.timeAt(now);
  return time < MORNING || time >= EVENING;
}

/** The first morning of a workday after `now`. */
function nextMorning(reader: ReaderNow, now: Date, from = reader.zone.dateAt(now)): Date {
  const { zone, workdays } = reader;
  for (let date = from, tries = 0; ; date = addDays(date, 1), tries += 1) {
    const isWorked = workdays.includes(weekdayOf(date)) || tries > 7;
    const morning = zone.instantAt(date, MORNING);
    if (isWorked && morning > now) return morning;
  }
}

function firstMorningOfNextWeek(reader: ReaderNow, now: Date): Date {
  return nextMorning(reader, now, addDays(mondayOf(reader.zone.dateAt(now)), 7));
}
