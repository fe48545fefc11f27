/**
 * The specification's arithmetic a second time, slow and plain, sharing no code with the rules, to
 * compare them with. Ratios of two bigints; required bookings by bisection on billionths of a
 * minor unit; every working day and every month end counted one by one.
 */
import type { PlanTerms } from '../../src/plan/schemas.ts';

type Ratio = readonly [bigint, bigint];

function ratio(n: bigint, d: bigint): Ratio {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return [n / a, d / a];
}
const int = (n: number | bigint): Ratio => [BigInt(n), 1n];
const add = (a: Ratio, b: Ratio) => ratio(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
const neg = (a: Ratio): Ratio => [-a[0], a[1]];
const sub = (a: Ratio, b: Ratio) => add(a, neg(b));
const mul = (a: Ratio, b: Ratio) => ratio(a[0] * b[0], a[1] * b[1]);
const div = (a: Ratio, b: Ratio) => ratio(a[0] * b[1], a[1] * b[0]);
const less = (a: Ratio, b: Ratio) => a[0] * b[1] < b[0] * a[1];
const larger = (a: Ratio, b: Ratio) => (less(a, b) ? b : a);
const smaller = (a: Ratio, b: Ratio) => (less(b, a) ? b : a);
const total = (all: Ratio[]) => all.reduce(add, int(0));
const toFloat = ([n, d]: Ratio) => {
  const scaled = (n * 10n ** 30n) / d;
  return Number(scaled) / 1e30;
};
const floor = ([n, d]: Ratio) => (n >= 0n ? n / d : -((-n + d - 1n) / d));
const round = (a: Ratio) => Number(floor(add(a, [1n, 2n])));
const ceil = (a: Ratio) => Number(-floor(neg(sub(a, [1n, 10n ** 9n]))));

/** The decimal that people see, be it written with an exponent (1e-7) or without. */
function dec(value: number): Ratio {
  const [mantissa = '0', exponent = '0'] = String(value).split('e-');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return ratio(BigInt(whole + decimals), 10n ** BigInt(decimals.length + Number(exponent)));
}

const DAY = 86_400_000;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

function days(from: string, to: string): string[] {
  const all = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY) all.push(iso(time));
  return all;
}

export function naivePlan(terms: PlanTerms) {
  const { period, calendar, goal, compensation: comp, pipeline, newBusiness, funnel } = terms;
  const everyDay = days(period.start, period.end);
  const months = [...new Set(everyDay.map((day) => day.slice(0, 7)))];
  const onWeekday = (day: string) =>
    calendar.workdays.some((name) => name === NAMES[new Date(day).getUTCDay()]);
  const noHoliday = (day: string) => onWeekday(day) && !calendar.holidays.includes(day);
  const worked = (day: string) =>
    noHoliday(day) && !calendar.timeOff.some(({ from, to }) => from <= day && day <= to);

  // 1, 2
  const income =
    goal.income !== null
      ? int(goal.income)
      : total([int(goal.livingCosts ?? 0), ...goal.lifeGoals.map((row) => int(row.amount))]);
  const monthlyBase = div(int(comp.baseSalary), int(12));
  const base = mul(monthlyBase, int(months.length));
  const needed = larger(int(0), sub(income, base));
  const monthlyQuota = div(int(comp.quota), int(12));
  const quota = total(months.map((_, m) => mul(monthlyQuota, dec(comp.ramp?.[m] ?? 1))));

  // 3
  function pay(renewal: Ratio, expansion: Ratio, fresh: Ratio, capped: boolean): Ratio {
    let credit = fresh;
    if (comp.quotaCredit.renewal) credit = add(credit, renewal);
    if (comp.quotaCredit.expansion) credit = add(credit, expansion);
    const reached = div(credit, quota);
    let area = int(0);
    comp.tiers.forEach(({ from, multiplier }, index) => {
      const next = comp.tiers[index + 1];
      const to = next ? smaller(dec(next.from), reached) : reached;
      if (less(dec(from), to)) area = add(area, mul(sub(to, dec(from)), dec(multiplier)));
    });
    const average = credit[0] === 0n ? int(0) : div(area, reached);
    const sum = total([
      mul(mul(renewal, dec(comp.rates.renewal)), comp.quotaCredit.renewal ? average : int(1)),
      mul(mul(expansion, dec(comp.rates.expansion)), comp.quotaCredit.expansion ? average : int(1)),
      mul(mul(fresh, dec(comp.rates.newBusiness)), average),
    ]);
    return capped && comp.cap !== null ? smaller(sum, int(comp.cap)) : sum;
  }

  // 4
  const renewals = total(
    terms.renewals.map((row) => mul(int(row.amount), dec(row.pressureTested))),
  );
  const expansion = total(terms.expansion.map((row) => int(row.target)));
  const both = add(renewals, expansion);
  const uncredited = add(
    comp.quotaCredit.renewal ? int(0) : renewals,
    comp.quotaCredit.expansion ? int(0) : expansion,
  );

  // 5
  const GRID = 10n ** 9n;
  function payAt(step: bigint): Ratio {
    const at = ratio(step, GRID);
    if (!less(at, both)) return pay(renewals, expansion, sub(at, both), true);
    const share = div(at, both);
    return pay(mul(renewals, share), mul(expansion, share), int(0), true);
  }
  const atQuota = add(quota, uncredited);
  const reaches = (step: bigint) => !less(payAt(step), needed);
  let reachable = true;
  let required = BigInt(round(atQuota));
  if (needed[0] === 0n) required = 0n;
  else if (!reaches(10n ** 30n * GRID)) reachable = false;
  else {
    let [under, over] = [0n, 10n ** 30n * GRID];
    while (over - under > 1n) {
      const middle = (under + over) / 2n;
      if (reaches(middle)) over = middle;
      else under = middle;
    }
    required = floor(add(ratio(over, GRID), [1n, 2n]));
  }
  const target = larger(atQuota, int(required));

  // 7
  const fresh = larger(int(0), sub(target, both));
  const x = dec(pipeline.xFactor);
  const insuredX = dec(terms.insurance.xFactor);
  const dealSize = int(newBusiness.averageDealSize);

  // 8, 9
  const lastStart = iso(Date.parse(period.end) - newBusiness.salesCycleDays * DAY);
  const n = int(everyDay.filter((day) => day <= lastStart && worked(day)).length);
  const m = ratio(BigInt(everyDay.filter(noHoliday).length), BigInt(months.length));
  const { sdr } = newBusiness;
  const supply = sdr
    ? div(
        mul(
          mul(add(dec(sdr.inboundPerMonth), dec(sdr.outboundPerMonth)), dec(sdr.qualificationRate)),
          n,
        ),
        m,
      )
    : int(0);

  // 10, 11
  function activities(amount: Ratio, factor: Ratio) {
    const k = int(terms.expansion.length);
    const won = mul(
      mul(dec(funnel.demoToProposal), dec(funnel.proposalToContract)),
      dec(funnel.contractToWon),
    );
    const deals = div(amount, dealSize);
    const opportunities = mul(deals, factor);
    const gap = larger(int(0), sub(opportunities, supply));
    const share = opportunities[0] === 0n ? int(0) : div(gap, opportunities);
    const newDemos = larger(div(deals, won), opportunities);
    const demos = add(newDemos, larger(div(k, won), mul(k, factor)));
    const contracts = div(add(deals, k), dec(funnel.contractToWon));
    const all = {
      calls: div(mul(div(newDemos, dec(funnel.visitToDemo)), share), dec(funnel.callToVisit)),
      visits: div(demos, dec(funnel.visitToDemo)),
      demos,
      proposals: div(contracts, dec(funnel.proposalToContract)),
      contracts,
    };
    return Object.fromEntries(
      Object.entries(all).map(([name, amount]) => [
        name,
        {
          total: ceil(amount),
          perDay: ceil(div(amount, n)),
          perWeek: ceil(mul(div(amount, n), int(calendar.workdays.length))),
          perMonth: ceil(mul(div(amount, n), m)),
        },
      ]),
    );
  }
  const risk = total(
    terms.insurance.risks.map((row) => mul(dec(row.probability), int(row.impact))),
  );

  // 12
  const weight = (day: string, ramped: boolean) =>
    ramped ? dec(comp.ramp?.[months.indexOf(day.slice(0, 7))] ?? 1) : int(1);
  const workedDays = everyDay.filter(worked);
  const ramped = workedDays.some((day) => weight(day, true)[0] > 0n);
  const weights = workedDays.map((day) => [day, weight(day, ramped)] as const);
  const wholeWeight = total(weights.map(([, each]) => each));
  const timeline = months.map((month, index) => {
    const end = everyDay.filter((day) => day.startsWith(month)).at(-1) ?? '';
    const passed = total(weights.filter(([day]) => day <= end).map(([, each]) => each));
    const renewed = terms.renewals.filter((row) => row.date <= end);
    const open = terms.renewals.filter((row) => row.date > end);
    const expanded = total(
      terms.expansion.map((row) => {
        const parts = row.split === 'quarters' ? 4 : 2;
        let due = 0;
        for (let part = 1; part <= parts; part++) {
          if ((index + 1) * parts >= part * months.length) due++;
        }
        return ratio(BigInt(row.target) * BigInt(due), BigInt(parts));
      }),
    );
    const factor = end >= terms.insurance.by ? insuredX : x;
    const won = mul(fresh, div(passed, wholeWeight));
    const expected = total(renewed.map((row) => mul(int(row.amount), dec(row.pressureTested))));
    return {
      month,
      end,
      bookings: [expected, expanded, won] as const,
      pipeline: [
        total(open.map((row) => int(row.amount))),
        mul(sub(expansion, expanded), factor),
        mul(sub(fresh, won), factor),
      ] as const,
    };
  });
  const rounded = ([renewal, expansion, newBusiness]: readonly [Ratio, Ratio, Ratio]) => ({
    total: round(total([renewal, expansion, newBusiness])),
    renewal: round(renewal),
    expansion: round(expansion),
    newBusiness: round(newBusiness),
  });

  // 13
  const late = goal.lifeGoals.filter((row) => {
    const due = total(goal.lifeGoals.filter(({ by }) => by <= row.by).map((r) => int(r.amount)));
    const index = timeline.findLastIndex(({ end }) => end <= row.by);
    const at = timeline[index];
    if (!at) return less(int(0), due);
    let money = pay(...at.bookings, true);
    if (goal.livingCosts !== null) {
      const passed = int(index + 1);
      money = add(money, mul(monthlyBase, passed));
      money = sub(money, div(mul(int(goal.livingCosts), passed), int(months.length)));
    }
    return less(money, due);
  });

  const opportunities = div(mul(fresh, x), dealSize);
  return {
    income: { target: round(income), variableNeeded: round(needed) },
    bookings: {
      required: Number(required),
      quota: round(quota),
      target: round(target),
      attainment: toFloat(div(sub(target, uncredited), quota)),
    },
    pipeline: { required: round(mul(target, x)), insured: round(mul(target, insuredX)) },
    renewal: {
      pipeline: round(total(terms.renewals.map((row) => int(row.amount)))),
      expected: round(renewals),
    },
    expansion: { pipeline: round(mul(expansion, x)), target: round(expansion) },
    newBusiness: { pipeline: round(mul(fresh, x)), target: round(fresh) },
    counts: {
      deals: toFloat(div(fresh, dealSize)),
      opportunities: toFloat(opportunities),
      sdrSupply: toFloat(supply),
      gap: toFloat(larger(int(0), sub(opportunities, supply))),
    },
    sellingDays: Number(n[0]),
    activities: activities(add(fresh, risk), insuredX),
    baseActivities: activities(fresh, x),
    milestones: timeline.map(({ month, bookings, pipeline }) => ({
      month,
      bookings: rounded(bookings),
      qualifiedPipeline: rounded(pipeline),
    })),
    warnings: [
      ...(reachable ? [] : ['goal_unreachable']),
      ...(reachable && required < BigInt(round(atQuota)) ? ['goal_below_quota'] : []),
      ...(less(mul(x, dec(pipeline.winRate)), int(1)) ? ['x_factor_thin'] : []),
      ...late.map(({ label }) => `goal_late ${label}`),
    ],
  };
}
