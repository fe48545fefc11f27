/** What a plan can have wrong, in words: what no single field can see (spec "Refused"). */
import type { Problem } from '../../input/problem.ts';
import { lastDayOfMonth, monthOf, monthsBetween } from '../../time/local-date.ts';
import { workingDates } from '../../time/working-days.ts';
import type {
  Calendar,
  Compensation,
  Component,
  Goal,
  Insurance,
  NewBusiness,
  Period,
  Pipeline,
  PlanTerms,
  Renewal,
  TimeOff,
} from '../schemas.ts';
import { averageMultiplier } from './component-pay.ts';
import { ceiling, exact } from './exact.ts';
import { carriesNewBusiness } from './known-layers.ts';

/** The same problems seen from the outside: each path with `prefix.` before it. */
export function under(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, problem }) => ({ path: `${prefix}.${path}`, problem }));
}

/** Five years: beyond it nobody plans by the month. */
const MAX_MONTHS = 60;

/** Whole calendar months, in order, at most `MAX_MONTHS`; paths `start` and `end`. */
export function checkPeriod({ start, end }: Period): Problem[] {
  const problems: Problem[] = [];
  const first = `${monthOf(start)}-01`;
  if (start !== first) {
    problems.push({ path: 'start', problem: `must be the first of a month: ${first} would do` });
  }
  const last = lastDayOfMonth(end);
  if (end !== last) {
    problems.push({ path: 'end', problem: `must be the last day of a month: ${last} would do` });
  }
  if (end < start) {
    problems.push({ path: 'end', problem: `must come after the start, ${start}` });
  } else if (monthsBetween({ start, end }).length > MAX_MONTHS) {
    const latest = lastDayOfMonth(start, MAX_MONTHS - 1);
    problems.push({
      path: 'end',
      problem: `must be at most ${MAX_MONTHS} months after the start: ${latest} at the latest`,
    });
  }
  return problems;
}

/** Time off that ends after it begins; path `to`. */
export function checkTimeOff({ from, to }: Pick<TimeOff, 'from' | 'to'>): Problem[] {
  return to < from ? [{ path: 'to', problem: `must not be before its start, ${from}` }] : [];
}

/** Every stretch of time off; paths `timeOff.<index>.to`. */
function checkCalendar({ timeOff }: Pick<Calendar, 'timeOff'>): Problem[] {
  return timeOff.flatMap((row, index) => under(`timeOff.${index}`, checkTimeOff(row)));
}

/** A working day is left in the period; path `calendar`. */
export function checkWorkingDays(period: Period, calendar: Calendar): Problem[] {
  if (workingDates(calendar, period.start, period.end).length > 0) return [];
  return [
    {
      path: 'calendar',
      problem: 'leaves no working day in the period: fewer holidays or less time off would do',
    },
  ];
}

/** A deal size, where new business is carried (and credited by a component); path `averageDealSize`. */
export function checkNewBusiness({
  carried,
  averageDealSize,
}: Pick<NewBusiness, 'carried' | 'averageDealSize'>): Problem[] {
  if (!carried || averageDealSize !== null) return [];
  return [
    { path: 'averageDealSize', problem: 'is missing: what a deal brings on average is needed' },
  ];
}

/** An insured X that is no less than X; path `xFactor`. */
export function checkInsurance(
  { xFactor: insured }: Pick<Insurance, 'xFactor'>,
  { xFactor }: Pick<Pipeline, 'xFactor'>,
): Problem[] {
  if (insured >= xFactor) return [];
  return [{ path: 'xFactor', problem: `must be at least ${xFactor}, the plan’s own X` }];
}

/** An income, or living costs; path `income`. */
export function checkGoal({
  income,
  livingCosts,
}: Pick<Goal, 'income' | 'livingCosts'>): Problem[] {
  if (income !== null || livingCosts !== null) return [];
  return [
    { path: 'income', problem: 'is missing: an income for the period, or livingCosts, is needed' },
  ];
}

/**
 * Tiers from 0, in order, of which none on everything takes pay away; paths `<index>.from` and
 * `<index>.multiplier`.
 */
export function checkTiers(tiers: Component['tiers']): Problem[] {
  return tiers.flatMap(({ from, multiplier, all }, index): Problem[] => {
    const before = tiers[index - 1];
    if (!before) {
      if (from === 0) return [];
      return [{ path: `${index}.from`, problem: 'must be 0 in the first tier' }];
    }
    if (from <= before.from) {
      return [
        {
          path: `${index}.from`,
          problem: `must be above ${before.from}, where the tier before begins`,
        },
      ];
    }
    if (!all) return [];
    const average = averageMultiplier(tiers.slice(0, index), from);
    if (exact(multiplier).gte(average)) return [];
    return [
      {
        path: `${index}.multiplier`,
        problem: `must be at least ${Number(ceiling(average.mul(10_000))) / 10_000}, the average just below it, since it is paid on everything: pay would fall`,
      },
    ];
  });
}

/** A factor for each month of the period, one of them above 0; path `ramp`. */
export function checkRamp(ramp: Component['ramp'], period: Period): Problem[] {
  if (ramp === null) return [];
  const months = monthsBetween(period).length;
  if (ramp.length !== months) {
    return [
      {
        path: 'ramp',
        problem: `must hold one number a month: ${months} for this period, not ${ramp.length}`,
      },
    ];
  }
  if (ramp.some((factor) => factor > 0)) return [];
  return [{ path: 'ramp', problem: 'must be above 0 in at least one month' }];
}

/** Tiers and ramp of a component; paths `tiers.<index>.…` and `ramp`. */
function checkComponent(
  { tiers, ramp }: Pick<Component, 'tiers' | 'ramp'>,
  period: Period,
): Problem[] {
  return [...under('tiers', checkTiers(tiers)), ...checkRamp(ramp, period)];
}

/** What two spellings of a component’s name have in common: neither case nor spaces around it count. */
export const componentKey = (name: string): string => name.trim().toLowerCase();

/** No two components of one name; path `<index>.name`. */
export function checkNames(components: readonly Pick<Component, 'name'>[]): Problem[] {
  const first = new Map<string, number>();
  return components.flatMap(({ name }, index): Problem[] => {
    const key = componentKey(name);
    if (first.has(key)) {
      return [{ path: `${index}.name`, problem: 'is the name of another component too' }];
    }
    first.set(key, index);
    return [];
  });
}

/** Every component, and their names; paths `components.<index>.…`. */
function checkCompensation(
  { components }: Pick<Compensation, 'components'>,
  period: Period,
): Problem[] {
  return under('components', [
    ...components.flatMap((component, index) =>
      under(String(index), checkComponent(component, period)),
    ),
    ...checkNames(components),
  ]);
}

/** The most that the pressure test leaves of an agreed likelihood (spec A6). */
export function halfLikelihood(likelihood: number): number {
  return likelihood / 2;
}

/**
 * Whether a pressure-tested likelihood is more than half of the agreed one, compared as the
 * decimals that people see. The half of a number with all its digits may have no decimal of its
 * own, so it is let through as it is.
 */
function isOverHalf(pressureTested: number, likelihood: number): boolean {
  if (pressureTested === halfLikelihood(likelihood)) return false;
  return exact(pressureTested).mul(2).gt(exact(likelihood));
}

/** A renewal inside the period; path `date`. */
export function checkRenewalDate({ date }: Pick<Renewal, 'date'>, period: Period): Problem[] {
  if (date >= period.start && date <= period.end) return [];
  const inside = `must be inside the period, ${period.start} to ${period.end}`;
  return [{ path: 'date', problem: inside }];
}

/** A likelihood cut to at most half; path `pressureTested`. */
export function checkPressureTest({
  likelihood,
  pressureTested,
}: Pick<Renewal, 'likelihood' | 'pressureTested'>): Problem[] {
  if (!isOverHalf(pressureTested, likelihood)) return [];
  const most = `must be at most half of the likelihood: ${halfLikelihood(likelihood)} would do`;
  return [{ path: 'pressureTested', problem: most }];
}

/** Inside the period and pressure-tested; paths `date` and `pressureTested`. */
function checkRenewal(
  renewal: Pick<Renewal, 'date' | 'likelihood' | 'pressureTested'>,
  period: Period,
): Problem[] {
  return [...checkRenewalDate(renewal, period), ...checkPressureTest(renewal)];
}

/** All that fields together can have wrong, once each is sound (spec "Refused"). */
export function checkPlan(terms: PlanTerms): Problem[] {
  const { period, calendar, goal, compensation, pipeline, renewals, newBusiness, insurance } =
    terms;
  const periodProblems = under('period', checkPeriod(period));
  if (periodProblems.length > 0) return periodProblems;
  return [
    ...under('calendar', checkCalendar(calendar)),
    ...under('goal', checkGoal(goal)),
    ...under('compensation', checkCompensation(compensation, period)),
    ...renewals.flatMap((row, index) => under(`renewals.${index}`, checkRenewal(row, period))),
    ...under(
      'newBusiness',
      checkNewBusiness({ ...newBusiness, carried: carriesNewBusiness(terms) }),
    ),
    ...under('insurance', checkInsurance(insurance, pipeline)),
    ...checkWorkingDays(period, calendar),
  ];
}
