/** The second implementation's steps 9 to 11: SDR supply, the gap, and how much of each activity. */
import type { Activity, PlanTerms } from '../../src/plan/schemas.ts';
import type { naiveDays } from './naive-days.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

const of = Ratio.of;
const THREE = of(3);
const SLACK = new Ratio(1n, 10n ** 9n);
const roundUp = (count: Ratio) => Number(count.minus(SLACK).ceil());
const PACES = ['day', 'week', 'month', 'quarter'] as const;
type Pace = (typeof PACES)[number];

/** demoToProposal × proposalToContract × contractToWon. */
export function wonOfDemos({
  demoToProposal,
  proposalToContract,
  contractToWon,
}: PlanTerms['funnel']) {
  return of(demoToProposal).times(of(proposalToContract)).times(of(contractToWon));
}

/** O: what the opening pipeline brings of an amount of new business. */
export function fromOpening({ opening, winRate }: PlanTerms['pipeline'], amount: Ratio, x: Ratio) {
  return of(opening.newBusiness)
    .times(ONE.over(x).min(of(winRate)))
    .min(amount);
}

export function naiveEffort(terms: PlanTerms, days: ReturnType<typeof naiveDays>) {
  const { newBusiness, funnel, pipeline } = terms;
  const dealSize = of(newBusiness.averageDealSize ?? 1);
  const won = wonOfDemos(funnel);

  // 9
  const { sdr } = newBusiness;
  const leads = sdr ? of(sdr.inboundPerMonth).plus(of(sdr.outboundPerMonth)) : ZERO;
  const supply = leads
    .times(of(sdr?.qualificationRate ?? 0))
    .times(days.creationWeight)
    .over(days.daysAMonth);

  // 7, 9
  function needsOf(amount: Ratio, x: Ratio) {
    const toCreate = amount.minus(fromOpening(pipeline, amount, x)).over(dealSize);
    const opportunities = toCreate.times(x);
    const gap = opportunities.minus(supply).max(ZERO);
    return { deals: amount.over(dealSize), toCreate, opportunities, supply, gap };
  }

  // 10
  const k = of(terms.expansion.filter(({ target }) => target > 0).length);
  const renewals = of(terms.renewals.length);
  const workdays = of(terms.calendar.workdays.length);
  function levelsOf(amount: Ratio, x: Ratio) {
    const { deals, toCreate, opportunities, gap } = needsOf(amount, x);
    const share = opportunities.isZero ? ZERO : gap.over(opportunities);
    const newDemos = toCreate.over(won).max(opportunities);
    const demos = newDemos.plus(k.over(won).max(k.times(x)));
    const contracts = deals.plus(k).over(of(funnel.contractToWon));
    const level = (total: Ratio, weight: Ratio) => {
      const day = total.over(weight);
      const month = day.times(days.daysAMonth);
      return { total, day, week: day.times(workdays), month, quarter: month.times(THREE) };
    };
    const { creationWeight, closingWeight } = days;
    const calls = newDemos.over(of(funnel.visitToDemo)).times(share).over(of(funnel.callToVisit));
    return {
      calls: level(calls, creationWeight),
      visits: level(demos.over(of(funnel.visitToDemo)).plus(renewals), creationWeight),
      demos: level(demos, creationWeight),
      proposals: level(contracts.over(of(funnel.proposalToContract)), closingWeight),
      contracts: level(contracts.plus(renewals), closingWeight),
    };
  }
  type Levels = ReturnType<typeof levelsOf>;

  /** `paced` decides at what pace each is said. */
  function printed(levels: Levels, paced: Levels) {
    const one = (activity: Activity) => {
      const level = levels[activity];
      const per: Pace = PACES.find((pace) => paced[activity][pace].reaches(THREE)) ?? 'quarter';
      return {
        total: roundUp(level.total),
        perDay: roundUp(level.day),
        perWeek: roundUp(level.week),
        perMonth: roundUp(level.month),
        shown: { count: roundUp(level[per]), per },
        exact: level.day.float(),
      };
    };
    return {
      calls: one('calls'),
      visits: one('visits'),
      demos: one('demos'),
      proposals: one('proposals'),
      contracts: one('contracts'),
    };
  }

  return { needsOf, levelsOf, printed };
}
