import { ACTIVITIES, type Activity, type PlanTerms } from '../schemas.ts';
import {
  type Activities,
  type ActivityTotals,
  activityLevels,
  activityTotals,
  demoToWon,
} from './activities.ts';
import { type Exact, exact } from './exact.ts';
import {
  type ActivityKey,
  type Explanation,
  explanation,
  type InsuredKey,
  money,
  number,
  type Quantity,
} from './explanation.ts';
import { riskExposure } from './insurance.ts';
import type { LayerFigures } from './layer-figures.ts';
import { leadGap } from './lead-gap.ts';
import { type NewBusinessNeeds, newBusinessNeeds } from './new-business.ts';

/** Steps 10 and 11 of one plan. */
export interface ActivityFigures {
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  explanations: Record<InsuredKey | ActivityKey, Explanation>;
}

type Terms = Pick<
  PlanTerms,
  'calendar' | 'pipeline' | 'expansion' | 'newBusiness' | 'funnel' | 'insurance'
>;

/** Needs a selling day. */
export function activityFigures(terms: Terms, layers: LayerFigures): ActivityFigures {
  const pace = {
    sellingDays: layers.sellingDays,
    workdaysPerWeek: terms.calendar.workdays.length,
    daysPerMonth: layers.daysPerMonth,
  };
  const { averageDealSize } = terms.newBusiness;
  const totals = (needs: NewBusinessNeeds, ownShare: Exact, xFactor: number) =>
    activityTotals({
      needs,
      ownShare,
      expansionTargets: terms.expansion.length,
      xFactor,
      funnel: terms.funnel,
    });

  const exposure = riskExposure(terms.insurance.risks);
  const insured = newBusinessNeeds(
    layers.newBusiness.target.add(exposure),
    averageDealSize,
    terms.insurance.xFactor,
  );
  const insuredGap = leadGap(insured.opportunities, layers.sdrSupply);
  const agreed = totals(insured, insuredGap.share, terms.insurance.xFactor);
  const activities = activityLevels(agreed, pace);
  const base = totals(layers.newBusiness, layers.leadGap.share, terms.pipeline.xFactor);

  return {
    activities,
    baseActivities: activityLevels(base, pace),
    explanations: {
      ...explainInsured(terms, layers, exposure, insured, insuredGap.share, agreed),
      ...explainActivities(terms, layers, insured, insuredGap.share, agreed, activities),
    },
  };
}

function explainInsured(
  { newBusiness, insurance, funnel }: Terms,
  layers: LayerFigures,
  exposure: Exact,
  insured: NewBusinessNeeds,
  ownShare: Exact,
  totals: ActivityTotals,
): Record<InsuredKey, Explanation> {
  const dealSize = { 'average deal size': money(exact(newBusiness.averageDealSize)) };
  const target = { 'new business, risks covered': money(insured.target) };
  const opportunities = { opportunities: number('count', insured.opportunities) };
  return {
    'insured.newBusiness': explanation(
      'new business + each risk’s probability × impact',
      { 'new business': money(layers.newBusiness.target), 'risks together': money(exposure) },
      money(insured.target),
    ),
    'insured.deals': explanation(
      'new business, risks covered ÷ average deal size',
      { ...target, ...dealSize },
      number('count', insured.deals),
    ),
    'insured.opportunities': explanation(
      'new business, risks covered × insured X ÷ average deal size',
      { ...target, 'insured X': number('factor', insurance.xFactor), ...dealSize },
      number('count', insured.opportunities),
    ),
    'insured.ownShare': explanation(
      'the part of the opportunities that SDRs don’t bring',
      { ...opportunities, 'from SDRs': number('count', layers.sdrSupply) },
      number('fraction', ownShare),
    ),
    'insured.demosForNewBusiness': explanation(
      'the larger of deals ÷ the share of demos that are won, and opportunities',
      {
        deals: number('count', insured.deals),
        'demos that are won': number('fraction', demoToWon(funnel)),
        ...opportunities,
      },
      number('count', totals.demosForNewBusiness),
    ),
  };
}

function explainActivities(
  { calendar, expansion, funnel, insurance }: Terms,
  layers: LayerFigures,
  insured: NewBusinessNeeds,
  ownShare: Exact,
  totals: ActivityTotals,
  levels: Activities,
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
        deals: number('count', insured.deals),
        ...targets,
        'contracts that are won': number('fraction', funnel.contractToWon),
      },
    ],
  };

  const entries = ACTIVITIES.flatMap((activity): [string, Explanation][] => {
    const [formula, inputs] = how[activity];
    const inAll = { [`${activity} in all`]: number('count', totals[activity]) };
    const days = { 'selling days': number('days', layers.sellingDays) };
    const { total, perDay, perWeek, perMonth } = levels[activity];
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
