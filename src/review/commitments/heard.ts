/** What a rep hears of causes that they named: who took them on, in messages that come anyway. */
import type { KnownBlock } from '@slack/types';
import type { PlanInForce } from '../../activity/plan-in-force.ts';
import type { Cause } from '../../activity/schemas.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { context } from '../../slack/blocks.ts';
import { addDays, lastDayOfMonth, monthOf, weekdayOf } from '../../time/local-date.ts';
import { causesNamedBy } from '../store.ts';
import { type Commitment, causeAnswersSince } from './store.ts';
import { causeTakenText } from './view.ts';

/** Older ones are heard of no more. */
const MONTHS_BACK = 12;

/** What was taken on of the causes that a rep named in their sent answers, by when it is due. */
export async function causesTakenFor(
  store: Store,
  rep: PersonRef,
  today: string,
): Promise<Commitment[]> {
  const since = monthOf(lastDayOfMonth(today, -MONTHS_BACK));
  const taken = await causeAnswersSince(store, rep.workspaceId, since);
  if (taken.length === 0) return [];
  const named = await causesNamedBy(store.db, rep, since);
  const isTheirs = (month: string, cause: Cause) =>
    named.some((one) => one.month === month && one.causes.includes(cause));
  return taken.filter(
    ({ origin }) => origin.kind === 'cause' && isTheirs(origin.month, origin.cause),
  );
}

/** Whether something happened between the check-in before a date's and that date, on the rep's clocks. */
export function newsOf(
  { days, nudges, zone }: Pick<PlanInForce, 'days' | 'nudges' | 'zone'>,
  date: string,
): (at: Date | null) => boolean {
  const isAsked = (day: string) =>
    nudges.weekdays.length === 0 || nudges.weekdays.includes(weekdayOf(day));
  const before = [...days.keys()].filter((day) => day < date && isAsked(day)).at(-1);
  const after = before ?? addDays(date, -1);
  return (at) => {
    if (at === null) return false;
    const day = zone.dateAt(at);
    return day >= after && day < date;
  };
}

/** In the first check-in after it was taken on, and in the first one after it was done. */
export async function heardOfCauses(
  store: Store,
  plan: PlanInForce,
  date: string,
): Promise<KnownBlock[]> {
  const { rep } = plan;
  const isNew = newsOf(plan, date);
  const taken = await causesTakenFor(store, rep, date);
  const news = taken.filter(({ createdAt, doneAt }) => isNew(createdAt) || isNew(doneAt));
  return news.slice(0, MOST_HEARD).map((one) => context(causeTakenText(one, rep.locale)));
}

const MOST_HEARD = 3;
