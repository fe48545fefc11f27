import type { Kpi, KpiLine } from '../../src/review/schemas.ts';
import { isMoney } from '../../src/review/words-view.ts';

/** A line of a scorecard; money in thousands of dollars. */
export function kpiLine(
  kpi: Kpi,
  verdict: KpiLine['verdict'],
  [actual, target]: [number | null, number | null],
  more: Partial<KpiLine> = {},
): KpiLine {
  const scale = isMoney(kpi) ? 100_000 : 1;
  return {
    kpi,
    actual: actual === null ? null : actual * scale,
    target: target === null ? null : target * scale,
    verdict,
    tries: null,
    chance: verdict === 'short' ? 0.32 : verdict === 'missed' ? 0.02 : null,
    cut: null,
    soFar: null,
    ...more,
  };
}
