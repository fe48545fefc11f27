/** The second implementation's steps 1 to 5: the goal, what is known, and the bookings that it takes. */
import type { PlanTerms } from '../../src/plan/schemas.ts';
import { naiveDays } from './naive-days.ts';
import { naiveComponent, naiveTotals, type Spread } from './naive-pay.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

const of = Ratio.of;

/** What comes in each month, of what has come by its end. */
export const increments = (cumulative: Ratio[]) =>
  cumulative.map((sum, index) => sum.minus(cumulative[index - 1] ?? ZERO));

export function naiveBookings(terms: PlanTerms) {
  const { goal, compensation, newBusiness } = terms;
  const days = naiveDays(terms);
  const months = days.months.map(({ name }) => name);
  const components = compensation.components.map((each) => naiveComponent(each, months));

  // 1
  const lifeGoals = Ratio.sum(goal.lifeGoals.map(({ amount }) => of(amount)));
  const income = goal.income === null ? of(goal.livingCosts ?? 0).plus(lifeGoals) : of(goal.income);
  const base = of(compensation.baseSalary).times(of(months.length)).over(of(12));
  const otherPay = Ratio.sum(compensation.otherPay.map(({ amount }) => of(amount)));
  const needed = income.minus(base).minus(otherPay).max(ZERO);

  // 4
  const crediting = components.find(({ credits }) => credits.includes('newBusiness'));
  const isCarried = newBusiness.carried && crediting !== undefined;
  const expectedOf = (row: PlanTerms['renewals'][number]) =>
    of(row.amount).times(of(isCarried ? row.pressureTested : row.likelihood));
  const renewed = months.map((name) =>
    Ratio.sum(terms.renewals.filter(({ date }) => date.startsWith(name)).map(expectedOf)),
  );
  /** Expansion's parts. */
  const parts = terms.expansion.flatMap(({ target, split }) => {
    const count = split === 'quarters' ? 4 : 2;
    return Array.from({ length: count }, (_, index) => {
      const month = Math.ceil(((index + 1) * months.length) / count) - 1;
      const amount = of(target).over(of(count));
      return { amount, month, date: days.months[month]?.end ?? '', count };
    });
  });
  const expanded = months.map((_, index) =>
    Ratio.sum(parts.filter(({ month }) => month === index).map(({ amount }) => amount)),
  );
  const renewals = Ratio.sum(renewed);
  const expansion = Ratio.sum(expanded);
  const known: Spread = { renewal: renewed, expansion: expanded, newBusiness: [] };

  // 5
  const closedAtEnd = days.closed.at(-1) ?? ZERO;
  const fresh = closedAtEnd.isZero
    ? months.map((_, index) => (index === months.length - 1 ? ONE : ZERO))
    : increments(days.closed.map((share) => share.over(closedAtEnd)));
  const totals = naiveTotals(components, known, fresh);
  const quotaTotal = components
    .filter(({ credits }) => !isCarried || credits.includes('newBusiness'))
    .map(({ wholeQuota, credits }) => {
      const uncredited = [
        credits.includes('renewal') ? ZERO : renewals,
        credits.includes('expansion') ? ZERO : expansion,
      ];
      return Ratio.sum([wholeQuota, ...uncredited]);
    })
    .reduce((a, b) => a.max(b));
  const least = totals.least(needed, isCarried);
  const unreached = isCarried ? quotaTotal : totals.both;
  const required = least === null ? unreached.round() : Number(least);

  return {
    days,
    months,
    components,
    income,
    otherPay,
    needed,
    crediting,
    isCarried,
    parts,
    known,
    renewals,
    expansion,
    /** Eᵣ + Tₑ. */
    both: totals.both,
    totals,
    quotaTotal,
    isReached: least !== null,
    required,
    target: quotaTotal.max(of(required)),
  };
}
