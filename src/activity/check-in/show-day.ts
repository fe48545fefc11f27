/** What stands in the place of a day's question: the question, the record, or why there is none. */

import type { Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { viewerOf } from '../../plan/currency.ts';
import { findVersion } from '../../plan/store.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import type { Message } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import type { Clock } from '../../time/clock.ts';
import { daysBetween, mondayOf, weekdayOf } from '../../time/local-date.ts';
import { ACTIVITY_DELIVERY, reminderKey } from '../delivery-keys.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { isSnoozed } from '../schedule-rules.ts';
import { quietnessOn } from '../silence.ts';
import { findDay, saidCounts } from '../store.ts';
import { timeText } from '../words-view.ts';
import { dayScreen, weekBefore } from './find-day.ts';
import { judgedBlocks } from './judged-blocks.ts';
import { awayDayMessage, checkInMessage, recordMessage, skippedMessage } from './view.ts';

/** Whether a day still waits for its answer, and what is shown of it. */
export interface ShownDay {
  isOpen: boolean;
  /** Whether it shows what else is asked with a day: of a working day, to somebody who answers. */
  isWhole: boolean;
  message: Message;
}

type Reading = Store & { outbox: Outbox; clock: Clock };

/** `answers`: what of somebody's words isn't counted, where the record answers them. */
export async function showDay(
  reading: Reading,
  plan: PlanInForce,
  date: string,
  today: string,
  answers: readonly string[] | null = null,
): Promise<ShownDay> {
  const shown = await dayMessage(reading, plan, { date, today, answers });
  if (shown.isOneLine || !plan.days.has(date)) return { ...shown, isWhole: false };
  const { text, blocks } = shown.message;
  const judged = await judgedBlocks(reading, plan, date, today);
  const message = { text, blocks: [...blocks, ...judged] };
  return { isOpen: shown.isOpen, isWhole: true, message };
}

async function dayMessage(
  reading: Reading,
  plan: PlanInForce,
  { date, today, answers }: { date: string; today: string; answers: readonly string[] | null },
): Promise<Omit<ShownDay, 'isWhole'> & { isOneLine?: boolean }> {
  const screen = await dayScreen(reading, plan, date, today);
  const day = await findDay(reading, plan.rep, date);
  if (day?.state === 'logged') {
    const record = {
      counts: saidCounts(day),
      replaced: day.replaced,
      uncounted: answers ?? [],
      isAnswer: answers !== null,
    };
    return { isOpen: false, message: recordMessage(screen, record) };
  }
  if (!plan.days.has(date)) return { isOpen: false, message: awayDayMessage(screen) };
  if (day?.state === 'skipped') {
    const why = { reason: day.skipReason, words: day.note };
    return { isOpen: false, message: skippedMessage(screen, why) };
  }
  const quietness = await quietnessOn(reading, plan.rep, date);
  const message = checkInMessage(screen, {
    before: await weekBefore(reading, plan, date),
    calls: day?.counts.calls ?? null,
    reason: await reasonFor(reading, plan, date),
    snoozedUntil: await snoozedUntil(reading, plan, date),
    quietness,
  });
  // To somebody who leaves days unanswered it is one line.
  return { isOpen: true, message, isOneLine: quietness !== 'usual' };
}

/** When the rep is asked again because they put it off; null where they didn't. */
async function snoozedUntil(
  { outbox }: Reading,
  { rep, zone }: PlanInForce,
  date: string,
): Promise<string | null> {
  const [reminder] = await outbox.find(reminderKey(rep, date));
  if (reminder?.state !== 'planned' || !isSnoozed(zone, date, reminder.window)) return null;
  return timeText(zone.timeAt(reminder.window.dueAt), rep.locale);
}

/** Whether some message in the DM shows the day, besides a reminder. */
export async function isInSight(
  outbox: Outbox,
  rep: PersonRef,
  date: string,
  on?: Tx,
): Promise<boolean> {
  for (const kind of [ACTIVITY_DELIVERY.checkIn, ACTIVITY_DELIVERY.logged]) {
    const about = { ...rep, kind, subject: date };
    if ((await outbox.find(about, on)).some(({ message }) => message !== null)) return true;
  }
  return false;
}

const FIRST_MONDAY = '1970-01-05';

/**
 * On the first day of a week with a check-in: their why and their next life goal by turns, or the one there is. Null
 * on every other day, where they turned it off, and where there is neither.
 */
async function reasonFor(store: Store, plan: PlanInForce, date: string): Promise<SlackText | null> {
  const { nudges, work, rep } = plan;
  const monday = mondayOf(date);
  const isAsked = (day: string) =>
    nudges.weekdays.length === 0 || nudges.weekdays.includes(weekdayOf(day));
  const before = [...plan.days.keys()].filter((day) => day >= monday && day < date);
  const isFirst = !before.some(isAsked);
  if (!nudges.reasons || !isFirst) return null;
  const why = nudges.why ? mrkdwn`Your why: “${nudges.why}”` : null;
  const goal = await nextGoal(store, work.versionId, date, rep.locale);
  const isGoalsTurn = (daysBetween(FIRST_MONDAY, monday) / 7) % 2 === 1;
  return (isGoalsTurn ? goal : why) ?? why ?? goal;
}

async function nextGoal(
  store: Store,
  versionId: string,
  date: string,
  locale: string,
): Promise<SlackText | null> {
  const version = await findVersion(store, versionId);
  const [next] = (version?.draft.lifeGoals ?? [])
    .filter(({ by }) => by >= date)
    .sort((a, b) => (a.by < b.by ? -1 : 1));
  if (!version || !next) return null;
  const amount = formatMoneyShort(next.amount, viewerOf({ locale }, version.draft));
  return mrkdwn`What it is for: *${next.label}*, ${amount} by ${formatDate(next.by, locale, 'date')}.`;
}
