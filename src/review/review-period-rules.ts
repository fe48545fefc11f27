import { type Month, monthsBetween } from '../time/local-date.ts';

/** What the review of a month judges. */
export interface ReviewPeriod {
  month: string;
  /** Local dates, both in: the month, or at a quarter's end the quarter. */
  from: string;
  to: string;
  /** 1–4 where a quarter of the period ends with the month, or the period does. */
  quarter: number | null;
  /** Whether the period ends with it. */
  last: boolean;
}

const MONTHS_A_QUARTER = 3;

/**
 * The span of each month of a period, in order. Quarters are counted from the period's start; a period
 * that ends in the middle of one judges what there is of it.
 */
export function spansOf(period: { start: string; end: string }): ReviewPeriod[] {
  const months = monthsBetween(period);
  return months.map(({ month, end }, index) => {
    const last = index === months.length - 1;
    const isQuarterEnd = (index + 1) % MONTHS_A_QUARTER === 0 || last;
    const first = isQuarterEnd ? index - (index % MONTHS_A_QUARTER) : index;
    return {
      month,
      from: (months[first] as Month).start,
      to: end,
      quarter: isQuarterEnd ? Math.floor(index / MONTHS_A_QUARTER) + 1 : null,
      last,
    };
  });
}
