/** What of a plan has its time in the week, where the rep is: call blocks, the SDR sync, the monthly 1:1. */
import type { Weekday } from '../time/local-date.ts';
import { laterOn, minutesOf } from '../time/time-of-day.ts';
import type { PlanDraft } from './draft.ts';

/** So many minutes from a wall time (`HH:mm`) on, on some days of the week. */
export interface WeekSpan {
  days: readonly Weekday[];
  start: string;
  minutes: number;
}

export interface WeekPart extends WeekSpan {
  kind: 'block' | 'sync' | 'review';
  /** A call block's own; else ''. */
  id: string;
}

/** How long each is kept free for. */
export const SYNC_MINUTES = { daily: 15, weekly: 30 };
export const REVIEW_MINUTES = 60;

/** Nothing is proposed that would end later. */
const DAY_ENDS = '19:00';
const STEP_MINUTES = 15;

type Scheduled = Pick<
  PlanDraft,
  'callBlocks' | 'newBusiness' | 'sdrPartner' | 'calendar' | 'reviews'
>;

/** When the two sync; the day is of no matter where it is daily. */
export function syncPart(
  frequency: 'daily' | 'weekly',
  {
    syncDay,
    syncTime,
    workdays,
  }: { syncDay: Weekday; syncTime: string; workdays: readonly Weekday[] },
): WeekPart {
  const days = frequency === 'daily' ? workdays : [syncDay];
  return { kind: 'sync', id: '', days, start: syncTime, minutes: SYNC_MINUTES[frequency] };
}

/** All that has its time in the week; the 1:1 stands for its day of every week. */
export function weekOf(draft: Scheduled): WeekPart[] {
  const { callBlocks, newBusiness, sdrPartner, calendar, reviews } = draft;
  const frequency = newBusiness?.sdr?.sync;
  const sync =
    frequency && sdrPartner
      ? syncPart(frequency, { ...sdrPartner, workdays: calendar.workdays })
      : null;
  return [
    ...callBlocks.map((block) => ({ kind: 'block' as const, ...block })),
    ...(sync ? [sync] : []),
    {
      kind: 'review',
      id: '',
      days: [reviews.weekday],
      start: reviews.time,
      minutes: REVIEW_MINUTES,
    },
  ];
}

const endOf = ({ start, minutes }: Pick<WeekSpan, 'start' | 'minutes'>) =>
  minutesOf(start) + minutes;

/** The first of the parts that lasts into the span, on one of its days; null where nothing is there. */
export function clashOf<Part extends WeekSpan>(
  span: WeekSpan,
  parts: readonly Part[],
): Part | null {
  const inTheWay = parts.filter(
    (part) =>
      part.days.some((day) => span.days.includes(day)) &&
      minutesOf(part.start) < endOf(span) &&
      minutesOf(span.start) < endOf(part),
  );
  return inTheWay.sort((a, b) => (a.start < b.start ? -1 : 1))[0] ?? null;
}

/** The first start from the span's own on at which nothing is in its way; null where the day has none left. */
export function freeStart(span: WeekSpan, parts: readonly WeekSpan[]): string | null {
  let start = span.start;
  for (;;) {
    const clash = clashOf({ ...span, start }, parts);
    if (!clash) return start;
    const next = Math.max(endOf(clash), minutesOf(start) + STEP_MINUTES);
    if (next + span.minutes > minutesOf(DAY_ENDS)) return null;
    start = laterOn('00:00', next);
  }
}
