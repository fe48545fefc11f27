/** The comp plan by which a rep's deals are paid, and what counts in it so far. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { viewerOf } from '../../plan/currency.ts';
import { openTermsOf, type PlanDraft } from '../../plan/draft.ts';
import type { DatedBooking } from '../../plan/model/component-pay.ts';
import { findOwnPlan } from '../../plan/open-plan.ts';
import { agreedVersionId } from '../../plan/round/store.ts';
import type { Compensation } from '../../plan/schemas.ts';
import { findVersion } from '../../plan/store.ts';
import { formatDate } from '../../slack/format.ts';
import { localDateIn } from '../../time/zone.ts';
import { bookingsOf } from '../rules.ts';
import { type Deal, dealsOfPlan } from '../store.ts';
import type { Reader } from '../words-view.ts';
import type { WorthBy } from './view.ts';

export interface CompPlanInForce {
  by: WorthBy;
  draft: PlanDraft;
  compensation: Compensation;
  /** Of the plan; none before it is agreed. */
  deals: Deal[];
  bookings: DatedBooking[];
}

/** The actor's own, and how they read it; null where there is none, or it says nothing of pay yet. */
export async function ownCompPlan(
  context: Context,
  actor: PersonRef,
): Promise<{ plan: CompPlanInForce; reader: Reader } | null> {
  const person = await meetPerson(context, actor);
  const today = localDateIn(person.timeZone, context.clock.now());
  const agreed = await agreedVersionId(context.db, actor, today);
  const version =
    (agreed && (await findVersion(context, agreed))) ||
    (await findOwnPlan(context, actor))?.version;
  const compensation = version && openTermsOf(version.draft).compensation;
  if (!compensation) return null;
  const { draft, planId } = version;
  const deals = agreed ? await dealsOfPlan(context.db, planId) : [];
  return {
    plan: {
      by: agreed ? 'agreed' : 'draft',
      draft,
      compensation,
      deals,
      bookings: bookingsOf(deals),
    },
    reader: { ...viewerOf(person, draft), userId: person.userId, today },
  };
}

/**
 * The day on which a deal is taken to be won: the one that was said, else today or the nearest of the plan.
 * @throws UserError `outside_plan`.
 */
export function dayOfDeal(
  said: string | null,
  { draft: { period } }: Pick<CompPlanInForce, 'draft'>,
  { today, locale }: Reader,
): string {
  if (said === null) return [period.start, today, period.end].sort()[1] ?? today;
  if (period.start <= said && said <= period.end) return said;
  const show = (day: string) => formatDate(day, locale, 'date');
  throw new UserError(
    'outside_plan',
    `${show(said)} is outside the plan, which runs from ${show(period.start)} to ${show(period.end)}.`,
  );
}
