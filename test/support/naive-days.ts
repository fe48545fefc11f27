/** The second implementation's days: every day of a plan one by one, and what each weighs (spec, steps 8 and 12). */
import type { PlanTerms } from '../../src/plan/schemas.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

const DAY = 86_400_000;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
export const daysLater = (day: string, count: number) => iso(Date.parse(day) + count * DAY);

export function naiveDays({ period, calendar, compensation, newBusiness }: PlanTerms) {
  const cycle = newBusiness.salesCycleDays;
  const everyDay: string[] = [];
  for (let day = period.start; day <= period.end; day = daysLater(day, 1)) everyDay.push(day);
  const names = [...new Set(everyDay.map((day) => day.slice(0, 7)))];
  const months = names.map((name) => ({
    name,
    end: everyDay.findLast((day) => day.startsWith(name)) ?? period.end,
  }));

  const outsideHolidays = everyDay.filter(
    (day) =>
      calendar.workdays.some((name) => name === NAMES[new Date(day).getUTCDay()]) &&
      !calendar.holidays.includes(day),
  );
  const worked = outsideHolidays.filter(
    (day) => !calendar.timeOff.some(({ from, to }) => from <= day && day <= to),
  );

  const ramp = compensation.components.find(({ credits }) => credits.includes('newBusiness'))?.ramp;
  /** Past the period's end the last month's. */
  const rampOn = (day: string) => {
    const month = day > period.end ? names.length - 1 : names.indexOf(day.slice(0, 7));
    return Ratio.of(ramp?.[month] ?? 1);
  };
  const orOnes = (weights: Ratio[]) =>
    weights.every((weight) => weight.isZero) ? weights.map(() => ONE) : weights;

  const lastStart = daysLater(period.end, -cycle);
  const sellingDays = worked.filter((day) => day <= lastStart).length;
  const isTooLong = 4 * sellingDays < worked.length;
  const window = isTooLong ? Math.ceil(worked.length / 4) : sellingDays;
  const inWindow = orOnes(worked.slice(0, window).map((day) => rampOn(daysLater(day, cycle))));
  const wholeWeight = Ratio.sum(inWindow);
  const after = new Ratio(BigInt(window), BigInt(worked.length));
  const weights = worked.map((_, index) => inWindow[index] ?? after);

  const closing = orOnes(worked.map(rampOn));

  /** c: what share of the pipeline is created by the end of a day. */
  const createdBy = (date: string) =>
    Ratio.sum(weights.filter((_, index) => (worked[index] ?? '') <= date)).over(wholeWeight);
  /** a: what share of it has closed by then. */
  const closedBy = (date: string) => createdBy(daysLater(date, -cycle)).min(ONE);

  const opening = everyDay.slice(0, Math.max(cycle, 30));
  const openingEnd = opening.at(-1) ?? '';
  const openingWorked = worked.filter((day) => day <= openingEnd);
  /** The share of the opening pipeline's bookings that has come in. */
  const openedBy = (date: string) => {
    if (openingWorked.length === 0) return date >= openingEnd ? ONE : ZERO;
    const passed = openingWorked.filter((day) => day <= date).length;
    return new Ratio(BigInt(passed), BigInt(openingWorked.length));
  };

  return {
    months,
    /** Every working day with its weights: for calls, visits and demos, and for proposals and contracts. */
    worked: worked.map((date, index) => ({
      date,
      creation: weights[index]?.float(),
      closing: closing[index]?.float(),
    })),
    sellingDays,
    isTooLong,
    /** W. */
    creationWeight: wholeWeight,
    /** W′. */
    closingWeight: Ratio.sum(closing),
    /** M. */
    daysAMonth: new Ratio(BigInt(outsideHolidays.length), BigInt(months.length)),
    created: months.map(({ end }) => createdBy(end)),
    closed: months.map(({ end }) => closedBy(end)),
    opened: months.map(({ end }) => openedBy(end)),
  };
}
