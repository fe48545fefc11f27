/** What a milestone chart is given, and the figures that are drawn and said. */
import type { NumberStyle } from '../slack/format.ts';
import { amount } from './figures.ts';

/** From the bottom up. */
export const LAYERS = ['renewal', 'expansion', 'newBusiness'] as const;
export type LayerName = (typeof LAYERS)[number];

/** Bookings by layer, in minor units. */
export type LayerBookings = Record<LayerName, number>;

export interface MilestoneMonth {
  /** `YYYY-MM` */
  month: string;
  /** What is due by the month's end since the period's start; minor units. */
  target: number;
  /** What was booked until then, in all or by layer (drawn apart); null where it isn't yet. */
  actual: number | LayerBookings | null;
}

export interface MilestoneChartInput extends NumberStyle {
  /** The period's months in order. The last that has an actual is the judged one. */
  months: readonly MilestoneMonth[];
  /** What the targets are measured at, in one word: `quota`, `plan`. */
  quotaLabel: string;
  /** Where the judged month isn't over: what of its target is due by a local date; minor units. */
  soFar?: { date: string; target: number } | undefined;
  /** Qualified pipeline ÷ what remains to be booked, and what was planned: 2.4 of 3.25. */
  coverage?: { actual: number; planned: number } | undefined;
}

/** A month with sane figures: whole minor units from 0 up. */
export interface MonthFigures {
  month: string;
  target: number;
  actual: number | null;
  /** Null where the actual is not split. */
  layers: LayerBookings | null;
}

export function monthFigures({ month, target, actual }: MilestoneMonth): MonthFigures {
  const due = { month, target: amount(target) };
  if (actual === null || typeof actual === 'number') {
    return { ...due, actual: actual === null ? null : amount(actual), layers: null };
  }
  const layers = {
    renewal: amount(actual.renewal),
    expansion: amount(actual.expansion),
    newBusiness: amount(actual.newBusiness),
  };
  return { ...due, actual: layers.renewal + layers.expansion + layers.newBusiness, layers };
}

/** Where the judged month is: the last that has an actual; -1 where there is none. */
export function judgedIndex(months: readonly MonthFigures[]): number {
  return months.findLastIndex(({ actual }) => actual !== null);
}

export const LAYER_NAMES: Record<LayerName, string> = {
  renewal: 'renewal',
  expansion: 'expansion',
  newBusiness: 'new business',
};

/** What stands for a layer inside its bar. */
export const LAYER_LETTERS: Record<LayerName, string> = {
  renewal: 'R',
  expansion: 'E',
  newBusiness: 'N',
};
