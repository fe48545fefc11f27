/** On track, at risk or off track (spec E2): the one place that says so. */
import { DEALS_LEVEL } from '../../activity/pace/chance-rules.ts';
import type { Health, KpiLine } from '../schemas.ts';

/** Under this share of the milestone, only a pipeline that covers the rest makes it less than off track. */
const FAR = 0.8;

/**
 * How bookings stand, and where they don't decide, the pipeline. `last`: whether the plan ends with the month.
 *
 * - bookings met: on track;
 * - neither bookings due nor a pipeline asked for yet, or bookings short by no more than chance in the first
 *   month, before any pipeline is asked for: too early to say;
 * - short by no more than chance, or none due yet: on track with the pipeline that makes up for it;
 *   without, or where nobody said, at risk;
 * - missed at a quarter's end alone (by over a tenth, and no more than chance): from 80 % on still on track
 *   with that pipeline, as long as the plan goes on;
 * - missed: at risk with that pipeline. Without, off track under 80 % of the milestone, where that is
 *   more than chance.
 *
 * What nobody said counts as what isn't there, so saying more never makes it worse.
 */
export function healthOf(lines: readonly KpiLine[], last = false): Health {
  const of = (kpi: KpiLine['kpi']) => lines.find((line) => line.kpi === kpi);
  const bookings = of('bookings');
  const coverage = of('coverage');
  const isCovered = coverage?.verdict === 'met' || coverage?.verdict === 'short';
  switch (bookings?.verdict) {
    case 'met':
      return 'on_track';
    case 'missed': {
      const { actual, target, chance } = bookings;
      const share = target ? (actual ?? 0) / target : 1;
      const isChance = (chance ?? 0) > DEALS_LEVEL;
      if (share >= FAR && isChance && isCovered && !last) return 'on_track';
      // Where no pipeline is asked for, there is none that could bring it back.
      const hasPipeline = isCovered && coverage.actual !== null;
      return share < FAR && !isChance && !hasPipeline ? 'off_track' : 'at_risk';
    }
    default:
      if (isNothingAsked(coverage, bookings)) return 'too_early';
      return isCovered ? 'on_track' : 'at_risk';
  }
}

/** Whether there is no pipeline to judge by: none is asked for yet, or with no bookings due none at all. */
function isNothingAsked(coverage: KpiLine | undefined, bookings: KpiLine | undefined): boolean {
  if (!coverage) return false;
  const isNone = coverage.verdict === 'met' && coverage.actual === null;
  return isNone ? bookings?.verdict === 'unknown' : coverage.target === null;
}
