import type { NewBusiness, PlanTerms } from '../schemas.ts';
import type { BookingsFigures } from './bookings-figures.ts';
import type { Exact } from './exact.ts';
import { type LeadGap, leadGap, sdrSupply } from './lead-gap.ts';
import {
  expansionPipeline,
  type NewBusinessNeeds,
  newBusinessNeeds,
  newBusinessTarget,
  renewalPipeline,
} from './new-business.ts';
import { daysPerMonth, sellingDays } from './selling-days.ts';

/** Steps 7 to 9 of one plan; money in minor units. */
export interface LayerFigures {
  renewal: { pipeline: Exact; expected: Exact };
  expansion: { pipeline: Exact; target: Exact };
  newBusiness: NewBusinessNeeds;
  sellingDays: number;
  daysPerMonth: Exact;
  sdrSupply: Exact;
  leadGap: LeadGap;
}

type Terms = Pick<PlanTerms, 'period' | 'calendar' | 'renewals' | 'expansion'>;

/** Needs a working day in the period. */
export function layerFigures(
  terms: Terms,
  bookings: BookingsFigures,
  xFactor: number,
  newBusiness: NewBusiness,
): LayerFigures {
  const { known } = bookings;
  const target = newBusinessTarget(bookings.target, known);
  const needs = newBusinessNeeds(target, newBusiness.averageDealSize, xFactor);
  const days = sellingDays(terms.period, terms.calendar, newBusiness.salesCycleDays);
  const monthDays = daysPerMonth(terms.period, terms.calendar);
  const supply = sdrSupply(newBusiness.sdr, days, monthDays);
  return {
    renewal: { pipeline: renewalPipeline(terms.renewals), expected: known.renewal },
    expansion: { pipeline: expansionPipeline(known.expansion, xFactor), target: known.expansion },
    newBusiness: needs,
    sellingDays: days,
    daysPerMonth: monthDays,
    sdrSupply: supply,
    leadGap: leadGap(needs.opportunities, supply),
  };
}
