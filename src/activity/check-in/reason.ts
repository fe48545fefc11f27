/** The rep's own why and next life goal, which come back to them now and then and to nobody else. */

import { viewerOf } from '../../plan/currency.ts';
import { findVersion } from '../../plan/store.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { daysBetween, weekdayOf } from '../../time/local-date.ts';
import type { Reading } from '../deps.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { mondayOf } from './week-rules.ts';

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
