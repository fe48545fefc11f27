/** What has its time on a day of a rep's. */
import type { Db, Tx } from '../db/client.ts';
import { reviewDate } from '../plan/model/calendar.ts';
import { takenProblem } from '../plan/taken-view.ts';
import { REVIEW_MINUTES, SYNC_MINUTES, type WeekPart } from '../plan/week-rules.ts';
import { firstOfMonth, monthOf, weekdayOf } from '../time/local-date.ts';
import { blocksOn } from './call-blocks/blocks-of-day.ts';
import type { PlanInForce } from './plan-in-force.ts';
import { type DailySchedule, hasSyncOn, syncTimeOn } from './schedule-rules.ts';
import { findSync } from './store.ts';
import { timeText } from './words-view.ts';

export function dailyScheduleOf(plan: PlanInForce): DailySchedule {
  const { zone, work, calendar, nudges, checkInTime } = plan;
  const { sync, sdrPartner } = work;
  return {
    zone,
    period: work.period,
    calendar,
    // A sync is two people's: whether one of them is asked is up to each, when it is sent.
    nudges: { ...nudges, checkInTime, syncs: true },
    callBlocks: work.callBlocks,
    sync: sync && {
      frequency: sync,
      day: sdrPartner?.syncDay ?? 'mon',
      time: sdrPartner?.syncTime ?? '09:30',
    },
  };
}

/** What a day holds beside one block (its id) or beside the sync: open blocks, the sync, the regular 1:1. */
export async function takenOn(
  db: Db | Tx,
  plan: PlanInForce,
  date: string,
  except: { blockId: string } | 'sync',
): Promise<WeekPart[]> {
  const days = [weekdayOf(date)];
  const blocks = (await blocksOn({ db }, plan, date)).filter(
    ({ block, isSettled }) =>
      !isSettled && !(except !== 'sync' && except.blockId === block.blockId),
  );
  const schedule = dailyScheduleOf(plan);
  const sync = except !== 'sync' && hasSyncOn(schedule, date) ? schedule.sync : null;
  const held = sync && (await findSync(db, plan.rep, date));
  const isReview = reviewDate(monthOf(firstOfMonth(date, -1)), plan.work.reviews) === date;
  return [
    ...blocks.map(({ block, start, minutes }) => {
      return { kind: 'block' as const, id: block.blockId, days, start, minutes };
    }),
    ...(sync && held && held.state !== 'done' && held.state !== 'skipped'
      ? [
          {
            kind: 'sync' as const,
            id: '',
            days,
            start: held.movedTo ?? syncTimeOn(schedule, date, sync.time),
            minutes: SYNC_MINUTES[sync.frequency],
          },
        ]
      : []),
    ...(isReview
      ? [
          {
            kind: 'review' as const,
            id: '',
            days,
            start: plan.work.reviews.time,
            minutes: REVIEW_MINUTES,
          },
        ]
      : []),
  ];
}

/** What is in the way of so many minutes from a time on, in words; null: nothing. */
export function takenAt(
  date: string,
  { time, minutes }: { time: string; minutes: number },
  parts: readonly WeekPart[],
  locale: string,
): string | null {
  const span = { days: [weekdayOf(date)], start: time, minutes };
  return takenProblem(span, parts, (one) => timeText(one, locale));
}
