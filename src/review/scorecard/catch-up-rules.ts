import { catchUp, sustainableCeiling } from '../../activity/pace/catch-up-rules.ts';
import type { CountedDay } from '../../activity/pace/pace-rules.ts';
import { STAGE_ENDS, STAGES } from '../../activity/pace/stage-rate-rules.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { lastDayOfMonth } from '../../time/local-date.ts';
import type { CatchUpLine, KpiLine } from '../schemas.ts';
import type { Baseline } from './baseline-rules.ts';

interface Judged {
  lines: readonly KpiLine[];
  /** Counted days up to the span's end, measured with the baseline. */
  days: readonly CountedDay[];
  today: string;
}

/**
 * What would win back what was missed: of new business the deals that are short and the demos that they
 * take; of the first missed activity the level that makes up for its last twenty days (see
 * activity/pace/catch-up-rules.ts). Activities further down the funnel follow the first.
 */
export function catchUpLines(baseline: Baseline, judged: Judged): CatchUpLine[] {
  const missed = new Set(
    judged.lines.filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi),
  );
  const activity = ACTIVITIES.find((one) => missed.has(one));
  return [dealsLine(baseline, judged), activity && activityLine(baseline, judged, activity)].filter(
    (line) => line !== null && line !== undefined,
  );
}

function dealsLine(baseline: Baseline, { lines, days, today }: Judged): CatchUpLine | null {
  const line = lines.find(({ kpi }) => kpi === 'newBusiness');
  const [soon, next] = horizonsOf(baseline, today);
  const horizon = next ?? soon;
  if (line?.verdict !== 'missed' || line.target === null || !horizon) return null;
  const short = line.target - (line.actual ?? 0);
  const { averageDealSize, demoToWon, levels, sellingDays } = baseline;
  if (averageDealSize <= 0 || demoToWon <= 0 || sellingDays <= 0) return null;
  const deals = Math.ceil(short / averageDealSize - SLACK);
  const demos = Math.ceil(deals / demoToWon - SLACK);
  const perDay = levels.demos.total / sellingDays;
  const isInReach =
    perDay + demos / horizon.days <= sustainableCeiling(days, 'demos', perDay) + SLACK;
  return { kind: 'deals', short, deals, demos, until: horizon.until, isInReach };
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

function activityLine(
  baseline: Baseline,
  { days, today }: Judged,
  activity: Activity,
): CatchUpLine | null {
  const { levels, baseLevels, sellingDays, rates } = baseline;
  if (sellingDays <= 0 || levels[activity].total <= 0) return null;
  const stage = STAGES.find((one) => STAGE_ENDS[one].from === activity);
  const found = catchUp({
    activity,
    days,
    perDay: levels[activity].total / sellingDays,
    basePerDay: baseLevels[activity].total / sellingDays,
    horizons: horizonsOf(baseline, today),
    workdaysPerWeek: baseline.workdaysPerWeek,
    planRate: stage ? rates[stage] : null,
    callsPerHour: baseline.callsPerHour,
  });
  if (found.kind === 'none') return null;
  if (found.kind === 'beyond') return { ...found, activity };
  const { deficit, perWeek, extra, until } = found;
  return { kind: 'activity', activity, deficit, perWeek, extraPerWeek: extra.perWeek, until };
}

/** The ends of this month and the two after it, or the plan's last day, with the working days to them. */
function horizonsOf({ planned }: Baseline, today: string) {
  const left = [...planned.keys()].filter((date) => date >= today);
  const last = left.at(-1) ?? today;
  const ends = [0, 1, 2].map((later) => lastDayOfMonth(today, later));
  const untils = new Set([...ends.filter((end) => end < last), last]);
  return [...untils]
    .map((until) => ({ until, days: left.filter((date) => date <= until).length }))
    .filter(({ days }) => days > 0);
}
