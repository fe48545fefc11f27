/** Stage rates from a rep's own counts, and whether they differ from plan by more than chance. */
import type { Activity } from '../../plan/schemas.ts';
import { mondayOf } from '../day-rules.ts';
import { wilson, Z_95, Z_998 } from './chance-rules.ts';
import { type CountedDay, paceOf } from './pace-rules.ts';

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
  /** Against the 95 % interval; 'unknown': no plan rate under 1, or too few days or tries. */
  verdict: StageVerdict;
  /** Off by far more than chance: enough to speak up, where the verdict is enough to go on. */
  clear: boolean;
  /** Counted days looked at: 20, 40 or 60, or all there are. */
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

/** Counted days to look over: the newest that tell. A verdict needs the first of them. */
const WINDOWS = [20, 40, 60] as const;
const LEAST_DAYS = 20;
const MOST_DAYS = 60;
const LEAST_TRIES = 20;
/**
 * Results come some days after their tries, so that a change of volume bends a rate for a while: what
 * is clear has to be so with the tries of as many days earlier.
 */
const LAGS = [0, 3, 6] as const;

type Off = 'below' | 'above' | null;

/** On which side of the interval of k in n the plan lies; null inside, or with under 20 tries. */
function side(k: number, n: number, plan: number, z: number): Off {
  if (n < LEAST_TRIES) return null;
  const { low, high } = wilson(Math.min(k, n), n, z);
  if (plan > high) return 'below';
  return plan < low ? 'above' : null;
}

/** The same over the last `count` days, where it is so with their own tries and with earlier ones. */
function clearSide(days: readonly CountedDay[], stage: Stage, plan: number, count: number): Off {
  const { from, to } = STAGE_ENDS[stage];
  const k = paceOf(days.slice(-count), to).done;
  const [first, ...others] = LAGS.map((lag) => {
    const tries = days.slice(0, days.length - lag).slice(-count);
    return side(k, paceOf(tries, from).done, plan, Z_998);
  });
  return first && others.every((other) => other === first) ? first : null;
}

function figures(days: readonly CountedDay[], stage: Stage, plan: number | null) {
  const { from, to } = STAGE_ENDS[stage];
  const n = paceOf(days, from).done;
  const k = paceOf(days, to).done;
  const counts = { days: days.length, n, k, plan };
  if (n === 0) return { ...counts, rate: null, low: null, high: null };
  const successes = Math.min(k, n);
  return { ...counts, rate: successes / n, ...wilson(successes, n, Z_95) };
}

function stageRate(
  days: readonly CountedDay[],
  stage: Stage,
  plan: number | null,
  today: string,
): StageRate {
  const over = WINDOWS.map((count) => figures(days.slice(-count), stage, plan));
  const shown =
    over.find(({ n }) => n >= LEAST_TRIES) ?? figures(days.slice(-MOST_DAYS), stage, plan);
  const judgeable = plan !== null && plan > 0 && plan < 1;
  if (!judgeable || days.length < LEAST_DAYS || shown.n < LEAST_TRIES) {
    return { ...shown, verdict: 'unknown', clear: false };
  }
  // What was off and no longer is has passed.
  const now = Math.min(shown.k, shown.n) / shown.n < plan ? 'below' : 'above';
  const whole = days.filter(({ date }) => date < mondayOf(today));
  for (const [index, count] of WINDOWS.entries()) {
    const off = clearSide(days, stage, plan, count);
    if (off !== now || off !== clearSide(whole, stage, plan, count)) continue;
    return { ...(over[index] ?? shown), verdict: off, clear: true };
  }
  for (const window of over) {
    const off = side(window.k, window.n, plan, Z_95);
    if (off === now) return { ...window, verdict: off, clear: false };
  }
  return { ...shown, verdict: 'within', clear: false };
}

/**
 * The rate of every stage on the morning of `today`, with its Wilson 95 % interval, against the
 * plan's rate (null where that cannot be judged). `days` is all counted days since the plan's start
 * up to yesterday, in order; 60 are enough.
 *
 * Looked over are the last 20, 40 and 60 days with at least 20 tries; the figures are of the newest
 * that is off (in the direction of the newest), or else of the newest. Below or above: the plan lies outside of the 95 %
 * interval. Clear: outside of the 99.8 % interval, also with the tries of three and six days earlier,
 * and also at the last week's end: asked of four stages each morning, 95 % would cry wolf each month.
 * Successes beyond the tries count as all of them, so that a rate is at most 1.
 */
export function stageRates(
  days: readonly CountedDay[],
  planRates: Record<Stage, number | null>,
  today: string,
): Record<Stage, StageRate> {
  const rates = STAGES.map(
    (stage) => [stage, stageRate(days, stage, planRates[stage], today)] as const,
  );
  return Object.fromEntries(rates) as Record<Stage, StageRate>;
}
