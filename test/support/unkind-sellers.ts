/** The plans by which unkind years are drawn and measured: what is asked for, and by which rules. */
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import { type PlanDraft, termsOf } from '../../src/plan/draft.ts';
import { computePlan } from '../../src/plan/model/compute.ts';
import type { Activity } from '../../src/plan/schemas.ts';
import { accountManager, enterpriseRep, midMarketRep, newHire, smbRep } from './profiles.ts';
import { type Entered, monthsOf, type ReviewedMonth } from './unkind-months.ts';
import { type Note, notesOf } from './unkind-mornings.ts';
import { type PlannedYear, plannedYear, wholeCounts } from './unkind-plan.ts';
import { drawYear, type Habit, type RepYear } from './unkind-reps.ts';

export interface Seller {
  name: string;
  plan: PlannedYear;
  planned: ReadonlyMap<string, Record<Activity, number>>;
  /** The year of one of its reps; the same number is the same rep, whatever their habit. */
  year(habit: Habit, rep: number): RepYear;
  /** A year in which each day's whole counts are done exactly. */
  exactYear(logs: Habit['logs']): RepYear;
  /** With leads as they came, or never entered. */
  notes(year: RepYear, leads?: boolean): Note[];
  months(year: RepYear, entered?: Partial<Entered>): ReviewedMonth[];
}

/** Who is measured at quota and asks no more of themselves: 100 % of plan is 100 % of what is measured. */
function aimingAtQuota(draft: PlanDraft): PlanDraft {
  const income = draft.compensation?.baseSalary ?? 0;
  return { ...draft, goal: { income, livingCosts: null }, lifeGoals: [] };
}

function seller(name: string, profile: () => PlanDraft, seed: string): Seller {
  const draft = aimingAtQuota(profile());
  const terms = termsOf(draft);
  if (!terms) throw new Error('a profile is a whole plan');
  const plan = plannedYear(terms, computePlan(terms).layers.newBusiness.target);
  const planned = wholeCounts(plan);
  const review = monthsOf(draft);
  const morning = notesOf(draft);
  const isNew = terms.compensation.components.some(({ ramp }) => ramp !== null);
  const days = ({ days }: RepYear) =>
    days.map((day): CountedDay => ({ ...day, planned: planned.get(day.date) ?? day.done }));
  const year = (habit: Habit, rep: number) => drawYear(plan, { isNew, ...habit }, `${seed}/${rep}`);
  return {
    name,
    plan,
    planned,
    year,
    exactYear(logs) {
      const drawn = year(logs ? { logs } : {}, 0);
      return {
        ...drawn,
        days: drawn.days.map((day) =>
          day.logged ? { ...day, done: planned.get(day.date) ?? day.done } : day,
        ),
      };
    },
    notes: (year, leads = true) => morning(days(year), leads ? year.leads : null),
    months: (year, entered) =>
      review(year, days(year), { pipeline: true, leads: true, ...entered }),
  };
}

export type SellerName =
  | 'SMB, 12k'
  | 'mid-market, 40k'
  | 'enterprise, 150k'
  | 'account manager'
  | 'new hire';

/** The four of the table and the new hire, on a seed. */
export function sellersOf(seed: string): Record<SellerName, Seller> {
  const of = (name: SellerName, profile: () => PlanDraft) =>
    seller(name, profile, `${seed}/${name}`);
  return {
    'SMB, 12k': of('SMB, 12k', smbRep),
    'mid-market, 40k': of('mid-market, 40k', midMarketRep),
    'enterprise, 150k': of('enterprise, 150k', enterpriseRep),
    'account manager': of('account manager', accountManager),
    'new hire': of('new hire', newHire),
  };
}
