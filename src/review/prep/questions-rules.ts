import { KPIS, type Kpi, type Scorecard, type Topic } from '../schemas.ts';

/** What a rep is asked about a month. */
export interface Questions {
  /** In the order of the KPIs; at the end `worked` where nothing was missed at quota. */
  topics: Topic[];
  /** Those that are missed against the rep's own target only: their answers stay with the rep. */
  own: Set<Topic>;
}

const missedIn = ({ lines }: Scorecard): Set<Kpi> =>
  new Set(lines.filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi));

/**
 * Every KPI that is missed against the plan or against quota. What a channel gets to see of the answers
 * follows from quota alone, so it says nothing about how far the rep's own target lies above it.
 */
export function questionsOf({ plan, quota }: { plan: Scorecard; quota: Scorecard }): Questions {
  const [own, atQuota] = [missedIn(plan), missedIn(quota)];
  const missed = KPIS.filter((kpi) => own.has(kpi) || atQuota.has(kpi));
  return {
    topics: atQuota.size === 0 ? [...missed, 'worked'] : missed,
    own: new Set(missed.filter((kpi) => !atQuota.has(kpi))),
  };
}
