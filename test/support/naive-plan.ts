/**
 * The specification's arithmetic a second time, slow and plain, sharing no code with the model, to
 * compare it with: every working day and every month end counted one by one, required bookings found
 * by halving what is searched. Written from the specification's words alone.
 */
import type { PlanTerms } from '../../src/plan/schemas.ts';
import { increments, naiveBookings } from './naive-bookings.ts';
import { daysLater } from './naive-days.ts';
import { fromOpening, naiveEffort, wonOfDemos } from './naive-effort.ts';
import { naiveComponentPay, type Spread } from './naive-pay.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

const of = Ratio.of;
const toOneDecimal = (value: Ratio) => value.times(of(10)).round();

/** How many minor units a major one has. */
function majorUnit(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

/** What `compute` prints, in minor units; warnings by their codes and what they name, sorted. */
export function naivePlan(terms: PlanTerms) {
  const { goal, compensation, pipeline, newBusiness, funnel, insurance } = terms;
  const {
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
    both,
    totals,
    quotaTotal,
    isReached,
    required,
    target,
  } = naiveBookings(terms);
  const last = months.length - 1;
  const warnings: string[] = [];
  const major = majorUnit(terms.currency);
  const isUnder = (less: Ratio, more: Ratio) => less.round() + major <= more.round();
  const warn = (isSo: boolean, warning: string) => isSo && warnings.push(warning);

  // 5
  warn(!isReached, 'goal_unreachable');
  warn(isReached && isUnder(of(required), quotaTotal), 'goal_below_quota');
  /** Who doesn't carry new business books no more than what is known. */
  const payOf = (total: Ratio) => totals.payAt(isCarried ? total : total.min(both));
  warn(isUnder(payOf(target), payOf(of(required))), 'pay_falls');

  // 6
  const x = of(pipeline.xFactor);
  const insuredX = of(insurance.xFactor);
  const winRate = of(pipeline.winRate);
  const impliedX = ONE.over(winRate);
  const renewalAmounts = Ratio.sum(terms.renewals.map(({ amount }) => of(amount)));
  const beyondRenewals = target.max(both).minus(renewals);
  const won = wonOfDemos(funnel);
  warn(toOneDecimal(x) < toOneDecimal(impliedX), 'x_factor_thin');
  const off = won.minus(winRate).max(winRate.minus(won));
  warn(winRate.over(of(10)).less(off), 'funnel_disagrees');

  // 7
  const fill = isCarried ? target.minus(both).max(ZERO) : ZERO;
  const opening = fromOpening(pipeline, fill, x);
  const toCreate = fill.minus(opening);
  const booked = days.closed.map((share, index) =>
    opening.times(days.opened[index] ?? ZERO).plus(toCreate.times(share)),
  );
  const bookedAtEnd = booked[last] ?? ZERO;
  const isNotOpen = pipeline.opening.newBusiness === 0 && newBusiness.salesCycleDays >= 30;
  warn(isUnder(ZERO, fill) && isNotOpen, 'opening_missing');
  warn(days.isTooLong && isUnder(ZERO, toCreate), 'cycle_too_long');

  // At plan
  const atPlan: Spread = { ...known, newBusiness: increments(booked) };
  const paid = components.map((component) => {
    const { name, credits, wholeQuota: quota } = component;
    return { name, credits, quota, ...naiveComponentPay(component, atPlan) };
  });
  for (const { name, quota, credit, periods } of paid) {
    warn(isUnder(credit, quota), `component_short ${name}`);
    for (const period of periods) {
      const start = months[period.months[0] ?? 0];
      warn(isUnder(period.credit, period.quota.over(of(2))), `period_short ${name} ${start}`);
    }
  }
  const measured = paid.find(({ name }) => name === crediting?.name) ?? paid[0];
  if (!measured) throw new Error('a comp plan has components');
  const uncovered = isCarried ? fill.minus(bookedAtEnd) : missing(paid);
  warn(!isCarried && isUnder(ZERO, uncovered), 'gap_uncovered');

  // 9, 10, 11
  const effort = naiveEffort(terms, days);
  const needs = effort.needsOf(fill, x);
  const risks = Ratio.sum(
    insurance.risks.map(({ probability, impact }) => of(probability).times(of(impact))),
  );
  const insured = effort.levelsOf(isCarried ? fill.plus(risks) : fill, insuredX);
  const base = effort.levelsOf(fill, x);

  // 12
  const soFar = (amounts: Ratio[], index: number) => Ratio.sum(amounts.slice(0, index + 1));
  const byCycle = pipeline.coverage === 'cycle';
  const milestones = days.months.map(({ name, end }, index) => {
    const renewal = soFar(known.renewal, index).round();
    const expansionBooked = soFar(known.expansion, index).round();
    const alone = (booked[index] ?? ZERO).round();
    /** At the end the total is rounded, and new business is the rest, unless there is none of it. */
    const rest = both.plus(bookedAtEnd).round() - renewal - expansionBooked;
    const isRest = index === last && !bookedAtEnd.isZero;
    const newBusiness = isRest ? rest : alone;
    return {
      month: name,
      bookings: {
        total: renewal + expansionBooked + newBusiness,
        renewal,
        expansion: expansionBooked,
        newBusiness,
      },
      qualifiedPipeline: openAt(end, index),
    };
  });

  function openAt(end: string, index: number) {
    const factor = end >= insurance.by ? insuredX : x;
    const expansionDue = parts.filter(({ date, count }) => {
      const ahead = Math.max(newBusiness.salesCycleDays, 31 * Math.ceil(months.length / count));
      return date > end && (!byCycle || date <= daysLater(end, ahead));
    });
    const inCreation = (days.created[index] ?? ZERO).minus(days.closed[index] ?? ZERO);
    const openingToCome = opening.times(ONE.minus(days.opened[index] ?? ZERO));
    const toCome = bookedAtEnd.minus(booked[index] ?? ZERO);
    const byLayer = {
      renewal: terms.renewals
        .filter(({ date }) => date > end)
        .reduce((sum, { amount }) => sum + amount, 0),
      expansion: Ratio.sum(expansionDue.map(({ amount }) => amount))
        .times(factor)
        .round(),
      newBusiness: byCycle
        ? factor.times(toCreate).times(inCreation).plus(x.times(openingToCome)).round()
        : factor.times(toCome).round(),
    };
    return { total: byLayer.renewal + byLayer.expansion + byLayer.newBusiness, ...byLayer };
  }

  // The guarantee, and 13
  const { guarantee } = compensation;
  const perMonth = of(guarantee?.perMonth ?? 0);
  const guaranteedMonths = guarantee?.months ?? 0;
  const earned = months.map((_, index) => {
    const upTo = (amounts: Ratio[]) => amounts.slice(0, index + 1);
    const spread = {
      renewal: upTo(known.renewal),
      expansion: upTo(known.expansion),
      newBusiness: upTo(atPlan.newBusiness),
    };
    return Ratio.sum(components.map((each) => naiveComponentPay(each, spread).pay));
  });
  const monthlyTopUps = increments(earned).map((amount, index) =>
    index < guaranteedMonths ? perMonth.minus(amount).max(ZERO) : ZERO,
  );
  const advances = earned.map((amount, index) =>
    perMonth
      .times(of(Math.min(index + 1, guaranteedMonths)))
      .minus(amount)
      .max(ZERO),
  );
  /** What the guarantee has paid on top by the end of a month. */
  const onTop = months.map((_, index) =>
    guarantee?.recoverable ? (advances[index] ?? ZERO) : soFar(monthlyTopUps, index),
  );

  function moneyBy(date: string): Ratio {
    const index = days.months.findLastIndex(({ end }) => end <= date);
    if (index < 0) return ZERO;
    const passed = of(index + 1);
    const evenly = (amount: Ratio) => amount.times(passed).over(of(months.length));
    const salary = of(compensation.baseSalary).over(of(12)).times(passed);
    const living = goal.livingCosts === null ? ZERO : salary.minus(evenly(of(goal.livingCosts)));
    return Ratio.sum([earned[index] ?? ZERO, onTop[index] ?? ZERO, evenly(otherPay), living]);
  }
  for (const { label, by } of goal.lifeGoals) {
    const due = goal.lifeGoals.filter((row) => row.by <= by).map(({ amount }) => of(amount));
    warn(isUnder(moneyBy(by), Ratio.sum(due)), `goal_late ${label}`);
  }

  return {
    income: { target: income.round(), variableNeeded: needed.round() },
    bookings: {
      required,
      quota: measured.quota.round(),
      target: target.round(),
      attainment: measured.credit.over(measured.quota).float(),
    },
    compensation: paid.map(({ name, quota, credit, pay }) => ({
      name,
      quota: quota.round(),
      credit: credit.round(),
      attainment: credit.over(quota).float(),
      pay: pay.round(),
    })),
    pipeline: {
      xFactor: pipeline.xFactor,
      required: renewalAmounts.plus(beyondRenewals.times(x)).round(),
      insured: renewalAmounts.plus(beyondRenewals.times(insuredX)).round(),
      impliedXFactor: impliedX.float(),
    },
    layers: {
      renewal: {
        pipeline: renewalAmounts.round(),
        expected: renewals.round(),
        cut: Ratio.sum(
          terms.renewals.map((row) => of(row.amount).times(of(row.pressureTested))),
        ).round(),
      },
      expansion: { pipeline: expansion.times(x).round(), target: expansion.round() },
      newBusiness: {
        pipeline: fill.times(x).round(),
        target: fill.round(),
        opening: opening.round(),
        uncovered: uncovered.round(),
        deals: needs.deals.float(),
        opportunities: needs.opportunities.float(),
        sdrSupply: needs.supply.float(),
        gap: needs.gap.float(),
      },
    },
    guarantee: {
      total: perMonth.times(of(guaranteedMonths)).round(),
      topUps: (guarantee?.recoverable
        ? advances.reduce((a, b) => a.max(b))
        : Ratio.sum(monthlyTopUps)
      ).round(),
    },
    sellingDays: days.sellingDays,
    activities: effort.printed(insured, insured),
    baseActivities: effort.printed(base, insured),
    milestones,
    warnings: warnings.sort(),
  };
}

interface Paid {
  credits: string[];
  quota: Ratio;
  credit: Ratio;
}

/** The largest sum of what is missing over components of which no two credit the same layer. */
function missing([first, ...others]: readonly Paid[]): Ratio {
  if (!first) return ZERO;
  const apart = others.filter(
    ({ credits }) => !credits.some((layer) => first.credits.includes(layer)),
  );
  const withFirst = first.quota.minus(first.credit).max(ZERO).plus(missing(apart));
  return withFirst.max(missing(others));
}
