import { addDays } from '../../time/local-date.ts';
import type { NewBusiness, PlanTerms } from '../schemas.ts';
import type { BookingsFigures } from './bookings-figures.ts';
import { exact, ZERO } from './exact.ts';
import {
  date,
  type Explanation,
  explanation,
  type LayerKey,
  money,
  number,
} from './explanation.ts';
import type { LayerFigures } from './layer-figures.ts';

type Terms = Pick<PlanTerms, 'period' | 'renewals' | 'expansion'>;

export function explainLayers(
  figures: LayerFigures,
  terms: Terms,
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

function explainKnown({ renewal, expansion }: LayerFigures, terms: Terms, xFactor: number) {
  const cut = renewal.pipeline.equals(0) ? ZERO : renewal.expected.div(renewal.pipeline);
  return {
    'layers.renewal.pipeline': explanation(
      'the amounts of all renewals together',
      { renewals: number('count', terms.renewals.length) },
      money(renewal.pipeline),
    ),
    'layers.renewal.expected': explanation(
      'each renewal’s amount × its pressure-tested likelihood, together',
      {
        renewals: number('count', terms.renewals.length),
        'amounts together': money(renewal.pipeline),
        'likelihood on average': number('fraction', cut),
      },
      money(renewal.expected),
    ),
    'layers.expansion.target': explanation(
      'all expansion targets together',
      { targets: number('count', terms.expansion.length) },
      money(expansion.target),
    ),
    'layers.expansion.pipeline': explanation(
      'expansion targets × X',
      { 'expansion targets': money(expansion.target), X: number('factor', xFactor) },
      money(expansion.pipeline),
    ),
  };
}

function explainNewBusiness(
  { renewal, expansion, newBusiness, sellingDays, daysPerMonth, sdrSupply, leadGap }: LayerFigures,
  bookings: BookingsFigures,
  xFactor: number,
  { averageDealSize, sdr }: NewBusiness,
) {
  const target = { 'new business': money(newBusiness.target) };
  const dealSize = { 'average deal size': money(exact(averageDealSize)) };
  return {
    'layers.newBusiness.target': explanation(
      'target − expected renewals − expansion targets, never below 0',
      {
        target: money(bookings.target),
        'expected renewals': money(renewal.expected),
        'expansion targets': money(expansion.target),
      },
      money(newBusiness.target),
    ),
    'layers.newBusiness.deals': explanation(
      'new business ÷ average deal size',
      { ...target, ...dealSize },
      number('count', newBusiness.deals),
    ),
    'layers.newBusiness.pipeline': explanation(
      'new business × X',
      { ...target, X: number('factor', xFactor) },
      money(newBusiness.pipeline),
    ),
    'layers.newBusiness.opportunities': explanation(
      'new business pipeline ÷ average deal size',
      { 'new business pipeline': money(newBusiness.pipeline), ...dealSize },
      number('count', newBusiness.opportunities),
    ),
    'layers.newBusiness.sdrSupply': explanation(
      sdr === null
        ? 'no SDR is in the plan'
        : '(inbound + outbound leads a month) × the share that qualifies × selling days ÷ working days a month',
      sdr === null
        ? {}
        : {
            'inbound leads a month': number('count', sdr.inboundPerMonth),
            'outbound leads a month': number('count', sdr.outboundPerMonth),
            'share that qualifies': number('fraction', sdr.qualificationRate),
            'selling days': number('days', sellingDays),
            'working days a month': number('days', daysPerMonth),
          },
      number('count', sdrSupply),
    ),
    'layers.newBusiness.gap': explanation(
      'opportunities − those that SDRs bring, never below 0',
      {
        opportunities: number('count', newBusiness.opportunities),
        'from SDRs': number('count', sdrSupply),
      },
      number('count', leadGap.gap),
    ),
  };
}

function explainDays(
  { sellingDays, daysPerMonth }: LayerFigures,
  { period }: Terms,
  { salesCycleDays }: NewBusiness,
) {
  return {
    sellingDays: explanation(
      'working days on which a deal can still be started and won in the period, without holidays and time off',
      {
        'first day': date(period.start),
        'last day of the period': date(period.end),
        'sales cycle': number('days', salesCycleDays),
        'last day to start a deal': date(addDays(period.end, -salesCycleDays)),
      },
      number('days', sellingDays),
    ),
    daysPerMonth: explanation(
      'working days of the period without holidays, time off counted in, ÷ months',
      { 'first day': date(period.start), 'last day': date(period.end) },
      number('days', daysPerMonth),
    ),
  };
}
