import type { MoneyStyle } from '../slack/kit/format.ts';
import type { Chart } from './chart.ts';

/** Bookings by layer, in minor units. */
export interface LayerBookings {
  renewal: number;
  expansion: number;
  newBusiness: number;
}

export interface MilestoneMonth {
  /** `YYYY-MM` */
  month: string;
  /** What is due by the month's end since the period's start; minor units. */
  target: number;
  /** What was booked until then, in all or by layer (drawn apart); null where it isn't yet. */
  actual: number | LayerBookings | null;
}

export interface MilestoneChartInput extends MoneyStyle {
  /** The period's months in order. The last that has an actual is the judged one. */
  months: readonly MilestoneMonth[];
  /** What the targets are measured at, in one word: `quota`, `plan`. */
  quotaLabel: string;
  /** Qualified pipeline ÷ what remains to be booked, and what was planned: 2.4 of 3.25. */
  coverage?: { actual: number; planned: number } | undefined;
}

/** Milestones against actuals: the targets as stairs, what was booked as a bar for each month. */
export function milestoneChart(_input: MilestoneChartInput): Chart {
  throw new Error('Not drawn yet');
}
