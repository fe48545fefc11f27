import type { Compensation, ExpansionTarget, Renewal } from '../schemas.ts';
import type { IncomeFigures } from './income-figures.ts';
import { type KnownLayers, knownLayers } from './known-layers.ts';
import { type BookingsTarget, bookingsTarget } from './required-bookings.ts';

/** Steps 4 and 5 of one plan; money in minor units. */
export interface BookingsFigures extends BookingsTarget {
  known: KnownLayers;
}

export function bookingsFigures(
  income: IncomeFigures,
  { quotaCredit }: Compensation,
  renewals: readonly Renewal[],
  expansion: readonly ExpansionTarget[],
): BookingsFigures {
  const known = knownLayers(renewals, expansion, quotaCredit);
  return { ...bookingsTarget(income.variableNeeded, income.commission, known), known };
}
