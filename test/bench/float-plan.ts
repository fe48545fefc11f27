/**
 * The main figures of a plan by the spec's formulas in plain floating-point numbers: what the
 * arithmetic costs at the least. Neither exact nor complete; only for measuring.
 */
import type { PlanTerms } from '../../src/plan/schemas.ts';

const DAY = 86_400_000;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function floatPlan(terms: PlanTerms): number[] {
  const { goal, compensation, pipeline, newBusiness, funnel, insurance, calendar } = terms;
  const [comp] = compensation.components;
  if (!comp || !('rate' in comp.pays)) throw new RangeError('one component with one rate');
  const { quota, tiers, pays } = comp;
  const worked = workedDays(terms);
  const renewals = terms.renewals.reduce((sum, row) => sum + row.amount * row.pressureTested, 0);
  const expansion = terms.expansion.reduce((sum, row) => sum + row.target, 0);
  const needed = Math.max(0, (goal.income ?? 0) - compensation.baseSalary);

  function commission(total: number): number {
    let sum = 0;
    tiers.forEach(({ from, multiplier }, index) => {
      const to = tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      const inBand = Math.min(total / quota, to) - from;
      if (inBand > 0) sum += inBand * quota * multiplier * pays.rate;
    });
    return sum;
  }
  let [low, high] = [0, quota * 100];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (commission(middle) < needed) low = middle;
    else high = middle;
  }
  const target = Math.max(quota, high);
  const fresh = Math.max(0, target - renewals - expansion);
  const risk = insurance.risks.reduce((sum, row) => sum + row.probability * row.impact, 0);
  const won = funnel.demoToProposal * funnel.proposalToContract * funnel.contractToWon;

  const figures = [target, target * pipeline.xFactor, target * insurance.xFactor];
  for (const [booked, x] of [
    [fresh, pipeline.xFactor],
    [fresh + risk, insurance.xFactor],
  ] as const) {
    const deals = booked / (newBusiness.averageDealSize ?? 1);
    const demos = Math.max(deals / won, deals * x);
    const visits = demos / funnel.visitToDemo;
    const contracts = deals / funnel.contractToWon;
    const totals = [visits / funnel.callToVisit, visits, demos, contracts];
    for (const total of totals) {
      const perDay = total / worked.length;
      figures.push(
        Math.ceil(total),
        Math.ceil(perDay),
        Math.ceil(perDay * calendar.workdays.length),
      );
    }
  }
  const months = new Map<string, number>();
  for (const day of worked) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
  let passed = 0;
  for (const [month, days] of months) {
    passed += days;
    const renewed = terms.renewals
      .filter(({ date }) => date.slice(0, 7) <= month)
      .reduce((sum, row) => sum + row.amount * row.pressureTested, 0);
    figures.push(renewed + (fresh * passed) / worked.length);
  }
  return figures;
}

function workedDays({ period, calendar }: PlanTerms): string[] {
  const days: string[] = [];
  for (let time = Date.parse(period.start); time <= Date.parse(period.end); time += DAY) {
    const date = new Date(time);
    const day = date.toISOString().slice(0, 10);
    const name = NAMES[date.getUTCDay()];
    if (!calendar.workdays.some((workday) => workday === name)) continue;
    if (calendar.holidays.includes(day)) continue;
    if (calendar.timeOff.some(({ from, to }) => from <= day && day <= to)) continue;
    days.push(day);
  }
  return days;
}
