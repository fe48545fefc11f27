import { emptyDraft, type PlanDraft } from '../../src/plan/draft.ts';
import type { PlanTerms } from '../../src/plan/schemas.ts';

/** A plan as it is made in Slack: its further components and its rows have ids. */
export function draftOf(terms: PlanTerms): PlanDraft {
  const { currency, period, calendar, goal, compensation, insurance, ...sections } = terms;
  const { lifeGoals, ...income } = goal;
  const { components, ...comp } = compensation;
  const [first, ...further] = components;
  if (!first) throw new Error('a comp plan has a component');
  const { risks, ...insured } = insurance;
  const withIds = <Row>(rows: readonly Row[]) => rows.map((row, i) => ({ ...row, id: `r${i}` }));
  return {
    ...emptyDraft({ currency, period, calendar: { ...calendar, country: null, region: null } }),
    ...sections,
    goal: income,
    lifeGoals: withIds(lifeGoals),
    compensation: { ...comp, first },
    components: withIds(further),
    insurance: insured,
    risks: withIds(risks),
    renewals: withIds(sections.renewals),
    expansion: withIds(sections.expansion),
    callBlocks: withIds(sections.callBlocks),
  };
}
