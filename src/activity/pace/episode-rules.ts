/**
 * When to speak up about a stretch in which somebody's pace was off, when their manager hears of it
 * and when it is over (spec B4, B6): each once.
 */
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import {
  type CountedDay,
  HIGH_SHARE,
  paceOf,
  SLIPPING_SHARE,
  type VolumePace,
  volumePaces,
} from './pace-rules.ts';
import { STAGES, type Stage, type StageRate, stageRates } from './stage-rate-rules.ts';

export type EpisodeSubject =
  | { kind: 'volume' | 'volume_high'; subject: Activity }
  | { kind: 'conversion' | 'conversion_high'; subject: Stage };

export type OpenEpisode = EpisodeSubject & {
  /** Local dates. */
  openedOn: string;
  /** The first day on which the manager may be told; null: never. */
  managerOn: string | null;
  managerToldOn: string | null;
};

export type ResolvedEpisode = EpisodeSubject & { resolvedOn: string };

export type EpisodeEvent =
  | { type: 'open'; finding: Finding }
  | { type: 'tell_manager'; episode: OpenEpisode }
  | { type: 'resolve'; episode: OpenEpisode };

export interface EpisodeState {
  /** A counted working day, in the morning. */
  today: string;
  /** The days that `assessment` is of. */
  days: readonly CountedDay[];
  assessment: Assessment;
  open: readonly OpenEpisode[];
  /** Those of the last 60 days. */
  resolved: readonly ResolvedEpisode[];
}

/** The share of plan that counts as back on plan: above what opens an episode, lest it flaps. */
const RECOVERED_SHARE = 0.92;
/** The share at which a streak is over. */
const STREAK_SHARE = 1.08;
/** Counted days before an episode can end or reach the manager, and before a new one of its kind. */
const DAYS = 5;
/** Counted days that tell how it stands. */
const LOOKED_AT = 10;
/** Counted days that show whether a recovery has begun. */
const LATELY = 3;
/** Less planned tells nothing. */
const LEAST_PLANNED = 5;
/** With so much planned in five days, they tell by themselves. */
const TELLING_WEEK = 50;

const since = (days: readonly CountedDay[], date: string) => days.filter((day) => day.date >= date);

const isVolume = (episode: EpisodeSubject): episode is EpisodeSubject & { subject: Activity } =>
  episode.kind === 'volume' || episode.kind === 'volume_high';

/** Fewer or worse than planned; else more or better. */
export const isLow = ({ kind }: { kind: EpisodeSubject['kind'] }): boolean =>
  kind === 'volume' || kind === 'conversion';

const same = (a: EpisodeSubject, b: EpisodeSubject) => a.kind === b.kind && a.subject === b.subject;

const isHigh = ({ kind }: EpisodeSubject) => kind === 'volume_high' || kind === 'conversion_high';

/** Where in the funnel: a stage lies between the activities that it joins. */
const place = (episode: EpisodeSubject) =>
  isVolume(episode) ? ACTIVITIES.indexOf(episode.subject) : STAGES.indexOf(episode.subject) + 0.5;

/** The share of plan since the episode opened (at least five days, at most the last ten). */
function shareSince(days: readonly CountedDay[], date: string, activity: Activity): number | null {
  const passed = since(days, date);
  const pace = paceOf(passed.slice(-LOOKED_AT), activity);
  return passed.length < DAYS || pace.planned < LEAST_PLANNED ? null : pace.share;
}

type Standing = 'over' | 'same' | 'between' | 'unknown';

function volumeStanding(
  { kind, subject, openedOn }: OpenEpisode & { subject: Activity },
  { days, assessment }: EpisodeState,
): Standing {
  const passed = since(days, openedOn);
  const share = shareSince(days, openedOn, subject);
  const { last5, last10 } = assessment.volume[subject];
  const shares = [
    share,
    last10 && last10.planned >= LEAST_PLANNED ? last10.share : null,
    passed.length >= DAYS && last5 && last5.planned >= TELLING_WEEK ? last5.share : null,
  ];
  const back = (value: number | null) =>
    value !== null && (kind === 'volume' ? value >= RECOVERED_SHARE : value <= STREAK_SHARE);
  if (shares.some(back)) return 'over';
  if (share === null) return 'unknown';
  const lately = paceOf(days.slice(-LATELY), subject).share ?? 0;
  const still = Math.max(share, lately) <= SLIPPING_SHARE;
  return kind === 'volume' && still ? 'same' : 'between';
}

function stageStanding(
  { kind, subject, openedOn }: OpenEpisode & { subject: Stage },
  { days, assessment }: EpisodeState,
): Standing {
  const { verdict } = assessment.stages[subject];
  if (verdict === 'unknown' || since(days, openedOn).length < DAYS) return 'unknown';
  return verdict === (kind === 'conversion' ? 'below' : 'above') ? 'same' : 'over';
}

/** How an open episode stands. */
const standing = (episode: OpenEpisode, state: EpisodeState): Standing =>
  isVolume(episode) ? volumeStanding(episode, state) : stageStanding(episode, state);

/** Whether the finding would tell of something that was told, or is over, only lately. */
function isKnown(finding: Finding, { days, open, resolved }: EpisodeState): boolean {
  if (open.some((episode) => same(episode, finding))) return true;
  const passed = (episode: ResolvedEpisode) => since(days, episode.resolvedOn).length;
  const before = resolved.filter((episode) => same(episode, finding));
  if (before.some((episode) => passed(episode) < DAYS)) return true;
  if (!isVolume(finding)) return false;

  // Days before the last one's end were told of: those since have to show it by themselves.
  const shown = ({ resolvedOn }: ResolvedEpisode) => {
    const share = shareSince(days, resolvedOn, finding.subject);
    if (share === null) return false;
    return finding.kind === 'volume' ? share <= SLIPPING_SHARE : share >= HIGH_SHARE;
  };
  if (!before.every(shown)) return true;

  // What is further down the funnel follows what was told of.
  const upstream = (episode: EpisodeSubject) =>
    isHigh(episode) === isHigh(finding) && place(episode) < place(finding);
  return (
    open.some(upstream) ||
    resolved.some((episode) => upstream(episode) && passed(episode) < 2 * LOOKED_AT)
  );
}

/**
 * What happens on a working day's morning: resolutions, then what a manager is now told, then at
 * most one new episode, lows before highs.
 *
 * - Open: a finding of which no episode is open, none ended within five counted days, and which is
 *   not what follows from one further up the funnel.
 * - Resolve: volume is back at 92 % of plan or more over the last ten counted days, over five and
 *   more since it opened, or over the last five of these where 50 and more are planned in them. A
 *   stage's 95 % interval holds the plan's rate again, five counted days after it opened at the
 *   earliest. A high ends at 108 %, in the same way.
 * - Tell the manager: from `managerOn` on, five counted days after it opened, where volume since then
 *   and in the last three days is at 85 % of plan or less, or the stage is still below. A high never
 *   goes there by itself.
 */
export function stepEpisodes(state: EpisodeState): EpisodeEvent[] {
  const { open, today, assessment } = state;
  const standings = open.map((episode) => ({ episode, standing: standing(episode, state) }));
  const events: EpisodeEvent[] = standings
    .filter(({ standing }) => standing === 'over')
    .map(({ episode }) => ({ type: 'resolve', episode }));
  for (const { episode, standing } of standings) {
    const { managerOn, managerToldOn } = episode;
    const due = managerOn !== null && managerOn <= today && managerToldOn === null;
    if (!isHigh(episode) && due && standing === 'same')
      events.push({ type: 'tell_manager', episode });
  }
  const finding = [...assessment.low, ...assessment.high].find((one) => !isKnown(one, state));
  if (finding) events.push({ type: 'open', finding });
  return events;
}

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
