/** How reps stand, read for any number of them in the same number of statements (spec E2). */
import { plansInForce } from '../../activity/plan-in-force.ts';
import { notLogging } from '../../activity/silence.ts';
import { lastLoggedOfEach } from '../../activity/store.ts';
import type { Context } from '../../context.ts';
import { findPeople } from '../../people/store.ts';
import { planStatuses } from '../../plan/open-plan.ts';
import type { MonthStanding } from '../schemas.ts';
import { currentCards, measuredPlans } from '../scorecard/review-plan.ts';
import { backOn, type Need, streakOf } from './rules.ts';

/** What both of a pair see of the rep: at quota, with no figure of the comp plan in it. */
export interface StandingNow {
  userId: string;
  name: string;
  /** How their plan stands, in a few words; null: there is none. */
  plan: string | null;
  /** The first day of a plan that is agreed and has not begun, a local date. */
  begins: string | null;
  /** The month that runs, at quota; null: no plan is in force. */
  card: MonthStanding | null;
  /** The rep's local date. */
  today: string | null;
  /** Of the plan in force: the last local date that was logged, and how many in a row are. */
  lastLog: string | null;
  streak: number;
  /** Check-ins without an answer, where they have stopped logging. */
  unanswered: number | null;
  /** The first local date on which they are back from days off; null: they are here. */
  backOn: string | null;
}

/** By the rep's user id; whoever is not known or deactivated is left out. */
export async function standingsOf(
  deps: Pick<Context, 'db' | 'encryption' | 'clock'>,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, StandingNow>> {
  if (repIds.length === 0) return new Map();
  const now = deps.clock.now();
  const people = (await findPeople(deps.db, workspaceId, repIds)).filter(
    ({ deactivated }) => !deactivated,
  );
  const ids = people.map(({ userId }) => userId);
  const statuses = await planStatuses(deps, workspaceId, ids);
  const inForce = await plansInForce(deps, workspaceId, ids);
  const plans = await measuredPlans(deps, [...inForce.values()]);
  const begun = plans.filter(({ zone, work }) => zone.dateAt(now) >= work.period.start);
  const cards = await currentCards(deps, workspaceId, begun, now);
  const lastLogs = await lastLoggedOfEach(deps.db, workspaceId, ids);
  const silent = await notLogging(deps, workspaceId, ids);
  return new Map(
    people.map(({ userId, name }): [string, StandingNow] => {
      const plan = inForce.get(userId);
      const today = plan?.zone.dateAt(now) ?? null;
      const start = plan?.work.period.start ?? null;
      const judged = cards.get(userId);
      const lastLog = lastLogs.get(userId) ?? null;
      return [
        userId,
        {
          userId,
          name,
          plan: statuses.get(userId) ?? null,
          begins: start !== null && today !== null && today < start ? start : null,
          card: judged?.card ?? null,
          today,
          lastLog,
          streak: judged ? streakOf(judged.facts.days, lastLog !== null && lastLog === today) : 0,
          unanswered: silent.get(userId) ?? null,
          backOn: plan && today !== null ? backOn(plan.calendar, today) : null,
        },
      ];
    }),
  );
}

/** Booked ÷ due by now, at quota; null where nothing is due. */
export function standingAttainment({ card }: Pick<StandingNow, 'card'>): number | null {
  return card && card.bookings.target > 0 ? card.bookings.actual / card.bookings.target : null;
}

/** `waits`: what of the two is overdue. */
export function needOf(standing: StandingNow, waits: Pick<Need, 'isOwed' | 'isPlanOverdue'>): Need {
  const { name, card, unanswered, backOn } = standing;
  return {
    name,
    health: card?.standing ?? null,
    unanswered,
    attainment: standingAttainment(standing),
    isAway: backOn !== null,
    ...waits,
  };
}
