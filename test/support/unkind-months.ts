/** The end of every month of a rep's year, as their review judges it. */
import { leadDaysOf, leadsWithin } from '../../src/activity/pace/lead-rules.ts';
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import type { Scorecard, Topic } from '../../src/review/schemas.ts';
import type { Facts } from '../../src/review/scorecard/baseline-rules.ts';
import { topicsOf } from '../../src/review/scorecard/question-rules.ts';
import { baseline, measureDraft } from '../../src/review/scorecard/review-plan.ts';
import { scorecard } from '../../src/review/scorecard/rules.ts';
import { addDays } from '../../src/time/local-date.ts';
import { workingDates } from '../../src/time/working-days.ts';
import type { RepYear } from './unkind-reps.ts';

/** What a rep enters beside their days. */
export interface Entered {
  /** Qualified pipeline at each month's end. */
  pipeline: boolean;
  leads: boolean;
}

export interface ReviewedMonth {
  card: Scorecard;
  /** What is asked about. */
  asked: Topic[];
}

/** Days after the month's end on which its prep begins. */
const PREP = 2;

/** Goes through the months of any year of a plan. */
export function monthsOf(draft: PlanDraft) {
  const measured = measureDraft(draft);
  if (!measured) throw new Error('the plan can be computed');
  const { period, calendar, newBusiness } = draft;
  const sdr = newBusiness?.sdr ?? null;
  const weekdays = workingDates({ ...calendar, timeOff: [] }, period.start, period.end);
  const spans = spansOf(period).map((span) => ({
    span,
    measure: baseline(measured, { calendar, end: span.to }),
  }));
  return (year: RepYear, days: readonly CountedDay[], entered: Entered): ReviewedMonth[] => {
    const said = entered.leads ? year.leads : [];
    const leadDays = leadDaysOf(sdr, measured.weights, weekdays, said);
    return spans.map(({ span, measure }) => {
      const { from, to } = span;
      const dates = weekdays.filter((date) => date <= to);
      const facts: Facts = {
        span,
        currency: draft.currency,
        since: period.start,
        today: addDays(to, PREP),
        bookings: year.won.filter(({ date }) => date <= to),
        pipeline: entered.pipeline ? { asOf: to, layers: year.pipelineOn(to) } : null,
        leads: leadsWithin(leadDays, { sdr, weights: measured.weights }, { from, dates }),
        days: days.filter(({ date }) => date <= to),
        leadDays: leadDays?.filter(({ date }) => date <= to) ?? null,
        skipped: 0,
        away: 0,
      };
      const card = scorecard(measure, facts);
      return { card, asked: topicsOf(card.lines).filter((topic) => topic !== 'worked') };
    });
  };
}
