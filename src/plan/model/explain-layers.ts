/** How the figures of steps 4, 7, 9 and 12 came about: where bookings and pipeline come from. */
import type { PlanTerms } from '../schemas.ts';
import { type Exact, exact, min, ONE, ZERO } from './exact.ts';
import {
  dateQuantity,
  type Explanation,
  explanation,
  type LayerKey,
  moneyQuantity,
  numberQuantity,
} from './explanation.ts';
import { sumOfLayers } from './layers.ts';
import type { ExactMilestone } from './milestones.ts';
import type { PlanFigures } from './plan-figures.ts';

export function explainLayers(
  figures: PlanFigures,
  terms: PlanTerms,
): Partial<Record<LayerKey, Explanation>> {
  return {
    ...explainKnown(figures, terms),
    ...(figures.carries
      ? { ...explainNewBusiness(figures, terms), ...explainLeads(figures, terms) }
      : explainUncovered(figures)),
    ...explainOpen(figures, terms),
  };
}

function explainKnown(
  { known, carries }: PlanFigures,
  { renewals, expansion, pipeline: { xFactor } }: PlanTerms,
): Partial<Record<LayerKey, Explanation>> {
  const rows = { renewals: numberQuantity('count', renewals.length) };
  const amounts = { 'amounts together': moneyQuantity(known.renewalAmounts) };
  const onAverage = (money: Exact) =>
    numberQuantity(
      'fraction',
      known.renewalAmounts.equals(0) ? ZERO : money.div(known.renewalAmounts),
    );
  const cut = explanation(
    'each renewal’s amount × its pressure-tested likelihood, together',
    { ...rows, ...amounts, 'likelihood on average': onAverage(known.cut) },
    moneyQuantity(known.cut),
  );
  return {
    'layers.renewal.pipeline': explanation(
      'the amounts of all renewals together',
      rows,
      moneyQuantity(known.renewalAmounts),
    ),
    'layers.renewal.expected': carries
      ? cut
      : explanation(
          'each renewal’s amount × its agreed likelihood, together: no new business would fill a cut',
          { ...rows, ...amounts, 'likelihood on average': onAverage(known.renewal) },
          moneyQuantity(known.renewal),
        ),
    ...(!carries && { 'layers.renewal.cut': cut }),
    'layers.expansion.target': explanation(
      'all expansion targets together',
      { targets: numberQuantity('count', expansion.length) },
      moneyQuantity(known.expansion),
    ),
    'layers.expansion.pipeline': explanation(
      'expansion targets × X',
      {
        'expansion targets': moneyQuantity(known.expansion),
        X: numberQuantity('factor', xFactor),
      },
      moneyQuantity(known.expansion.mul(exact(xFactor))),
    ),
  };
}

function explainNewBusiness(
  { bookings, known, needs, wins, uncovered }: PlanFigures,
  { pipeline: { xFactor, winRate, opening }, newBusiness }: PlanTerms,
): Partial<Record<LayerKey, Explanation>> {
  const target = { 'new business': moneyQuantity(needs.target) };
  const toCreate = { 'new business to create': moneyQuantity(needs.toCreate) };
  const dealSize = { 'average deal size': dealSizeOf(newBusiness) };
  const x = { X: numberQuantity('factor', xFactor) };
  const late = ONE.sub(wins.created.at(-1) ?? ZERO);
  return {
    'layers.newBusiness.target': explanation(
      'target − expected renewals − expansion targets, never below 0',
      {
        target: moneyQuantity(bookings.target),
        'expected renewals': moneyQuantity(known.renewal),
        'expansion targets': moneyQuantity(known.expansion),
      },
      moneyQuantity(needs.target),
    ),
    'layers.newBusiness.opening': explanation(
      'pipeline open on the first day × the smaller of 1 ÷ X and the win rate, at most the new business',
      {
        'pipeline open on the first day': moneyQuantity(exact(opening.newBusiness)),
        'the smaller of the two': numberQuantity(
          'fraction',
          min(ONE.div(exact(xFactor)), exact(winRate)),
        ),
        ...target,
      },
      moneyQuantity(needs.opening),
    ),
    'layers.newBusiness.toCreate': explanation(
      'new business − what comes from the pipeline open on the first day',
      { ...target, 'from the open pipeline': moneyQuantity(needs.opening) },
      moneyQuantity(needs.toCreate),
    ),
    'layers.newBusiness.uncovered': explanation(
      'new business to create × the part that can’t close before the period ends',
      { ...toCreate, 'can’t close in time': numberQuantity('fraction', late) },
      moneyQuantity(uncovered),
    ),
    'layers.newBusiness.deals': explanation(
      'new business ÷ average deal size',
      { ...target, ...dealSize },
      numberQuantity('count', needs.deals),
    ),
    'layers.newBusiness.pipeline': explanation(
      'new business × X',
      { ...target, ...x },
      moneyQuantity(needs.pipeline),
    ),
    'layers.newBusiness.opportunities': explanation(
      'new business to create × X ÷ average deal size',
      { ...toCreate, ...x, ...dealSize },
      numberQuantity('count', needs.opportunities),
    ),
  };
}

/** What a deal brings on average; null where the plan doesn't say. */
export function dealSizeOf({ averageDealSize }: PlanTerms['newBusiness']) {
  return averageDealSize === null ? null : moneyQuantity(exact(averageDealSize));
}

function explainLeads(
  { needs, sdrSupply, leadGap, weights }: PlanFigures,
  { newBusiness: { sdr } }: PlanTerms,
): Partial<Record<LayerKey, Explanation>> {
  return {
    'layers.newBusiness.sdrSupply':
      sdr === null
        ? explanation('no SDR is in the plan', {}, numberQuantity('count', sdrSupply))
        : explanation(
            `(inbound + outbound leads a month) × the share that qualifies × ${weights.isRamped ? 'selling days, weighed by the ramp' : 'selling days'} ÷ working days a month`,
            {
              'inbound leads a month': numberQuantity('count', sdr.inboundPerMonth),
              'outbound leads a month': numberQuantity('count', sdr.outboundPerMonth),
              'share that qualifies': numberQuantity('fraction', sdr.qualificationRate),
              'selling days': numberQuantity('days', weights.creation),
              'working days a month': numberQuantity('days', weights.daysPerMonth),
            },
            numberQuantity('count', sdrSupply),
          ),
    'layers.newBusiness.gap': explanation(
      'opportunities to create − those that SDRs bring, never below 0',
      {
        'opportunities to create': numberQuantity('count', needs.opportunities),
        'from SDRs': numberQuantity('count', sdrSupply),
      },
      numberQuantity('count', leadGap.gap),
    ),
  };
}

function explainUncovered({ atPlan, uncovered }: PlanFigures) {
  return {
    'layers.newBusiness.uncovered': {
      formula: 'what quotas ask beyond what counts towards them at plan, nothing counted twice',
      inputs: atPlan.flatMap(({ component: { name, quota }, credit }) => [
        { label: `${name}: quota`, ...moneyQuantity(quota) },
        { label: `${name}: counts towards it`, ...moneyQuantity(credit) },
      ]),
      result: moneyQuantity(uncovered),
    },
  };
}

/** The pipeline that is to be open at the month's end at which most of it is. */
function explainOpen(
  figures: PlanFigures,
  terms: PlanTerms,
): Partial<Record<LayerKey, Explanation>> {
  const openAt = ({ qualifiedPipeline }: ExactMilestone) => sumOfLayers(qualifiedPipeline);
  const [first, ...others] = figures.timeline;
  if (!first) return {};
  const peak = others.reduce((most, one) => (openAt(one).gt(openAt(most)) ? one : most), first);
  const { pipeline, insurance } = terms;
  const isInsured = peak.end >= insurance.by;
  const x = numberQuantity('factor', isInsured ? insurance.xFactor : pipeline.xFactor);
  const { renewal, expansion, newBusiness } = peak.qualifiedPipeline;
  const { weights, needs, carries } = figures;
  const formula =
    pipeline.coverage === 'period'
      ? 'X × all that is still to be booked of new business and expansion, and the renewals still to come, at the month’s end at which that is most'
      : 'X × what is created by then and closes later, and what is still to come of the open pipeline; X × the expansion that is due within a cycle or its next part; the renewals still to come; at the month’s end at which that is most';
  return {
    'pipeline.open': explanation(
      formula,
      {
        'month’s end': dateQuantity(peak.end),
        [isInsured ? 'insured X' : 'X']: x,
        'new business to create': carries ? moneyQuantity(needs.toCreate) : null,
        'created by then': carries ? numberQuantity('fraction', weights.createdBy(peak.end)) : null,
        'won of it by then': carries ? numberQuantity('fraction', weights.wonBy(peak.end)) : null,
        'open for new business': carries ? moneyQuantity(newBusiness) : null,
        'open for expansion': moneyQuantity(expansion),
        'renewals still to come': moneyQuantity(renewal),
      },
      moneyQuantity(openAt(peak)),
    ),
  };
}
