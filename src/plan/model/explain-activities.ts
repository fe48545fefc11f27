/** How the figures of steps 8, 10 and 11 came about: days and what they hold. */
import { addDays } from '../../time/local-date.ts';
import { ACTIVITIES, type Activity, type PlanTerms } from '../schemas.ts';
import { CLOSING_ACTIVITIES, type PaceUnit } from './activities.ts';
import { type Exact, exact } from './exact.ts';
import { dealSizeOf } from './explain-layers.ts';
import {
  type ActivityKey,
  type DayKey,
  dateQuantity,
  type Explanation,
  explanation,
  type InsuredKey,
  moneyQuantity,
  numberQuantity,
  type Quantity,
} from './explanation.ts';
import { demoToWon } from './funnel.ts';
import type { PlanFigures } from './plan-figures.ts';

type Inputs = Record<string, Quantity | null>;

export function explainDays(
  { weights }: PlanFigures,
  { period, newBusiness: { salesCycleDays } }: PlanTerms,
): Record<DayKey, Explanation> {
  const { sellingDays, windowEnd, cycleTooLong, creation, closing, daysPerMonth, isRamped } =
    weights;
  const ramped = isRamped
    ? ', each weighed by the ramp of the month in which its deals are won'
    : '';
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
    'days.creation': explanation(
      cycleTooLong
        ? `the first quarter of the period’s working days, since the sales cycle leaves fewer${ramped}`
        : `selling days${ramped}`,
      {
        'selling days': numberQuantity('days', sellingDays),
        'the last of them': windowEnd === null ? null : dateQuantity(windowEnd),
      },
      numberQuantity('days', creation),
    ),
    'days.closing': explanation(
      `all working days of the period, without holidays and time off${isRamped ? ', each weighed by the ramp of its month' : ''}`,
      { 'first day': dateQuantity(period.start), 'last day': dateQuantity(period.end) },
      numberQuantity('days', closing),
    ),
    daysPerMonth: explanation(
      'working days of the period without holidays, time off counted in, ÷ months',
      { 'first day': dateQuantity(period.start), 'last day': dateQuantity(period.end) },
      numberQuantity('days', daysPerMonth),
    ),
  };
}

export function explainInsured(
  { effort: { insured }, needs, sdrSupply }: PlanFigures,
  { newBusiness, insurance, funnel }: PlanTerms,
): Record<InsuredKey, Explanation> {
  const { exposure, ownShare, totals } = insured;
  const dealSize = { 'average deal size': dealSizeOf(newBusiness) };
  const toCreate = {
    'new business to create, risks covered': moneyQuantity(insured.needs.toCreate),
  };
  const opportunities = {
    'opportunities to create': numberQuantity('count', insured.needs.opportunities),
  };
  return {
    'insured.newBusiness': explanation(
      'new business + each risk’s probability × impact',
      {
        'new business': moneyQuantity(needs.target),
        'risks together': moneyQuantity(exposure),
      },
      moneyQuantity(insured.needs.target),
    ),
    'insured.deals': explanation(
      'new business to create, risks covered ÷ average deal size',
      { ...toCreate, ...dealSize },
      numberQuantity('count', insured.needs.dealsToCreate),
    ),
    'insured.opportunities': explanation(
      'new business to create, risks covered × insured X ÷ average deal size',
      { ...toCreate, 'insured X': numberQuantity('factor', insurance.xFactor), ...dealSize },
      numberQuantity('count', insured.needs.opportunities),
    ),
    'insured.ownShare': explanation(
      'the part of the opportunities that SDRs don’t bring',
      { ...opportunities, 'from SDRs': numberQuantity('count', sdrSupply) },
      numberQuantity('fraction', ownShare),
    ),
    'insured.demosForNewBusiness': explanation(
      'the larger of deals to create ÷ the share of demos that are won, and opportunities to create',
      {
        'deals to create': numberQuantity('count', insured.needs.dealsToCreate),
        'demos that are won': numberQuantity('fraction', demoToWon(funnel)),
        ...opportunities,
      },
      numberQuantity('count', totals.demosForNewBusiness),
    ),
  };
}

export function explainActivities(
  figures: PlanFigures,
  terms: PlanTerms,
): Partial<Record<ActivityKey, Explanation>> {
  const how = totalsOf(figures, terms);
  const { activities } = figures.effort;
  const told = ACTIVITIES.filter((activity) => activity !== 'calls' || figures.carries);
  const entries = told.flatMap((activity): [ActivityKey, Explanation][] => {
    const [formula, inputs] = how[activity];
    const total = numberQuantity('count', activities[activity].total);
    return [
      [`activities.${activity}.total`, explanation(`${formula}, rounded up`, inputs, total)],
      [`activities.${activity}.shown`, explainShown(activity, figures, terms)],
    ];
  });
  return Object.fromEntries(entries);
}

/** The formula of each activity in all, before it is rounded, and what goes in. */
function totalsOf(
  { effort: { insured }, carries }: PlanFigures,
  { expansion, renewals, funnel, insurance }: PlanTerms,
): Record<Activity, [formula: string, inputs: Inputs]> {
  const { totals, needs, ownShare } = insured;
  const rate = (value: number) => numberQuantity('fraction', value);
  const newDemos = carries
    ? { 'demos for new business': numberQuantity('count', totals.demosForNewBusiness) }
    : {};
  const visitToDemo = { 'visits that become demos': rate(funnel.visitToDemo) };
  const each = renewals.length > 0 ? ' + one for each renewal' : '';
  const renewing = {
    renewals: renewals.length > 0 ? numberQuantity('count', renewals.length) : null,
  };
  const k = expansion.filter(({ target }) => target > 0).length;
  const signed = {
    deals: carries ? numberQuantity('count', needs.deals) : null,
    'expansion targets': numberQuantity('count', k),
    'contracts that are won': rate(funnel.contractToWon),
  };
  const sold = carries ? '(deals + expansion targets)' : 'expansion targets';
  return {
    calls: [
      'demos for new business ÷ visits that become demos × the share found without SDRs ÷ calls that become visits',
      {
        ...newDemos,
        ...visitToDemo,
        'share found without SDRs': numberQuantity('fraction', ownShare),
        'calls that become visits': rate(funnel.callToVisit),
      },
    ],
    visits: [
      `demos ÷ visits that become demos${each}`,
      { demos: numberQuantity('count', totals.demos), ...visitToDemo, ...renewing },
    ],
    demos: [
      `${carries ? 'demos for new business + ' : ''}for each expansion target the larger of 1 ÷ the share of demos that are won, and insured X`,
      {
        ...newDemos,
        'expansion targets': numberQuantity('count', k),
        'demos that are won': numberQuantity('fraction', demoToWon(funnel)),
        'insured X': numberQuantity('factor', insurance.xFactor),
      },
    ],
    proposals: [
      `${sold} ÷ contracts that are won ÷ proposals that become contracts`,
      { ...signed, 'proposals that become contracts': rate(funnel.proposalToContract) },
    ],
    contracts: [`${sold} ÷ contracts that are won${each}`, { ...signed, ...renewing }],
  };
}

/** An activity at the pace at which it is said. */
function explainShown(
  activity: Activity,
  { effort: { activities, insured }, weights }: PlanFigures,
  { calendar }: PlanTerms,
): Explanation {
  const isClosing = CLOSING_ACTIVITIES.includes(activity);
  const days = isClosing ? weights.closing : weights.creation;
  const name = `${isClosing ? 'working days' : 'selling days'}${weights.isRamped ? ', weighed by the ramp' : ''}`;
  const { count, per } = activities[activity].shown;
  const units: Record<PaceUnit, [label: string, days: Exact] | null> = {
    day: null,
    week: ['workdays a week', exact(calendar.workdays.length)],
    month: ['working days a month', weights.daysPerMonth],
    quarter: ['working days a quarter', weights.daysPerMonth.mul(3)],
  };
  const unit = units[per];
  return explanation(
    `${activity} in all ÷ ${name}${unit ? ` × ${unit[0]}` : ''}, rounded up`,
    {
      [`${activity} in all`]: numberQuantity('count', insured.totals[activity]),
      [name]: numberQuantity('days', days),
      ...(unit && { [unit[0]]: numberQuantity('days', unit[1]) }),
    },
    numberQuantity('count', count),
  );
}
