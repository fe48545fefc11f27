import { ACTIVITIES, type Activity, type PlanTerms } from '../schemas.ts';
import { demoToWon } from './activities.ts';
import type { ActivityFigures, InsuredEffort } from './activity-figures.ts';
import { exact } from './exact.ts';
import {
  type ActivityKey,
  type Explanation,
  explanation,
  type InsuredKey,
  money,
  number,
  type Quantity,
} from './explanation.ts';
import type { LayerFigures } from './layer-figures.ts';

type Terms = Pick<PlanTerms, 'calendar' | 'expansion' | 'newBusiness' | 'funnel' | 'insurance'>;

export function explainActivities(
  figures: ActivityFigures,
  terms: Terms,
  layers: LayerFigures,
): Record<InsuredKey | ActivityKey, Explanation> {
  return {
    ...explainInsured(figures.insured, terms, layers),
    ...explainLevels(figures, terms, layers),
  };
}

function explainInsured(
  { exposure, needs, ownShare, totals }: InsuredEffort,
  { newBusiness, insurance, funnel }: Terms,
  layers: LayerFigures,
): Record<InsuredKey, Explanation> {
  const dealSize = { 'average deal size': money(exact(newBusiness.averageDealSize)) };
  const target = { 'new business, risks covered': money(needs.target) };
  const opportunities = { opportunities: number('count', needs.opportunities) };
  return {
    'insured.newBusiness': explanation(
      'new business + each risk’s probability × impact',
      { 'new business': money(layers.newBusiness.target), 'risks together': money(exposure) },
      money(needs.target),
    ),
    'insured.deals': explanation(
      'new business, risks covered ÷ average deal size',
      { ...target, ...dealSize },
      number('count', needs.deals),
    ),
    'insured.opportunities': explanation(
      'new business, risks covered × insured X ÷ average deal size',
      { ...target, 'insured X': number('factor', insurance.xFactor), ...dealSize },
      number('count', needs.opportunities),
    ),
    'insured.ownShare': explanation(
      'the part of the opportunities that SDRs don’t bring',
      { ...opportunities, 'from SDRs': number('count', layers.sdrSupply) },
      number('fraction', ownShare),
    ),
    'insured.demosForNewBusiness': explanation(
      'the larger of deals ÷ the share of demos that are won, and opportunities',
      {
        deals: number('count', needs.deals),
        'demos that are won': number('fraction', demoToWon(funnel)),
        ...opportunities,
      },
      number('count', totals.demosForNewBusiness),
    ),
  };
}

function explainLevels(
  { activities, insured: { needs, ownShare, totals } }: ActivityFigures,
  { calendar, expansion, funnel, insurance }: Terms,
  layers: LayerFigures,
): Record<ActivityKey, Explanation> {
  const newDemos = { 'demos for new business': number('count', totals.demosForNewBusiness) };
  const visitToDemo = { 'visits that become demos': number('fraction', funnel.visitToDemo) };
  const targets = { 'expansion targets': number('count', expansion.length) };
  const how: Record<Activity, [string, Record<string, Quantity>]> = {
    calls: [
      'demos for new business ÷ visits that become demos × the share found without SDRs ÷ calls that become visits, rounded up',
      {
        ...newDemos,
        ...visitToDemo,
        'share found without SDRs': number('fraction', ownShare),
        'calls that become visits': number('fraction', funnel.callToVisit),
      },
    ],
    visits: [
      'demos ÷ visits that become demos, rounded up',
      { demos: number('count', totals.demos), ...visitToDemo },
    ],
    demos: [
      'demos for new business + for each expansion target the larger of 1 ÷ the share of demos that are won, and insured X; rounded up',
      {
        ...newDemos,
        ...targets,
        'demos that are won': number('fraction', demoToWon(funnel)),
        'insured X': number('factor', insurance.xFactor),
      },
    ],
    proposals: [
      'contracts ÷ proposals that become contracts, rounded up',
      {
        contracts: number('count', totals.contracts),
        'proposals that become contracts': number('fraction', funnel.proposalToContract),
      },
    ],
    contracts: [
      '(deals + expansion targets) ÷ contracts that are won, rounded up',
      {
        deals: number('count', needs.deals),
        ...targets,
        'contracts that are won': number('fraction', funnel.contractToWon),
      },
    ],
  };

  const entries = ACTIVITIES.flatMap((activity): [string, Explanation][] => {
    const [formula, inputs] = how[activity];
    const inAll = { [`${activity} in all`]: number('count', totals[activity]) };
    const days = { 'selling days': number('days', layers.sellingDays) };
    const { total, perDay, perWeek, perMonth } = activities[activity];
    return [
      [`activities.${activity}.total`, explanation(formula, inputs, number('count', total))],
      [
        `activities.${activity}.perDay`,
        explanation(
          `${activity} in all ÷ selling days, rounded up`,
          { ...inAll, ...days },
          number('count', perDay),
        ),
      ],
      [
        `activities.${activity}.perWeek`,
        explanation(
          `${activity} in all ÷ selling days × workdays a week, rounded up`,
          { ...inAll, ...days, 'workdays a week': number('days', calendar.workdays.length) },
          number('count', perWeek),
        ),
      ],
      [
        `activities.${activity}.perMonth`,
        explanation(
          `${activity} in all ÷ selling days × working days a month, rounded up`,
          { ...inAll, ...days, 'working days a month': number('days', layers.daysPerMonth) },
          number('count', perMonth),
        ),
      ],
    ];
  });
  return Object.fromEntries(entries) as Record<ActivityKey, Explanation>;
}
