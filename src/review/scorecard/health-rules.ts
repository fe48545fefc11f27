import type { Health, KpiLine } from '../schemas.ts';

/** From this share of the milestone on, bookings are near enough where the pipeline covers the rest. */
const NEARLY = 0.95;
/** Under this share, only a pipeline that covers the rest makes it less than off track. */
const FAR = 0.8;

/**
 * On track: the milestone is reached, or nearly so with enough pipeline; a thin pipeline makes either at
 * risk. Off track: under 80 % of the milestone without the pipeline that could bring it back.
 */
export function healthOf(
  { actual, target }: { actual: number; target: number },
  lines: readonly KpiLine[],
): Health {
  const coverage = lines.find(({ kpi }) => kpi === 'coverage')?.verdict ?? 'unknown';
  const share = target > 0 ? actual / target : 1;
  if (share >= 1) return coverage === 'missed' ? 'at_risk' : 'on_track';
  if (share >= NEARLY && coverage === 'met') return 'on_track';
  if (share >= FAR || coverage === 'met') return 'at_risk';
  return 'off_track';
}
