/** What was won so far, and what was due by then. Money in minor units. */
import { type Layers, layersOf } from '../plan/model/layers.ts';
import type { Milestone } from '../plan/model/milestones.ts';
import { lastDayOfMonth, monthOf } from '../time/local-date.ts';
import type { Layer, Outcome } from './schemas.ts';

interface Booking {
  date: string;
  layer: Layer;
  outcome: Outcome;
  amount: number;
}

/** Won up to a local date with it, by layer; what was lost counts for nothing. */
export function bookedBy(deals: readonly Booking[], date: string): Layers<number> {
  return sumsOf(deals.filter((deal) => deal.outcome === 'won' && deal.date <= date));
}

/** The amounts of each layer together. */
export function sumsOf(bookings: readonly { layer: Layer; amount: number }[]): Layers<number> {
  return layersOf((layer) =>
    bookings.filter((one) => one.layer === layer).reduce((sum, { amount }) => sum + amount, 0),
  );
}

/** What is due in a layer by the end of the month of `date`; null outside the plan. */
export function dueBy(
  milestones: readonly Milestone[],
  layer: Layer,
  date: string,
): { amount: number; by: string } | null {
  const milestone = milestones.find(({ month }) => month === monthOf(date));
  return milestone ? { amount: milestone.bookings[layer], by: lastDayOfMonth(date) } : null;
}
