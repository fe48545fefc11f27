/** What stands in the place of a day's question: the question, the record, or why there is none. */
import type { Context } from '../../context.ts';
import { viewerOf } from '../../plan/currency.ts';
import { findVersion } from '../../plan/store.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { Message } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { daysBetween, weekdayOf } from '../../time/local-date.ts';
import { mondayOf } from '../day-rules.ts';
import { DELIVERY } from '../delivery-keys.ts';
import type { Reading, RepId } from '../deps.ts';
import { type PlanInForce, planInForce } from '../plan-in-force.ts';
import { findDay, saidCounts } from '../store.ts';
import { dayScreen, weekBefore } from './find-day.ts';
import {
  awayDayMessage,
  checkInMessage,
  recordMessage,
  reminderDoneMessage,
  skippedMessage,
} from './view.ts';

/** Whether a day still waits for its answer, and what is shown of it. */
export interface ShownDay {
  isOpen: boolean;
  message: Message;
}

export async function showDay(
  store: Reading,
  plan: PlanInForce,
  date: string,
  { today, snoozedUntil }: { today: string; snoozedUntil?: string },
): Promise<ShownDay> {
  const screen = await dayScreen(store, plan, date, today);
  const day = await findDay(store, plan.rep, date);
  if (day?.state === 'logged') {
    return { isOpen: false, message: recordMessage(screen, saidCounts(day)) };
  }
  if (!plan.days.has(date)) return { isOpen: false, message: awayDayMessage(screen) };
  if (day?.state === 'skipped') {
    const why = { reason: day.skipReason, words: day.note };
    return { isOpen: false, message: skippedMessage(screen, why) };
  }
  const message = checkInMessage(screen, {
    before: await weekBefore(store, plan, date),
    calls: day?.counts.calls ?? null,
    reason: await reasonFor(store, plan, date),
    snoozedUntil: snoozedUntil ?? null,
  });
  return { isOpen: true, message };
}

/**
 * Brings every message about these days up to date. Never throws: what can't be changed is left, and its
 * buttons still answer.
 */
export async function refreshDays(
  context: Context,
  who: RepId,
  dates: readonly string[],
): Promise<void> {
  const { outbox, log, clock } = context;
  try {
    const plan = await planInForce(context, who);
    if (!plan) return;
    const today = plan.zone.dateAt(clock.now());
    for (const date of dates) {
      const about = { team: who.workspaceId, person: who.userId, subject: date };
      const kinds = [DELIVERY.checkIn, DELIVERY.reminder, DELIVERY.logged];
      const found = await Promise.all(kinds.map((kind) => outbox.find({ ...about, kind })));
      const sent = found.flat().filter(({ message }) => message !== null);
      if (sent.length === 0) continue;
      const { isOpen, message } = await showDay(context, plan, date, { today });
      // Beside the record, a reminder needs no second one.
      const reminder =
        isOpen || !plan.days.has(date) || sent.every(({ kind }) => kind === DELIVERY.reminder)
          ? message
          : reminderDoneMessage({ date, today, locale: plan.rep.locale });
      for (const { kind, message: place } of sent) {
        const shown = kind === DELIVERY.reminder ? reminder : message;
        if (place) await replace(context, place, shown);
      }
    }
  } catch (err) {
    log.warn({ err, kind: DELIVERY.checkIn }, 'A day could not be brought up to date');
  }
}

/** Puts a message in the place of a former one. Never throws. */
export async function replace(
  { client, log }: Pick<Context, 'client' | 'log'>,
  place: { channel: string; ts: string },
  message: Message,
): Promise<void> {
  try {
    const { text, blocks } = fitMessage(message);
    await client.chat.update({ ...place, text, blocks });
  } catch (err) {
    log.warn({ err, method: 'chat.update' }, 'A message could not be brought up to date');
  }
}

const FIRST_MONDAY = '1970-01-05';

/**
 * On the first day of a week with a check-in: their why and their next life goal by turns, or the one there is. Null
 * on every other day, where they turned it off, and where there is neither.
 */
export async function reasonFor(
  store: Reading,
  plan: PlanInForce,
  date: string,
): Promise<SlackText | null> {
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
  store: Reading,
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
