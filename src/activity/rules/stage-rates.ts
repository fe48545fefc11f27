/** Stage rates from a rep's own counts, and whether they differ from plan by more than chance. */
import type { Activity } from '../../plan/schemas.ts';
import { wilson, Z_95, Z_99 } from './noise.ts';
import { type CountedDay, paceOf } from './pace.ts';

export const STAGES = [
  'callToVisit',
  'visitToDemo',
  'demoToProposal',
  'proposalToContract',
] as const;
/** A step of the funnel that a rep's own counts show. */
export type Stage = (typeof STAGES)[number];

/** Where a stage leads from and to. */
export const STAGE_ENDS: Record<Stage, { from: Activity; to: Activity }> = {
  callToVisit: { from: 'calls', to: 'visits' },
  visitToDemo: { from: 'visits', to: 'demos' },
  demoToProposal: { from: 'demos', to: 'proposals' },
  proposalToContract: { from: 'proposals', to: 'contracts' },
};

export type StageVerdict = 'below' | 'above' | 'within' | 'unknown';

export interface StageRate {
  /** Against the 95 % interval; 'unknown': no plan rate under 1, or fewer than 20 tries. */
  verdict: StageVerdict;
  /** Below or above by the 99 % interval too: enough to speak up, where 95 % is enough to go on. */
  clear: boolean;
  /** Counted days looked at: 20, and up to 60 where there are few tries. */
  days: number;
  /** Tries: how often the activity before the stage was done. */
  n: number;
  /** What came of them; may exceed n, where it comes of earlier tries or of others' leads. */
  k: number;
  /** k ÷ n, at most 1; null where n is 0. */
  rate: number | null;
  /** The Wilson 95 % interval of the rate, fractions; null where n is 0. */
  low: number | null;
  high: number | null;
  /** As given. */
  plan: number | null;
}

const LEAST_DAYS = 20;
const MOST_DAYS = 60;
const LEAST_TRIES = 20;
/** Days are added until so many successes and so many failures are to be expected. */
const EXPECTED = 10;

/** The last twenty days, and as many more as it takes to expect ten successes and ten failures. */
function window(days: readonly CountedDay[], from: Activity, plan: number): readonly CountedDay[] {
  const enough = EXPECTED / Math.min(plan, 1 - plan);
  let count = Math.min(LEAST_DAYS, days.length);
  const most = Math.min(MOST_DAYS, days.length);
  let tries = paceOf(days.slice(-count), from).done;
  while (count < most && tries < enough) {
    count++;
    tries += days.at(-count)?.done[from] ?? 0;
  }
  return count === 0 ? [] : days.slice(-count);
}

function stageRate(days: readonly CountedDay[], stage: Stage, plan: number | null): StageRate {
  const { from, to } = STAGE_ENDS[stage];
  const judgeable = plan !== null && plan > 0 && plan < 1;
  const looked = judgeable ? window(days, from, plan) : days.slice(-LEAST_DAYS);
  const n = paceOf(looked, from).done;
  const k = paceOf(looked, to).done;
  const counts = { days: looked.length, n, k, plan };
  if (n === 0) {
    return { ...counts, verdict: 'unknown', clear: false, rate: null, low: null, high: null };
  }
  const successes = Math.min(k, n);
  const { low, high } = wilson(successes, n, Z_95);
  const figures = { ...counts, rate: successes / n, low, high };
  if (!judgeable || n < LEAST_TRIES) return { ...figures, verdict: 'unknown', clear: false };
  const sure = wilson(successes, n, Z_99);
  if (plan > high) return { ...figures, verdict: 'below', clear: plan > sure.high };
  if (plan < low) return { ...figures, verdict: 'above', clear: plan < sure.low };
  return { ...figures, verdict: 'within', clear: false };
}

/**
 * The rate of every stage over the last 20 to 60 of `days` (in order), with its Wilson 95 % interval,
 * against the plan's rate: null where that cannot be judged. Successes beyond the tries count as all
 * of them, so that a rate is at most 1.
 */
export function stageRates(
  days: readonly CountedDay[],
  planRates: Record<Stage, number | null>,
): Record<Stage, StageRate> {
  const rates = STAGES.map((stage) => [stage, stageRate(days, stage, planRates[stage])] as const);
  return Object.fromEntries(rates) as Record<Stage, StageRate>;
}
