/** What would win back what was missed: the furthest upstream of it, and never more of what is on plan. */
import {
  catchUp,
  horizonsTo,
  MOST_STRETCH,
  quarterStart,
  unitDays,
} from '../../activity/pace/catch-up-rules.ts';
import { type CountedDay, paceOf } from '../../activity/pace/pace-rules.ts';
import { STAGE_ENDS, STAGES } from '../../activity/pace/stage-rate-rules.ts';
import type { Activity } from '../../plan/schemas.ts';
import { lastDayOfMonth } from '../../time/local-date.ts';
import type { CatchUpLine, Kpi, KpiLine, Topic } from '../schemas.ts';
import type { Baseline } from './baseline-rules.ts';
import { askedActivity } from './question-rules.ts';

interface Judged {
  lines: readonly KpiLine[];
  /** What the rep is asked about. */
  topics: readonly Topic[];
  /** Counted days up to the span's end, measured with the baseline. */
  days: readonly CountedDay[];
  today: string;
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;
const up = (value: number) => Math.ceil(value - SLACK);

/**
 * Leads that didn't come, for whoever promised them; of new business the deals that are short; of the
 * activity that is asked about the level that makes up for it (see activity/pace/catch-up-rules.ts).
 */
export function catchUpLines(baseline: Baseline, judged: Judged): CatchUpLine[] {
  const activity = askedActivity(judged.topics);
  return [
    leadsCatchUp(baseline, judged),
    dealsCatchUp(baseline, judged),
    activity && activityCatchUp(baseline, judged, activity),
  ].filter((line) => line !== null);
}

const lineOf = ({ lines }: Judged, kpi: Kpi) => lines.find((line) => line.kpi === kpi);

function leadsCatchUp(baseline: Baseline, judged: Judged): CatchUpLine | null {
  const line = lineOf(judged, 'leads');
  if (line?.verdict !== 'missed' || line.target === null) return null;
  const [soon] = horizonsOf(baseline, judged.today, 'demos');
  if (!soon) return null;
  return { kind: 'leads', short: up(line.target - (line.actual ?? 0)), until: soon.until };
}

/**
 * Demos that are on plan aren't what is missing, and neither are those that follow from leads or from what
 * comes before them: then it is the deals alone that are told.
 */
function dealsCatchUp(baseline: Baseline, judged: Judged): CatchUpLine | null {
  const line = lineOf(judged, 'newBusiness');
  const isMissed = line?.verdict === 'missed' && lineOf(judged, 'bookings')?.verdict !== 'met';
  if (!line || !isMissed || line.target === null) return null;
  const [soon, next] = horizonsOf(baseline, judged.today, 'demos');
  const horizon = next ?? soon;
  if (!horizon) return null;
  const short = line.target - (line.actual ?? 0);
  const { dealSize, demoToWon } = baseline;
  if (dealSize.newBusiness <= 0 || demoToWon <= 0) return null;
  const deals = up(short / dealSize.newBusiness);
  const demos = up(deals / demoToWon);
  const isElsewhere =
    lineOf(judged, 'demos')?.verdict === 'met' ||
    lineOf(judged, 'leads')?.verdict === 'missed' ||
    askedActivity(judged.topics) !== null;
  return {
    kind: 'deals',
    short,
    deals,
    demos: isElsewhere ? null : demos,
    until: horizon.until,
    isInReach: demos <= (MOST_STRETCH - 1) * horizon.planned + SLACK,
  };
}

function activityCatchUp(
  baseline: Baseline,
  { days, today }: Judged,
  activity: Activity,
): CatchUpLine | null {
  const { levels, baseLevels, stages, workdaysPerWeek, daysPerMonth, callsPerHour } = baseline;
  const { exact, shown } = levels[activity];
  const stage = STAGES.find((one) => STAGE_ENDS[one].from === activity);
  const from = quarterStart(stages.start, days.at(-1)?.date ?? today);
  const found = catchUp({
    activity,
    known: paceOf(
      days.filter(({ date }) => date >= from),
      activity,
    ),
    perDay: exact,
    basePerDay: baseLevels[activity].exact,
    horizons: horizonsOf(baseline, today, activity),
    workdaysPerWeek,
    unit: { per: shown.per, days: unitDays(shown.per, { workdaysPerWeek, daysPerMonth }) },
    planRate: stage ? stages.funnel[stage] : null,
    callsPerHour,
  });
  if (found.kind === 'none') return null;
  if (found.kind === 'beyond') return { ...found, activity };
  const { deficit, perWeek, extra, until, pace = null, passed } = found;
  const extraPerWeek = extra.perWeek;
  const level = {
    kind: 'activity' as const,
    activity,
    deficit,
    perWeek,
    extraPerWeek,
    pace,
    until,
  };
  return { ...level, ...(passed && { passed }) };
}

/** The ends of this month and the two after it, or the plan's last day, with the working days to them. */
function horizonsOf({ planned }: Baseline, today: string, activity: Activity) {
  const last = [...planned.keys()].at(-1) ?? today;
  const ends = [0, 1, 2].map((later) => lastDayOfMonth(today, later));
  const untils = new Set([...ends.filter((end) => end < last), last]);
  return horizonsTo([...untils], today, activity, planned);
}
