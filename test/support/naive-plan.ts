/**
 * The specification's arithmetic a second time, slow and plain, sharing no code with the model, to
 * compare it with: every working day and every month end counted one by one, required bookings found
 * by halving what is searched. Written from the specification's words alone.
 */
import type { Activity, PlanTerms } from '../../src/plan/schemas.ts';
import { daysLater, naiveDays } from './naive-days.ts';
import { naiveComponentPay, naiveTotals, type Spread } from './naive-pay.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

const of = Ratio.of;
const THREE = of(3);
const SLACK = new Ratio(1n, 10n ** 9n);
const roundUp = (count: Ratio) => Number(count.minus(SLACK).ceil());
const toOneDecimal = (value: Ratio) => value.times(of(10)).round();

/** How many minor units a major one has. */
function majorUnit(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

export function naivePlan(terms: PlanTerms) {
  const { goal, compensation, pipeline, newBusiness, funnel, insurance } = terms;
  const { components } = compensation;
  const days = naiveDays(terms);
  const months = days.months.map(({ name }) => name);
  const monthCount = of(months.length);
  const last = months.length - 1;
  const major = majorUnit(terms.currency);
  const warnings: string[] = [];

  // 1
  const lifeGoals = Ratio.sum(goal.lifeGoals.map(({ amount }) => of(amount)));
  const income = goal.income === null ? of(goal.livingCosts ?? 0).plus(lifeGoals) : of(goal.income);
  const monthlyBase = of(compensation.baseSalary).over(of(12));
  const otherPay = Ratio.sum(compensation.otherPay.map(({ amount }) => of(amount)));
  const needed = income.minus(monthlyBase.times(monthCount)).minus(otherPay).max(ZERO);

  // 4
  const crediting = components.find(({ credits }) => credits.includes('newBusiness'));
  const isCarried = newBusiness.carried && crediting !== undefined;
  const expectedOf = (row: PlanTerms['renewals'][number]) =>
    of(row.amount).times(of(isCarried ? row.pressureTested : row.likelihood));
  const renewed = months.map((name) =>
    Ratio.sum(terms.renewals.filter(({ date }) => date.startsWith(name)).map(expectedOf)),
  );
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
  const both = renewals.plus(expansion);

  // 5
  const increments = (cumulative: Ratio[]) =>
    cumulative.map((sum, index) => sum.minus(cumulative[index - 1] ?? ZERO));
  const closedAtEnd = days.closed[last] ?? ZERO;
  const fresh = closedAtEnd.isZero
    ? months.map((_, index) => (index === last ? ONE : ZERO))
    : increments(days.closed.map((share) => share.over(closedAtEnd)));
  const known: Spread = { renewal: renewed, expansion: expanded, newBusiness: [] };
  const totals = naiveTotals(components, months, known, fresh);
  const quotaOf = new Map(
    components.map((each) => [each.name, naiveComponentPay(each, months, known).quota]),
  );
  const quotaTotal = components
    .filter(({ credits }) => !isCarried || credits.includes('newBusiness'))
    .map(({ name, credits }) => {
      const uncredited = [
        credits.includes('renewal') ? ZERO : renewals,
        credits.includes('expansion') ? ZERO : expansion,
      ];
      return Ratio.sum([quotaOf.get(name) ?? ZERO, ...uncredited]);
    })
    .reduce((a, b) => a.max(b));
  const least = totals.least(needed, isCarried);
  const required = least !== null ? Number(least) : (isCarried ? quotaTotal : both).round();
  const target = quotaTotal.max(of(required));
  if (least === null) warnings.push('goal_unreachable');
  else if (required + major <= quotaTotal.round()) warnings.push('goal_below_quota');
  /** Who doesn't carry new business has no more than what is known. */
  const payOf = (total: Ratio) => totals.payAt(isCarried ? total : total.min(both)).round();
  if (payOf(target) + major <= payOf(of(required))) warnings.push('pay_falls');

  // 6
  const x = of(pipeline.xFactor);
  const insuredX = of(insurance.xFactor);
  const winRate = of(pipeline.winRate);
  const renewalAmounts = Ratio.sum(terms.renewals.map(({ amount }) => of(amount)));
  const beyondRenewals = target.max(both).minus(renewals);
  const impliedX = ONE.over(winRate);
  const won = of(funnel.demoToProposal)
    .times(of(funnel.proposalToContract))
    .times(of(funnel.contractToWon));
  if (toOneDecimal(x) < toOneDecimal(impliedX)) warnings.push('x_factor_thin');
  const off = won.minus(winRate).max(winRate.minus(won));
  if (winRate.over(of(10)).less(off)) warnings.push('funnel_disagrees');

  // 7
  const dealSize = of(newBusiness.averageDealSize ?? 1);
  const fromOpening = (amount: Ratio, factor: Ratio) =>
    of(pipeline.opening.newBusiness).times(ONE.over(factor).min(winRate)).min(amount);
  const fill = isCarried ? target.minus(both).max(ZERO) : ZERO;
  const opening = fromOpening(fill, x);
  const created = fill.minus(opening);
  const booked = days.closed.map((share, index) =>
    opening.times(days.opened[index] ?? ZERO).plus(created.times(share)),
  );
  const bookedAtEnd = booked[last] ?? ZERO;
  if (
    fill.round() >= major &&
    pipeline.opening.newBusiness === 0 &&
    newBusiness.salesCycleDays >= 30
  ) {
    warnings.push('opening_missing');
  }
  if (days.isTooLong && created.round() >= major) warnings.push('cycle_too_long');

  // At plan
  const atPlan: Spread = { ...known, newBusiness: increments(booked) };
  const paid = components.map((component) => ({
    ...naiveComponentPay(component, months, atPlan),
    ...component,
    quotaOfPeriod: component.quota,
    quota: quotaOf.get(component.name) ?? ZERO,
  }));
  for (const { name, quota, credit, periods } of paid) {
    if (credit.round() + major <= quota.round()) warnings.push(`component_short ${name}`);
    for (const period of periods) {
      if (2 * (period.credit.round() + major) > period.quota.round()) continue;
      warnings.push(`period_short ${name} ${months[period.months[0] ?? 0]}`);
    }
  }
  const measured = paid.find(({ name }) => name === crediting?.name) ?? paid[0];
  if (!measured) throw new Error('a comp plan has components');
  /** The largest sum of what is missing over components of which no two credit the same layer. */
  function missing(from: readonly (typeof paid)[number][]): Ratio {
    const [first, ...others] = from;
    if (!first) return ZERO;
    const apart = others.filter(
      ({ credits }) => !credits.some((layer) => first.credits.includes(layer)),
    );
    const withFirst = first.quota.minus(first.credit).max(ZERO).plus(missing(apart));
    return withFirst.max(missing(others));
  }
  const uncovered = isCarried ? fill.minus(bookedAtEnd) : missing(paid);
  if (!isCarried && uncovered.round() >= major) warnings.push('gap_uncovered');

  // 9
  const { sdr } = newBusiness;
  const leads = sdr ? of(sdr.inboundPerMonth).plus(of(sdr.outboundPerMonth)) : ZERO;
  const supply = leads
    .times(of(sdr?.qualificationRate ?? 0))
    .times(days.creationWeight)
    .over(days.daysAMonth);
  function opportunitiesFor(amount: Ratio, factor: Ratio) {
    const toCreate = amount.minus(fromOpening(amount, factor)).over(dealSize);
    const opportunities = toCreate.times(factor);
    return { toCreate, opportunities, gap: opportunities.minus(supply).max(ZERO) };
  }

  // 10, 11
  const k = of(terms.expansion.filter(({ target }) => target > 0).length);
  const workdays = of(terms.calendar.workdays.length);
  function levels(amount: Ratio, factor: Ratio) {
    const { toCreate, opportunities, gap } = opportunitiesFor(amount, factor);
    const share = opportunities.isZero ? ZERO : gap.over(opportunities);
    const newDemos = toCreate.over(won).max(opportunities);
    const demos = newDemos.plus(k.over(won).max(k.times(factor)));
    const contracts = amount.over(dealSize).plus(k).over(of(funnel.contractToWon));
    const perRenewal = of(terms.renewals.length);
    const counts: Record<Activity, Ratio> = {
      calls: newDemos.over(of(funnel.visitToDemo)).times(share).over(of(funnel.callToVisit)),
      visits: demos.over(of(funnel.visitToDemo)).plus(perRenewal),
      demos,
      proposals: contracts.over(of(funnel.proposalToContract)),
      contracts: contracts.plus(perRenewal),
    };
    const level = (activity: Activity) => {
      const closes = activity === 'proposals' || activity === 'contracts';
      const daily = counts[activity].over(closes ? days.closingWeight : days.creationWeight);
      const monthly = daily.times(days.daysAMonth);
      const paces = {
        day: daily,
        week: daily.times(workdays),
        month: monthly,
        quarter: monthly.times(THREE),
      };
      return { total: counts[activity], paces };
    };
    return level;
  }
  const risks = Ratio.sum(
    insurance.risks.map(({ probability, impact }) => of(probability).times(of(impact))),
  );
  const insuredLevel = levels(isCarried ? fill.plus(risks) : fill, insuredX);
  const baseLevel = levels(fill, x);
  type Level = ReturnType<typeof insuredLevel>;
  const paceOf = ({ paces }: Level) =>
    (['day', 'week', 'month'] as const).find((per) => paces[per].reaches(THREE)) ?? 'quarter';
  const printed = ({ total, paces }: Level, per: ReturnType<typeof paceOf>) => ({
    total: roundUp(total),
    perDay: roundUp(paces.day),
    perWeek: roundUp(paces.week),
    perMonth: roundUp(paces.month),
    shown: { count: roundUp(paces[per]), per },
    exact: paces.day.float(),
  });
  type Printed = ReturnType<typeof printed>;
  const forAll = (one: (activity: Activity) => Printed): Record<Activity, Printed> => ({
    calls: one('calls'),
    visits: one('visits'),
    demos: one('demos'),
    proposals: one('proposals'),
    contracts: one('contracts'),
  });

  // 12
  const soFar = (amounts: Ratio[], index: number) => Ratio.sum(amounts.slice(0, index + 1));
  const milestones = days.months.map(({ name, end }, index) => {
    const layers = [
      soFar(renewed, index).round(),
      soFar(expanded, index).round(),
      booked[index]?.round() ?? 0,
    ] as const;
    const wholeTotal = both.plus(bookedAtEnd).round();
    const takesDifference = index === last && layers[2] !== 0;
    const newBusinessBooked = takesDifference ? wholeTotal - layers[0] - layers[1] : layers[2];
    const factor = end >= insurance.by ? insuredX : x;
    const byCycle = pipeline.coverage === 'cycle';
    const expansionDue = parts.filter(({ date, count }) => {
      const ahead = Math.max(newBusiness.salesCycleDays, 31 * Math.ceil(months.length / count));
      return date > end && (!byCycle || date <= daysLater(end, ahead));
    });
    const inCreation = (days.created[index] ?? ZERO).minus(days.closed[index] ?? ZERO);
    const openingToCome = opening.times(ONE.minus(days.opened[index] ?? ZERO));
    const open = {
      renewal: Ratio.sum(
        terms.renewals.filter(({ date }) => date > end).map(({ amount }) => of(amount)),
      ).round(),
      expansion: Ratio.sum(expansionDue.map(({ amount }) => amount))
        .times(factor)
        .round(),
      newBusiness: (byCycle
        ? factor.times(created).times(inCreation).plus(x.times(openingToCome))
        : factor.times(bookedAtEnd.minus(booked[index] ?? ZERO))
      ).round(),
    };
    return {
      month: name,
      bookings: {
        total: layers[0] + layers[1] + newBusinessBooked,
        renewal: layers[0],
        expansion: layers[1],
        newBusiness: newBusinessBooked,
      },
      qualifiedPipeline: { total: open.renewal + open.expansion + open.newBusiness, ...open },
    };
  });

  // Compensation: the guarantee
  const { guarantee } = compensation;
  const perMonth = of(guarantee?.perMonth ?? 0);
  const earned = months.map((_, index) => {
    const upTo = (amounts: Ratio[]) => amounts.slice(0, index + 1);
    const spread = {
      renewal: upTo(renewed),
      expansion: upTo(expanded),
      newBusiness: upTo(atPlan.newBusiness),
    };
    return Ratio.sum(components.map((each) => naiveComponentPay(each, months, spread).pay));
  });
  const isGuaranteed = (index: number) => index < (guarantee?.months ?? 0);
  const topUps = increments(earned).map((amount, index) =>
    isGuaranteed(index) ? perMonth.minus(amount).max(ZERO) : ZERO,
  );
  const guaranteedBy = (index: number) =>
    perMonth.times(of(Math.min(index + 1, guarantee?.months ?? 0)));
  const advances = earned.map((amount, index) => guaranteedBy(index).minus(amount).max(ZERO));
  const topUpTotal = guarantee?.recoverable
    ? advances.reduce((a, b) => a.max(b))
    : Ratio.sum(topUps);

  // 13
  function moneyBy(date: string): number {
    const index = days.months.findLastIndex(({ end }) => end <= date);
    const pay = earned[index];
    if (!pay) return 0;
    const passed = of(index + 1);
    const evenly = (amount: Ratio) => amount.times(passed).over(monthCount);
    const advanced = guarantee?.recoverable ? (advances[index] ?? ZERO) : soFar(topUps, index);
    const living =
      goal.livingCosts === null
        ? ZERO
        : monthlyBase.times(passed).minus(evenly(of(goal.livingCosts)));
    return Ratio.sum([pay, evenly(otherPay), advanced, living]).round();
  }
  for (const { label, by } of goal.lifeGoals) {
    const due = goal.lifeGoals
      .filter((row) => row.by <= by)
      .reduce((sum, row) => sum + row.amount, 0);
    if (moneyBy(by) + major <= due) warnings.push(`goal_late ${label}`);
  }

  const { opportunities, gap } = opportunitiesFor(fill, x);
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
        deals: fill.over(dealSize).float(),
        opportunities: opportunities.float(),
        sdrSupply: supply.float(),
        gap: gap.float(),
      },
    },
    guarantee: {
      total: perMonth.times(of(guarantee?.months ?? 0)).round(),
      topUps: topUpTotal.round(),
    },
    sellingDays: days.sellingDays,
    activities: forAll((name) => printed(insuredLevel(name), paceOf(insuredLevel(name)))),
    baseActivities: forAll((name) => printed(baseLevel(name), paceOf(insuredLevel(name)))),
    milestones,
    warnings: warnings.sort(),
  };
}
