/** What a rep's months are measured against. */

import { dayPlans } from '../../activity/day-rules.ts';
import { planRates } from '../../activity/plan-in-force.ts';
import { xFactorOn } from '../../actuals/pipeline/rules.ts';
import type { Store } from '../../db/store.ts';
import { openTermsOf, type PlanDraft } from '../../plan/draft.ts';
import type { Activities } from '../../plan/model/activities.ts';
import { agreedActivities } from '../../plan/model/agreed-levels.ts';
import { atQuota, liveFigures, type OpenTerms } from '../../plan/model/compute.ts';
import { exact, toMinor } from '../../plan/model/exact.ts';
import type { Layers } from '../../plan/model/layers.ts';
import type { Milestone } from '../../plan/model/milestones.ts';
import { findVersion } from '../../plan/store.ts';
import type { WorkCalendar } from '../../time/working-days.ts';
import type { Baseline } from './baseline-rules.ts';

/** What follows from a version, whatever the days off since. */
interface Measure {
  milestones: Milestone[];
  renewals: Baseline['renewals'];
  counts: Layers<boolean>;
  levels: Activities;
  baseLevels: Activities;
  sellingDays: number;
}

/** An agreed version with its two measures. It never changes, so each is worked out once. */
export interface Measured {
  draft: PlanDraft;
  /** The draft with what has a default at it. */
  terms: OpenTerms;
  /** As agreed: it holds personal targets, for the pair alone. */
  plan: Measure;
  /** As quota alone would have it: all that a channel may see (see plan/model/compute.ts). */
  quota: Measure;
}

const known = new Map<string, Measured>();
const MOST_KNOWN = 500;

/** Null where the version can't be computed. */
export async function measuresOf(store: Store, versionId: string): Promise<Measured | null> {
  const found = known.get(versionId);
  if (found) return found;
  const version = await findVersion(store, versionId);
  const measured = version && measureDraft(version.draft);
  if (!measured) return null;
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(versionId, measured);
  return measured;
}

/** Both measures of a draft; null where it can't be computed. */
export function measureDraft(draft: PlanDraft): Measured | null {
  const terms = openTermsOf(draft);
  const everything = { renewal: true, expansion: true, newBusiness: true };
  const plan = measure(draft, terms, everything);
  const credit = draft.compensation?.quotaCredit;
  const quota = measure(draft, atQuota(terms), { ...everything, ...credit });
  return plan && quota && { draft, terms, plan, quota };
}

function measure(draft: PlanDraft, terms: OpenTerms, counts: Layers<boolean>): Measure | null {
  const live = liveFigures(terms);
  const levels = agreedActivities(draft, live);
  const { milestones, baseActivities, sellingDays } = live;
  if (!levels || !milestones || !baseActivities || sellingDays === null) return null;
  const renewals = terms.renewals.map(({ date, amount, pressureTested }) => ({
    date,
    expected: toMinor(exact(amount).mul(exact(pressureTested))),
  }));
  return { milestones, renewals, counts, levels, baseLevels: baseActivities, sellingDays };
}

/** A measure as the rules read it, on the days that are worked by now, for a span that ends on `end`. */
export function baseline(
  { terms, draft }: Measured,
  measure: Measure,
  { calendar, end }: { calendar: WorkCalendar; end: string },
): Baseline {
  const { period, funnel, pipeline, insurance, newBusiness } = terms;
  return {
    ...measure,
    rates: planRates({ levels: measure.levels, funnel }),
    xFactor: pipeline && insurance ? xFactorOn(end, { pipeline, insurance }) : 0,
    averageDealSize: newBusiness?.averageDealSize ?? 0,
    demoToWon: funnel.demoToProposal * funnel.proposalToContract * funnel.contractToWon,
    planned: dayPlans({ ...measure, period, calendar }),
    workdaysPerWeek: calendar.workdays.length,
    callsPerHour: draft.callsPerHour,
  };
}
