/** Steps 7 to 9: the three layers, what new business takes, and what SDRs leave to the rep. */
import { addDays } from '../../time/local-date.ts';
import type { NewBusiness, PlanTerms, Renewal, Sdr } from '../schemas.ts';
import type { BookingsFigures } from './bookings.ts';
import { daysPerMonth, sellingDays } from './calendar.ts';
import { type Exact, exact, max, sumOfIntegers, ZERO } from './exact.ts';
import {
  dateQuantity,
  type Explanation,
  explanation,
  type LayerKey,
  moneyQuantity,
  numberQuantity,
} from './explanation.ts';
import type { KnownLayers } from './layers.ts';

/** Tₙ = max(0, T − Eᵣ − Tₑ), in minor units (spec step 7). */
export function newBusinessTarget(target: Exact, known: KnownLayers): Exact {
  return max(ZERO, target.sub(known.renewal).sub(known.expansion));
}

/** What a new business target takes; money in minor units. */
export interface NewBusinessNeeds {
  target: Exact;
  deals: Exact;
  /** Pₙ. */
  pipeline: Exact;
  /** Oₙ. */
  opportunities: Exact;
}

/**
 * deals = Tₙ ÷ average deal size; pipeline Pₙ = Tₙ × X; opportunities Oₙ = Pₙ ÷ average deal size
 * (spec step 7).
 */
export function newBusinessNeeds(
  target: Exact,
  averageDealSize: number,
  xFactor: number,
): NewBusinessNeeds {
  const pipeline = target.mul(exact(xFactor));
  return {
    target,
    deals: target.div(exact(averageDealSize)),
    pipeline,
    opportunities: pipeline.div(exact(averageDealSize)),
  };
}

/** Expansion pipeline = Tₑ × X, in minor units (spec step 7). */
function expansionPipeline(expansion: Exact, xFactor: number): Exact {
  return expansion.mul(exact(xFactor));
}

/** Renewal pipeline = Σ amounts, in minor units: the cut of the pressure test is its X (step 7). */
function renewalPipeline(renewals: readonly Pick<Renewal, 'amount'>[]): Exact {
  return sumOfIntegers(renewals.map(({ amount }) => amount));
}

/**
 * Opportunities that the SDRs bring: (inbound + outbound) × qualificationRate × N ÷ M (spec step 9);
 * 0 without an SDR.
 */
export function sdrSupply(sdr: Sdr | null, sellingDays: number, daysPerMonth: Exact): Exact {
  if (sdr === null) return ZERO;
  return exact(sdr.inboundPerMonth)
    .add(exact(sdr.outboundPerMonth))
    .mul(exact(sdr.qualificationRate))
    .mul(sellingDays)
    .div(daysPerMonth);
}

export interface LeadGap {
  /** Opportunities that the rep has to find alone. */
  gap: Exact;
  /** Their share of all opportunities, 0 … 1. */
  share: Exact;
}

/** Gap = max(0, Oₙ − supply); share = gap ÷ Oₙ, 0 where Oₙ is 0 (spec step 9). */
export function leadGap(opportunities: Exact, supply: Exact): LeadGap {
  const gap = max(ZERO, opportunities.sub(supply));
  return { gap, share: opportunities.equals(0) ? ZERO : gap.div(opportunities) };
}

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

type ExplainedTerms = Pick<PlanTerms, 'period' | 'renewals' | 'expansion'>;

export function explainLayers(
  figures: LayerFigures,
  terms: ExplainedTerms,
  bookings: BookingsFigures,
  xFactor: number,
  newBusiness: NewBusiness,
): Record<LayerKey, Explanation> {
  return {
    ...explainKnown(figures, terms, xFactor),
    ...explainNewBusiness(figures, bookings, xFactor, newBusiness),
    ...explainDays(figures, terms, newBusiness),
  };
}

function explainKnown(
  { renewal, expansion }: LayerFigures,
  terms: ExplainedTerms,
  xFactor: number,
) {
  const cut = renewal.pipeline.equals(0) ? ZERO : renewal.expected.div(renewal.pipeline);
  return {
    'layers.renewal.pipeline': explanation(
      'the amounts of all renewals together',
      { renewals: numberQuantity('count', terms.renewals.length) },
      moneyQuantity(renewal.pipeline),
    ),
    'layers.renewal.expected': explanation(
      'each renewal’s amount × its pressure-tested likelihood, together',
      {
        renewals: numberQuantity('count', terms.renewals.length),
        'amounts together': moneyQuantity(renewal.pipeline),
        'likelihood on average': numberQuantity('fraction', cut),
      },
      moneyQuantity(renewal.expected),
    ),
    'layers.expansion.target': explanation(
      'all expansion targets together',
      { targets: numberQuantity('count', terms.expansion.length) },
      moneyQuantity(expansion.target),
    ),
    'layers.expansion.pipeline': explanation(
      'expansion targets × X',
      {
        'expansion targets': moneyQuantity(expansion.target),
        X: numberQuantity('factor', xFactor),
      },
      moneyQuantity(expansion.pipeline),
    ),
  };
}

function explainNewBusiness(
  { renewal, expansion, newBusiness, sellingDays, daysPerMonth, sdrSupply, leadGap }: LayerFigures,
  bookings: BookingsFigures,
  xFactor: number,
  { averageDealSize, sdr }: NewBusiness,
) {
  const target = { 'new business': moneyQuantity(newBusiness.target) };
  const dealSize = { 'average deal size': moneyQuantity(exact(averageDealSize)) };
  return {
    'layers.newBusiness.target': explanation(
      'target − expected renewals − expansion targets, never below 0',
      {
        target: moneyQuantity(bookings.target),
        'expected renewals': moneyQuantity(renewal.expected),
        'expansion targets': moneyQuantity(expansion.target),
      },
      moneyQuantity(newBusiness.target),
    ),
    'layers.newBusiness.deals': explanation(
      'new business ÷ average deal size',
      { ...target, ...dealSize },
      numberQuantity('count', newBusiness.deals),
    ),
    'layers.newBusiness.pipeline': explanation(
      'new business × X',
      { ...target, X: numberQuantity('factor', xFactor) },
      moneyQuantity(newBusiness.pipeline),
    ),
    'layers.newBusiness.opportunities': explanation(
      'new business pipeline ÷ average deal size',
      { 'new business pipeline': moneyQuantity(newBusiness.pipeline), ...dealSize },
      numberQuantity('count', newBusiness.opportunities),
    ),
    'layers.newBusiness.sdrSupply': explanation(
      sdr === null
        ? 'no SDR is in the plan'
        : '(inbound + outbound leads a month) × the share that qualifies × selling days ÷ working days a month',
      sdr === null
        ? {}
        : {
            'inbound leads a month': numberQuantity('count', sdr.inboundPerMonth),
            'outbound leads a month': numberQuantity('count', sdr.outboundPerMonth),
            'share that qualifies': numberQuantity('fraction', sdr.qualificationRate),
            'selling days': numberQuantity('days', sellingDays),
            'working days a month': numberQuantity('days', daysPerMonth),
          },
      numberQuantity('count', sdrSupply),
    ),
    'layers.newBusiness.gap': explanation(
      'opportunities − those that SDRs bring, never below 0',
      {
        opportunities: numberQuantity('count', newBusiness.opportunities),
        'from SDRs': numberQuantity('count', sdrSupply),
      },
      numberQuantity('count', leadGap.gap),
    ),
  };
}

function explainDays(
  { sellingDays, daysPerMonth }: LayerFigures,
  { period }: ExplainedTerms,
  { salesCycleDays }: NewBusiness,
) {
  return {
    sellingDays: explanation(
      'working days on which a deal can still be started and won in the period, without holidays and time off',
      {
        'first day': dateQuantity(period.start),
        'last day of the period': dateQuantity(period.end),
        'sales cycle': numberQuantity('days', salesCycleDays),
        'last day to start a deal': dateQuantity(addDays(period.end, -salesCycleDays)),
      },
      numberQuantity('days', sellingDays),
    ),
    daysPerMonth: explanation(
      'working days of the period without holidays, time off counted in, ÷ months',
      { 'first day': dateQuantity(period.start), 'last day': dateQuantity(period.end) },
      numberQuantity('days', daysPerMonth),
    ),
  };
}
