/** What of a month is asked about: what is missed, furthest upstream, three things at most (spec C2). */
import { ACTIVITIES, LAYERS } from '../../plan/schemas.ts';
import { KPIS, type Kpi, type KpiLine, type Topic } from '../schemas.ts';

/** What each KPI follows from. What nothing stands before is where a chain begins. */
const FOLLOWS_FROM: Record<Kpi, readonly Kpi[]> = {
  leads: [],
  calls: [],
  callToVisit: [],
  visits: ['leads', 'calls', 'callToVisit'],
  visitToDemo: [],
  demos: ['visits', 'visitToDemo'],
  demoToProposal: [],
  proposals: ['demos', 'demoToProposal'],
  proposalToContract: [],
  contracts: ['proposals', 'proposalToContract'],
  coverage: ['demos'],
  renewal: [],
  expansion: ['coverage', 'contracts'],
  newBusiness: ['coverage', 'contracts'],
  bookings: LAYERS,
};

/** Upstream first: each after all that it follows from. */
const UPSTREAM_FIRST: readonly Kpi[] = [
  'leads',
  'calls',
  'callToVisit',
  'visits',
  'visitToDemo',
  'demos',
  'demoToProposal',
  'proposals',
  'proposalToContract',
  'contracts',
  'coverage',
  'renewal',
  'expansion',
  'newBusiness',
  'bookings',
];

/** Chains of their own, beside the one from leads and calls to new business. */
const APART: readonly Kpi[] = ['renewal', 'expansion'];
const MOST = 3;

type Lines = readonly Pick<KpiLine, 'kpi' | 'verdict'>[];

const verdictsOf = (lines: Lines) => new Map(lines.map(({ kpi, verdict }) => [kpi, verdict]));

/** Whether a KPI follows from one that is missed: straight, or over what is short as well. */
function follows(verdicts: ReadonlyMap<Kpi, KpiLine['verdict']>, kpi: Kpi): boolean {
  return FOLLOWS_FROM[kpi].some((before) => {
    const verdict = verdicts.get(before);
    return verdict === 'missed' || (verdict === 'short' && follows(verdicts, before));
  });
}

/**
 * What the rep is asked about, upstream first: what is missed and follows from nothing else that is. Where
 * all bookings together are met, nobody asks about a layer of them. Of more than three, the first of each
 * chain goes before. `worked` where nothing is asked.
 */
export function topicsOf(lines: Lines): Topic[] {
  const verdicts = verdictsOf(lines);
  const isContext = (kpi: Kpi) =>
    verdicts.get('bookings') === 'met' && LAYERS.some((layer) => layer === kpi);
  const heads = UPSTREAM_FIRST.filter(
    (kpi) => verdicts.get(kpi) === 'missed' && !isContext(kpi) && !follows(verdicts, kpi),
  );
  const firsts = [...APART, heads.find((kpi) => !APART.includes(kpi))];
  const asked = [
    ...heads.filter((kpi) => firsts.includes(kpi)),
    ...heads.filter((kpi) => !firsts.includes(kpi)),
  ].slice(0, MOST);
  return asked.length === 0 ? ['worked'] : heads.filter((kpi) => asked.includes(kpi));
}

/** What may be explained and isn't asked about: the rest of what is short, in the order of the KPIs. */
export function optionalTopics(lines: Lines, topics: readonly Topic[]): Kpi[] {
  const verdicts = verdictsOf(lines);
  return KPIS.filter((kpi) => {
    const verdict = verdicts.get(kpi);
    return (verdict === 'missed' || verdict === 'short') && !topics.includes(kpi);
  });
}

/** The activities that are short where leads were, and follow from that. */
export function followingLeads(lines: Lines): Kpi[] {
  const verdicts = verdictsOf(lines);
  if (verdicts.get('leads') !== 'missed' || verdicts.get('calls') === 'missed') return [];
  const found: Kpi[] = [];
  for (const kpi of ['visits', 'demos'] as const) {
    const verdict = verdicts.get(kpi);
    if (verdict !== 'missed' && verdict !== 'short') break;
    found.push(kpi);
  }
  return found;
}

/** The activity that is asked about, and so is to be made up for. */
export const askedActivity = (topics: readonly Topic[]) =>
  ACTIVITIES.find((activity) => topics.includes(activity)) ?? null;
