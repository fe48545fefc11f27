/**
 * Activity against plan on the days that are logged, and whether it slips or soars by more than this rep's
 * chance (spec B4, B6, *Fair measure*). A day without a log is unknown: it is neither done nor missed.
 */
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { addDays } from '../../time/local-date.ts';
import { eachActivity } from '../schemas.ts';
import {
  chanceOfAtLeast,
  chanceOfAtMost,
  DAY_NOTE_LEVEL,
  type DoneOfPlanned,
  dispersionOf,
} from './chance-rules.ts';

/**
 * One counted working day: it was asked about or logged. Days away, holidays, pauses and days on
 * which Bigplan did not ask are not in the list.
 */
export interface CountedDay {
  date: string;
  /** The day's own plan in whole numbers: a small rate is 0 on some days and 1 on others. */
  planned: Record<Activity, number>;
  /** All 0 where it isn't logged. */
  done: Record<Activity, number>;
  /** False: asked and not answered, so nothing is known of it. */
  logged: boolean;
}

/** Done against planned on the logged ones of some days. */
export interface Pace {
  /** How many counted days, and how many of them are logged. */
  days: number;
  logged: number;
  planned: number;
  done: number;
  /** done ÷ planned (1 is on plan); null where nothing was planned. */
  share: number | null;
}

export type VolumeVerdict = 'slipping' | 'high' | 'steady' | 'unknown';

export interface VolumePace {
  /** 'unknown': too few days, too few of them logged, or too early for what follows from them. */
  verdict: VolumeVerdict;
  /** Of the last ten counted days, or all there are. */
  last10: Pace;
  /** The stretch that is off, or the last ten days; null where the verdict is unknown. */
  judged: Pace | null;
}

/** The least share of days that has to be logged: under it the word is about logging, not about pace. */
const LEAST_LOGGED = 0.6;
/** Counted days that tell how it stands. */
const LOOKED_AT = 10;
/** Before so many logged days nothing is said. */
const LEAST_DAYS = 5;

/** Sums of one activity over the logged ones of the days, or of those of them `from` an index up to before another. */
export function paceOf(
  days: readonly CountedDay[],
  activity: Activity,
  [from, to]: readonly [number, number] = [0, days.length],
): Pace {
  const pace = { days: to - from, logged: 0, planned: 0, done: 0 };
  for (let at = from; at < to; at++) {
    const day = days[at];
    if (!day?.logged) continue;
    pace.logged += 1;
    pace.planned += day.planned[activity];
    pace.done += day.done[activity];
  }
  return { ...pace, share: pace.planned > 0 ? pace.done / pace.planned : null };
}

/** Whether enough of the days is logged to speak of what was done on them. */
export const isLogged = ({ days, logged }: Pick<Pace, 'days' | 'logged'>): boolean =>
  logged >= LEAST_LOGGED * days;

/** One activity's part of the days, as chances are worked out from. */
export const countsOf = (days: readonly CountedDay[], activity: Activity): DoneOfPlanned[] =>
  days.map(({ planned, done }) => ({ planned: planned[activity], done: done[activity] }));

/** How much each activity of a rep varies, from the logged ones of their days; see `dispersionOf`. */
export function noiseOf(days: readonly CountedDay[]): Record<Activity, number> {
  const known = days.filter(({ logged }) => logged);
  return eachActivity((activity) => dispersionOf(countsOf(known, activity)));
}

/** How a lasting change of level is looked for. */
export interface ChangeTest {
  /** The level, as a share of plan, that is told from plan soonest. */
  level: number;
  /** How much more likely (in logarithms) it has to be than plan. */
  evidence: number;
}

/**
 * The stretch up to the last day in which an activity is off plan by more than chance, by its first index;
 * null where there is none.
 *
 * Page's sequential test (E. S. Page, Biometrika 41, 1954; Hawkins & Olwell, *Cumulative Sum Charts*, 1998):
 * each day adds how much likelier its count is at `level` than at plan (Poisson's log-likelihood ratio,
 * done × ln level + planned × (1 − level), by the rep's own dispersion for the noise that is theirs); what
 * falls below nothing begins anew. Of all tests with as few false alarms it is the quickest (Moustakides,
 * Ann. Stat. 14, 1986), and the stretch since it began anew is the likeliest one. The stretch has to be
 * improbable by itself too: at most 1 %.
 */
export function stretchOff(
  days: readonly DoneOfPlanned[],
  { level, evidence }: ChangeTest,
  dispersion: number,
): number | null {
  let score = 0;
  let first = 0;
  for (const [index, { planned, done }] of days.entries()) {
    score += done * Math.log(level) + planned * (1 - level);
    if (score > 0) continue;
    score = 0;
    first = index + 1;
  }
  if (score <= evidence * dispersion) return null;
  const stretch = days.slice(first);
  const planned = stretch.reduce((sum, day) => sum + day.planned, 0);
  const done = stretch.reduce((sum, day) => sum + day.done, 0);
  const chance = level < 1 ? chanceOfAtMost : chanceOfAtLeast;
  return chance(done, planned, dispersion) <= DAY_NOTE_LEVEL ? first : null;
}

/**
 * Calls are the rep's own to make, each day: calibrated so that a rep on plan (days that vary by 40 %) gets
 * under one false note a year, and one who falls to 60 % or 75 % is seen within 9 and 15 working days.
 */
const CALLS: Record<'low' | 'high', ChangeTest> = {
  low: { level: 0.7, evidence: 2.7 },
  high: { level: 1.5, evidence: 5.5 },
};
/** What follows from calls and leads, days and weeks later, is told less readily. */
const OTHERS: Record<'low' | 'high', ChangeTest> = {
  low: { level: 0.6, evidence: 4.5 },
  high: { level: 1.6, evidence: 5 },
};

/** With few days known their dispersion is itself uncertain: as if it were larger by so many days' part. */
const UNCERTAIN_DAYS = 10;

/** The dispersion to tell a change with; see `dispersionOf`. */
function cautiousDispersion(known: readonly DoneOfPlanned[]): number {
  return dispersionOf(known) * (1 + UNCERTAIN_DAYS / Math.max(1, known.length));
}

/** While somebody is settling in, their days vary more than they will; and they are talked with anyway. */
const WHILE_NEW = 1.5;

/** Calendar days from a call to its visit and on to the demo, and from leads too. */
const MEETING_DAYS = 14;
/** Demos, proposals and contracts are pushed to a month's end: one has to be seen. */
const MONTH = 31;

/**
 * How many calendar days after a plan's start an activity can be judged: what it follows from lies that much
 * earlier. Proposals and contracts follow their demo by a third and two thirds of the sales cycle.
 */
function lagOf(activity: Activity, salesCycleDays: number): number {
  const lags: Record<Activity, number> = {
    calls: 0,
    visits: MEETING_DAYS,
    demos: MEETING_DAYS + MONTH,
    proposals: MEETING_DAYS + MONTH + salesCycleDays / 3,
    contracts: MEETING_DAYS + MONTH + (salesCycleDays * 2) / 3,
  };
  return Math.round(lags[activity]);
}

/** A day with fewer calls planned may have none by chance. */
const LEAST_CALLS = 5;
/** The most of the days, and in a row, that are taken as spent otherwise. */
const MOST_OTHERWISE = 0.2;
const MOST_IN_A_ROW = 5;

/**
 * Without the days in a row, up to a week of them, on which somebody who calls daily made no call at all and
 * did something else meanwhile: an event, customers. Who goes on like that calls less.
 */
function callingDays(known: readonly CountedDay[]): readonly CountedDay[] {
  const isWithout = ({ planned, done }: CountedDay) =>
    planned.calls >= LEAST_CALLS && done.calls === 0;
  if (known.filter(isWithout).length > MOST_OTHERWISE * known.length) return known;
  const runs: CountedDay[][] = [];
  for (const day of known) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && isWithout(last) && isWithout(day)) run.push(day);
    else runs.push([day]);
  }
  const isOtherwise = (run: readonly CountedDay[]) =>
    run.every(isWithout) &&
    run.length <= MOST_IN_A_ROW &&
    run.some(({ done }) => ACTIVITIES.some((one) => done[one] > 0));
  return runs.filter((run) => !isOtherwise(run)).flat();
}

export interface VolumeTerms {
  /** First local date of the plan. */
  start: string;
  /** Calendar days from a demo to its deal. */
  salesCycleDays: number;
  /** The local date until which a new hire is settling in; null: they aren't new. */
  newUntil: string | null;
  /** The date from which days count: what lies before was told of, and is over. Null: all of them do. */
  overUntil(kind: 'volume' | 'volume_high', activity: Activity): string | null;
}

function volumePace(
  days: readonly CountedDay[],
  activity: Activity,
  { start, salesCycleDays, newUntil, overUntil }: VolumeTerms,
): VolumePace {
  const last10 = paceOf(days.slice(-LOOKED_AT), activity);
  const known = days.filter(({ logged }) => logged);
  const counts = countsOf(known, activity);
  const from = addDays(start, lagOf(activity, salesCycleDays));
  const isPlanned = counts.some(({ planned }) => planned > 0);
  const isEarly = (known.at(-1)?.date ?? '') < from || known.length < LEAST_DAYS;
  if (!isPlanned || isEarly || !isLogged(last10))
    return { verdict: 'unknown', last10, judged: null };

  const isNew = newUntil !== null && (known.at(-1)?.date ?? '') < newUntil;
  const dispersion = cautiousDispersion(counts) * (isNew ? WHILE_NEW : 1);
  const tests = activity === 'calls' ? CALLS : OTHERS;
  const off = (kind: 'volume' | 'volume_high'): Pace | null => {
    const since = [from, overUntil(kind, activity) ?? from].sort()[1] ?? from;
    const isLow = kind === 'volume';
    const judged = (isLow && activity === 'calls' ? callingDays(known) : known).filter(
      ({ date }) => date >= since,
    );
    const test = isLow ? tests.low : tests.high;
    const first = stretchOff(countsOf(judged, activity), test, dispersion);
    const firstDate = first === null ? undefined : judged[first]?.date;
    if (firstDate === undefined) return null;
    const stretch = paceOf(
      days.filter(({ date }) => date >= firstDate),
      activity,
    );
    return isLogged(stretch) ? stretch : null;
  };
  const low = off('volume');
  if (low) return { verdict: 'slipping', last10, judged: low };
  const high = off('volume_high');
  if (high) return { verdict: 'high', last10, judged: high };
  return { verdict: 'steady', last10, judged: last10 };
}

/**
 * Pace by activity, from `days`: all counted days since the plan's start up to yesterday, in order (the last
 * `MOST_DAYS` of stage-rate-rules.ts are enough).
 */
export function volumePaces(
  days: readonly CountedDay[],
  terms: VolumeTerms,
): Record<Activity, VolumePace> {
  return eachActivity((activity) => volumePace(days, activity, terms));
}

/** Counted days that tell how somebody logs: who forgets one in ten hardly ever misses seven of them. */
const LOGGING_DAYS = 15;

/** How the logging itself stands over the last fifteen counted days; null before there are so many. */
export function loggingOf(days: readonly CountedDay[]): Pick<Pace, 'days' | 'logged'> | null {
  const last = days.slice(-LOGGING_DAYS);
  if (last.length < LOGGING_DAYS) return null;
  return { days: last.length, logged: last.filter(({ logged }) => logged).length };
}
