/** Step 13: when the milestones pay for each life goal. */
import type { Month } from '../../time/local-date.ts';
import type { Compensation, Goal, LocalDate, Minor } from '../schemas.ts';
import { type Exact, exact, toMinor, ZERO } from './exact.ts';
import { baseInMonths, otherPayOf } from './income.ts';
import { isUnder } from './money.ts';

/** A life goal against the milestones. */
export interface LifeGoalPayment {
  label: string;
  amount: Minor;
  by: LocalDate;
  /** All life goals due by then, this one in. */
  dueByThen: Minor;
  /** What the milestones have brought by the last month end on or before `by`; may be negative. */
  moneyByThen: number;
  /** The month end on which the milestones pay for all that is due by then; null where none does. */
  paidOn: LocalDate | null;
  late: boolean;
}

/**
 * When the milestones pay for each life goal (spec step 13), in the order of the plan.
 *
 * Money at a month end = variable pay so far (`paidBy`: the guarantee in) + other pay evenly by month; where
 * `livingCosts` is given also + base salary so far − living costs so far, evenly by month. A goal is on time where
 * the money at the last month end on or before its `by` (none: 0) covers the sum of all life goals due by `by`, to
 * within a major unit of the currency.
 */
export function lifeGoalPayments(
  { livingCosts, lifeGoals }: Goal,
  compensation: Pick<Compensation, 'baseSalary' | 'otherPay'>,
  months: readonly Month[],
  paidBy: readonly Exact[],
  currency: string,
): LifeGoalPayment[] {
  const otherPay = otherPayOf(compensation);
  const money = months.map(({ end }, index) => {
    const evenly = (amount: Exact) => amount.mul(index + 1).div(months.length);
    const paid = (paidBy[index] ?? ZERO).add(evenly(otherPay));
    if (livingCosts === null) return { end, amount: paid };
    const salary = baseInMonths(compensation.baseSalary, index + 1);
    return { end, amount: paid.add(salary).sub(evenly(exact(livingCosts))) };
  });
  const dueBy = sumsByDate(lifeGoals);

  return lifeGoals.map(({ label, amount, by }) => {
    const due = dueBy.get(by) ?? ZERO;
    const before = money.filter(({ end }) => end <= by);
    const moneyByThen = before.at(-1)?.amount ?? ZERO;
    const covers = (money: Exact) => !isUnder(money, due, currency);
    const late = !covers(moneyByThen);
    // With living costs the money can shrink again, so a late goal is not paid before its date.
    const candidates = late ? money.slice(before.length) : money;
    return {
      label,
      amount,
      by,
      dueByThen: toMinor(due),
      moneyByThen: toMinor(moneyByThen),
      paidOn: candidates.find((month) => covers(month.amount))?.end ?? null,
      late,
    };
  });
}

/** The sum of all life goals due on or before each of their dates. */
function sumsByDate(lifeGoals: Goal['lifeGoals']): Map<LocalDate, Exact> {
  const sums = new Map<LocalDate, Exact>();
  let total = ZERO;
  for (const { by, amount } of [...lifeGoals].sort((a, b) => (a.by < b.by ? -1 : 1))) {
    total = total.add(exact(amount));
    sums.set(by, total);
  }
  return sums;
}
