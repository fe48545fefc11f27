/** What is off: volume or conversion (spec B4). */
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { type CountedDay, type VolumePace, volumePaces } from './pace-rules.ts';
import { STAGES, type Stage, type StageRate, stageRates } from './stage-rate-rules.ts';

export type VolumeFinding = {
  kind: 'volume' | 'volume_high';
  subject: Activity;
  /** Activities further down that are off in the same direction. */
  also: Activity[];
};
export type ConversionFinding = { kind: 'conversion' | 'conversion_high'; subject: Stage };
export type Finding = VolumeFinding | ConversionFinding;

export interface Assessment {
  volume: Record<Activity, VolumePace>;
  stages: Record<Stage, StageRate>;
  /** What is worth speaking up about: at most one volume finding each way, then stages in order. */
  low: Finding[];
  high: Finding[];
}

/**
 * The activity that is off, the earliest in the funnel, or null. One whose own stage is off the same
 * way is no matter of volume: it got what it should from the step before and made less (or more) of
 * it.
 */
function volumeFinding(
  { volume, stages }: Pick<Assessment, 'volume' | 'stages'>,
  kind: 'volume' | 'volume_high',
): VolumeFinding | null {
  const [verdict, rate] = kind === 'volume' ? ['slipping', 'below'] : ['high', 'above'];
  const off = ACTIVITIES.filter((activity) => volume[activity].verdict === verdict);
  const [subject, ...also] = off;
  if (!subject) return null;
  const above = STAGES.slice(0, ACTIVITIES.indexOf(subject));
  if (above.some((stage) => stages[stage].verdict === rate)) return null;
  return { kind, subject, also };
}

/**
 * Everything that the days say on the morning of `today`. `days` is all counted days since the
 * plan's start up to yesterday, in order (60 are enough); `planRates` as in `stageRates`.
 */
export function assess(
  days: readonly CountedDay[],
  planRates: Record<Stage, number | null>,
  today: string,
): Assessment {
  const volume = volumePaces(days, today);
  const stages = stageRates(days, planRates, today);
  const found = (
    volumeKind: 'volume' | 'volume_high',
    kind: 'conversion' | 'conversion_high',
    verdict: 'below' | 'above',
  ): Finding[] => {
    const ofVolume = volumeFinding({ volume, stages }, volumeKind);
    const ofStages = STAGES.filter((stage) => stages[stage].clear)
      .filter((stage) => stages[stage].verdict === verdict)
      .map((subject) => ({ kind, subject }));
    return ofVolume ? [ofVolume, ...ofStages] : ofStages;
  };
  return {
    volume,
    stages,
    low: found('volume', 'conversion', 'below'),
    high: found('volume_high', 'conversion_high', 'above'),
  };
}
