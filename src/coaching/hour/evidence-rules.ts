/** The one number that a coaching hour is about, and whether a tweak has moved it by more than chance. */
import {
  type DoneOfPlanned,
  dispersionOf,
  wilson,
  Z_95,
} from '../../activity/pace/chance-rules.ts';
import { type CountedDay, countsOf, paceOf } from '../../activity/pace/pace-rules.ts';
import {
  STAGE_ENDS,
  STAGES,
  type Stage,
  type StageRate,
} from '../../activity/pace/stage-rate-rules.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import type { CountedStretch, FollowUp, Metric } from '../schemas.ts';

/** A stage with what it is measured by; all rates are fractions. */
export interface StageEvidence {
  stage: Stage;
  /** Tries. */
  n: number;
  rate: number;
  low: number;
  high: number;
  plan: number;
}

/** `weak`: under plan by more than chance. `nearest`: nothing is, and this is the furthest under it. */
export type Evidence =
  | ({ kind: 'weak' | 'nearest' } & StageEvidence)
  /** All stages that can be judged are at plan or over it. */
  | { kind: 'fine' }
  /** Too little is logged to say anything of any stage. */
  | { kind: 'unknown' };

/** The weakest stage, by its share of plan. */
export function evidenceOf(rates: Readonly<Record<Stage, StageRate>>): Evidence {
  const known = STAGES.flatMap((stage) => {
    const { verdict, n, rate, low, high, plan } = rates[stage];
    if (verdict === 'unknown' || rate === null || low === null || high === null || !plan) return [];
    return [{ verdict, stage, n, rate, low, high, plan }];
  }).sort((one, other) => one.rate / one.plan - other.rate / other.plan);
  const weakest = known.find(({ verdict }) => verdict === 'below');
  const nearest = known.find(({ rate, plan }) => rate < plan);
  const shown = weakest ?? nearest;
  if (!shown) return { kind: known.length > 0 ? 'fine' : 'unknown' };
  const { verdict: _, ...evidence } = shown;
  return { kind: weakest ? 'weak' : 'nearest', ...evidence };
}

const isActivity = (metric: Metric): metric is Activity =>
  ACTIVITIES.some((activity) => activity === metric);

/** The fewest tries of a stage, and counts of an activity, of which anything is said: before and since. */
const LEAST = { before: 10, since: 5 };

/**
 * What a metric was on the counted days before a tweak and is on those since, and whether it has changed by
 * more than chance (95 %, two-sided), by the rep's own dispersion.
 *
 * A stage: tries and what came of them on the same days, both times, so that its lag is in both. The
 * difference of the two rates is told by Newcombe's interval, of the two Wilson intervals (R. G. Newcombe,
 * Stat. Med. 17, 1998, method 10). An activity: its share of plan; the logarithm of their ratio is about
 * normal, with the dispersion ÷ count of each as its variance.
 */
export function followUpOf(
  metric: Metric,
  before: readonly CountedDay[],
  since: readonly CountedDay[],
): FollowUp {
  const stretch = isActivity(metric)
    ? (days: readonly CountedDay[]) => activityStretch(days, metric)
    : (days: readonly CountedDay[]) => stageStretch(days, metric);
  const [was, is] = [stretch(before), stretch(since)];
  const counted = isActivity(metric) ? metric : STAGE_ENDS[metric].to;
  const dispersion = dispersionOf(knownCounts([...before, ...since], counted));
  const isFew = was.n < LEAST.before || is.n < LEAST.since;
  if (isFew) return { outcome: 'few', before: was, since: is };
  const outcome = isActivity(metric)
    ? shareChange(was, is, dispersion)
    : rateChange(was, is, dispersion);
  return { outcome, before: was, since: is };
}

function knownCounts(days: readonly CountedDay[], activity: Activity): DoneOfPlanned[] {
  return countsOf(
    days.filter(({ logged }) => logged),
    activity,
  );
}

function stageStretch(days: readonly CountedDay[], stage: Stage): CountedStretch {
  const { from, to } = STAGE_ENDS[stage];
  const [tried, came] = [paceOf(days, from), paceOf(days, to)];
  return { days: tried.logged, n: tried.done, k: Math.min(tried.done, came.done) };
}

function activityStretch(days: readonly CountedDay[], activity: Activity): CountedStretch {
  const { logged, planned, done } = paceOf(days, activity);
  return { days: logged, n: planned, k: done };
}

type Change = 'better' | 'worse' | 'chance';

function rateChange(before: CountedStretch, since: CountedStretch, dispersion: number): Change {
  const of = ({ n, k }: CountedStretch) => ({
    rate: k / n,
    ...wilson(k / dispersion, n / dispersion, Z_95),
  });
  const [was, is] = [of(before), of(since)];
  const difference = is.rate - was.rate;
  const down = Math.hypot(is.rate - is.low, was.high - was.rate);
  const up = Math.hypot(is.high - is.rate, was.rate - was.low);
  if (difference > down) return 'better';
  return -difference > up ? 'worse' : 'chance';
}

function shareChange(before: CountedStretch, since: CountedStretch, dispersion: number): Change {
  // Half of one more each: none at all has a logarithm then.
  const [was, is] = [before.k + 0.5, since.k + 0.5];
  const ratio = Math.log(is / since.n) - Math.log(was / before.n);
  const noise = Z_95 * Math.sqrt(dispersion / was + dispersion / is);
  if (ratio > noise) return 'better';
  return -ratio > noise ? 'worse' : 'chance';
}

/** As a fraction: what came of the tries, or was done of what was planned; null where there were none. */
export const stretchShare = ({ n, k }: CountedStretch): number | null => (n > 0 ? k / n : null);
