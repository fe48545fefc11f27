/** Steps 10 and 11: what new business and expansion take in a rep’s days, risks covered. */
import { ACTIVITIES, type Activity, type Funnel, type PlanTerms } from '../schemas.ts';
import { type Exact, exact, max, toCount } from './exact.ts';
import {
  type ActivityKey,
  type Explanation,
  explanation,
  type InsuredKey,
  moneyQuantity,
  numberQuantity,
  type Quantity,
} from './explanation.ts';
import {
  type LayerFigures,
  leadGap,
  type NewBusinessNeeds,
  newBusinessNeeds,
} from './layer-figures.ts';
import { riskExposure } from './pipeline.ts';

export interface Effort {
  needs: NewBusinessNeeds;
  /** The share of opportunities that the rep finds alone (spec step 9). */
  ownShare: Exact;
  /** k. */
  expansionTargets: number;
  xFactor: number;
  funnel: Funnel;
}

export type ActivityTotals = Record<Activity, Exact> & { demosForNewBusiness: Exact };

/** w: the share of demos that end in a won deal. */
function demoToWon(funnel: Funnel): Exact {
  return exact(funnel.demoToProposal)
    .mul(exact(funnel.proposalToContract))
    .mul(exact(funnel.contractToWon));
}

/**
 * Activities of the whole period, unrounded (spec step 10), w = demoToProposal ×
 * proposalToContract × contractToWon, k = expansion targets:
 *
 * - demos_new = max(deals ÷ w, Oₙ); demos_exp = max(k ÷ w, k × X); demos = both
 * - visits = demos ÷ visitToDemo
 * - calls = demos_new ÷ visitToDemo × gap share ÷ callToVisit
 * - contracts = (deals + k) ÷ contractToWon; proposals = contracts ÷ proposalToContract
 */
export function activityTotals({
  needs,
  ownShare,
  expansionTargets,
  xFactor,
  funnel,
}: Effort): ActivityTotals {
  const k = exact(expansionTargets);
  const won = demoToWon(funnel);
  const visitToDemo = exact(funnel.visitToDemo);
  const demosForNewBusiness = max(needs.deals.div(won), needs.opportunities);
  const demos = demosForNewBusiness.add(max(k.div(won), k.mul(exact(xFactor))));
  const contracts = needs.deals.add(k).div(exact(funnel.contractToWon));
  return {
    calls: demosForNewBusiness.div(visitToDemo).mul(ownShare).div(exact(funnel.callToVisit)),
    visits: demos.div(visitToDemo),
    demos,
    proposals: contracts.div(exact(funnel.proposalToContract)),
    contracts,
    demosForNewBusiness,
  };
}

export interface ActivityLevel {
  total: number;
  perDay: number;
  perWeek: number;
  perMonth: number;
}
export type Activities = Record<Activity, ActivityLevel>;

interface Pace {
  /** N. */
  sellingDays: number;
  workdaysPerWeek: number;
  /** M. */
  daysPerMonth: Exact;
}

/**
 * Counts for a day (total ÷ N), a week (× workdays), a month (× M) and in total, each rounded up
 * from the unrounded total, with a slack of 10⁻⁹ (spec step 10).
 */
export function activityLevels(totals: Record<Activity, Exact>, pace: Pace): Activities {
  const level = (total: Exact): ActivityLevel => {
    const perDay = total.div(pace.sellingDays);
    return {
      total: toCount(total),
      perDay: toCount(perDay),
      perWeek: toCount(perDay.mul(pace.workdaysPerWeek)),
      perMonth: toCount(perDay.mul(pace.daysPerMonth)),
    };
  };
  const levels = ACTIVITIES.map((activity) => [activity, level(totals[activity])] as const);
  return Object.fromEntries(levels) as Activities;
}

/** New business with the risks in it, at the insured X, and what it takes, unrounded. */
export interface InsuredEffort {
  /** Σ probability × impact, in minor units. */
  exposure: Exact;
  needs: NewBusinessNeeds;
  /** The share of opportunities that the rep finds alone. */
  ownShare: Exact;
  totals: ActivityTotals;
}

/** Steps 10 and 11 of one plan. */
export interface ActivityFigures {
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  insured: InsuredEffort;
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
  const needs = newBusinessNeeds(
    layers.newBusiness.target.add(exposure),
    averageDealSize,
    terms.insurance.xFactor,
  );
  const ownShare = leadGap(needs.opportunities, layers.sdrSupply).share;
  const agreed = totals(needs, ownShare, terms.insurance.xFactor);
  const base = totals(layers.newBusiness, layers.leadGap.share, terms.pipeline.xFactor);
  return {
    activities: activityLevels(agreed, pace),
    baseActivities: activityLevels(base, pace),
    insured: { exposure, needs, ownShare, totals: agreed },
  };
}

type ExplainedTerms = Pick<
  PlanTerms,
  'calendar' | 'expansion' | 'newBusiness' | 'funnel' | 'insurance'
>;

export function explainActivities(
  figures: ActivityFigures,
  terms: ExplainedTerms,
  layers: LayerFigures,
): Record<InsuredKey | ActivityKey, Explanation> {
  return {
    ...explainInsured(figures.insured, terms, layers),
    ...explainLevels(figures, terms, layers),
  };
}

function explainInsured(
  { exposure, needs, ownShare, totals }: InsuredEffort,
  { newBusiness, insurance, funnel }: ExplainedTerms,
  layers: LayerFigures,
): Record<InsuredKey, Explanation> {
  const dealSize = { 'average deal size': moneyQuantity(exact(newBusiness.averageDealSize)) };
  const target = { 'new business, risks covered': moneyQuantity(needs.target) };
  const opportunities = { opportunities: numberQuantity('count', needs.opportunities) };
  return {
    'insured.newBusiness': explanation(
      'new business + each risk’s probability × impact',
      {
        'new business': moneyQuantity(layers.newBusiness.target),
        'risks together': moneyQuantity(exposure),
      },
      moneyQuantity(needs.target),
    ),
    'insured.deals': explanation(
      'new business, risks covered ÷ average deal size',
      { ...target, ...dealSize },
      numberQuantity('count', needs.deals),
    ),
    'insured.opportunities': explanation(
      'new business, risks covered × insured X ÷ average deal size',
      { ...target, 'insured X': numberQuantity('factor', insurance.xFactor), ...dealSize },
      numberQuantity('count', needs.opportunities),
    ),
    'insured.ownShare': explanation(
      'the part of the opportunities that SDRs don’t bring',
      { ...opportunities, 'from SDRs': numberQuantity('count', layers.sdrSupply) },
      numberQuantity('fraction', ownShare),
    ),
    'insured.demosForNewBusiness': explanation(
      'the larger of deals ÷ the share of demos that are won, and opportunities',
      {
        deals: numberQuantity('count', needs.deals),
        'demos that are won': numberQuantity('fraction', demoToWon(funnel)),
        ...opportunities,
      },
      numberQuantity('count', totals.demosForNewBusiness),
    ),
  };
}

function explainLevels(
  { activities, insured: { needs, ownShare, totals } }: ActivityFigures,
  { calendar, expansion, funnel, insurance }: ExplainedTerms,
  layers: LayerFigures,
): Record<ActivityKey, Explanation> {
  const newDemos = {
    'demos for new business': numberQuantity('count', totals.demosForNewBusiness),
  };
  const visitToDemo = {
    'visits that become demos': numberQuantity('fraction', funnel.visitToDemo),
  };
  const targets = { 'expansion targets': numberQuantity('count', expansion.length) };
  const how: Record<Activity, [string, Record<string, Quantity>]> = {
    calls: [
      'demos for new business ÷ visits that become demos × the share found without SDRs ÷ calls that become visits, rounded up',
      {
        ...newDemos,
        ...visitToDemo,
        'share found without SDRs': numberQuantity('fraction', ownShare),
        'calls that become visits': numberQuantity('fraction', funnel.callToVisit),
      },
    ],
    visits: [
      'demos ÷ visits that become demos, rounded up',
      { demos: numberQuantity('count', totals.demos), ...visitToDemo },
    ],
    demos: [
      'demos for new business + for each expansion target the larger of 1 ÷ the share of demos that are won, and insured X; rounded up',
      {
        ...newDemos,
        ...targets,
        'demos that are won': numberQuantity('fraction', demoToWon(funnel)),
        'insured X': numberQuantity('factor', insurance.xFactor),
      },
    ],
    proposals: [
      'contracts ÷ proposals that become contracts, rounded up',
      {
        contracts: numberQuantity('count', totals.contracts),
        'proposals that become contracts': numberQuantity('fraction', funnel.proposalToContract),
      },
    ],
    contracts: [
      '(deals + expansion targets) ÷ contracts that are won, rounded up',
      {
        deals: numberQuantity('count', needs.deals),
        ...targets,
        'contracts that are won': numberQuantity('fraction', funnel.contractToWon),
      },
    ],
  };

  const entries = ACTIVITIES.flatMap((activity): [string, Explanation][] => {
    const [formula, inputs] = how[activity];
    const inAll = { [`${activity} in all`]: numberQuantity('count', totals[activity]) };
    const days = { 'selling days': numberQuantity('days', layers.sellingDays) };
    const { total, perDay, perWeek, perMonth } = activities[activity];
    return [
      [
        `activities.${activity}.total`,
        explanation(formula, inputs, numberQuantity('count', total)),
      ],
      [
        `activities.${activity}.perDay`,
        explanation(
          `${activity} in all ÷ selling days, rounded up`,
          { ...inAll, ...days },
          numberQuantity('count', perDay),
        ),
      ],
      [
        `activities.${activity}.perWeek`,
        explanation(
          `${activity} in all ÷ selling days × workdays a week, rounded up`,
          {
            ...inAll,
            ...days,
            'workdays a week': numberQuantity('days', calendar.workdays.length),
          },
          numberQuantity('count', perWeek),
        ),
      ],
      [
        `activities.${activity}.perMonth`,
        explanation(
          `${activity} in all ÷ selling days × working days a month, rounded up`,
          {
            ...inAll,
            ...days,
            'working days a month': numberQuantity('days', layers.daysPerMonth),
          },
          numberQuantity('count', perMonth),
        ),
      ],
    ];
  });
  return Object.fromEntries(entries) as Record<ActivityKey, Explanation>;
}
