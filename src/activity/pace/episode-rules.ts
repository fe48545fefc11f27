/**
 * When to speak up about a stretch in which somebody's pace was off, when their manager hears of it
 * and when it is over (spec B4, B6): each once.
 */
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import {
  areLeadsBack,
  areLeadsMissing,
  LEADS_MATTER,
  type LeadDays,
  type LeadPace,
  leadsShort,
} from './lead-rules.ts';
import {
  type CountedDay,
  isLogged,
  loggingOf,
  type Pace,
  paceOf,
  type VolumePace,
  type VolumeTerms,
  volumePaces,
} from './pace-rules.ts';
import {
  STAGES,
  type Stage,
  type StageRate,
  type StageTerms,
  stageRates,
} from './stage-rate-rules.ts';

export type EpisodeSubject =
  | { kind: 'volume' | 'volume_high'; subject: Activity }
  | { kind: 'conversion' | 'conversion_high'; subject: Stage }
  /** Too few days are logged to say anything of pace. */
  | { kind: 'logging'; subject: 'days' }
  /** What SDRs promised and didn't bring, or what nobody entered. */
  | { kind: 'leads'; subject: 'short' | 'unknown' };

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

/** What the days are measured with. */
export type PaceTerms = Omit<VolumeTerms, 'overUntil'> & StageTerms;

/** What is known on a working day's morning. */
export interface Morning {
  today: string;
  /** All counted days since the plan began up to yesterday, in order; `MOST_DAYS` are enough. */
  days: readonly CountedDay[];
  leads: LeadDays;
  terms: PaceTerms;
  open: readonly OpenEpisode[];
  /** Those of the last half year. */
  resolved: readonly ResolvedEpisode[];
}

export interface EpisodeState extends Morning {
  assessment: Assessment;
}

/** The share of plan that counts as back on plan, the share that still is as it was told, and its streaks. */
const RECOVERED_SHARE = 0.92;
const SLIPPING_SHARE = 0.85;
const STREAK_SHARE = 1.08;
/** Counted days before an episode can end or reach the manager, and before a new one of its kind. */
const DAYS = 5;
/** Counted days that tell how it stands. */
const LOOKED_AT = 10;
/** Counted days that show whether a recovery has begun. */
const LATELY = 3;
/** Less planned tells nothing. */
const LEAST_PLANNED = 5;
/** So many of fifteen days logged are enough again, and so many days pass before logging is asked for anew. */
const LOGGED_AGAIN = 0.8;
const QUIET_DAYS = 60;

const since = (days: readonly CountedDay[], date: string) => days.filter((day) => day.date >= date);

const isVolume = (episode: EpisodeSubject): episode is EpisodeSubject & { subject: Activity } =>
  episode.kind === 'volume' || episode.kind === 'volume_high';

const isStage = (episode: EpisodeSubject): episode is EpisodeSubject & { subject: Stage } =>
  episode.kind === 'conversion' || episode.kind === 'conversion_high';

const isHigh = ({ kind }: { kind: EpisodeSubject['kind'] }): boolean =>
  kind === 'volume_high' || kind === 'conversion_high';

/** Fewer or worse than planned; else more or better. */
export const isLow = (episode: { kind: EpisodeSubject['kind'] }): boolean => !isHigh(episode);

/** Whether a manager hears of it where it persists: of what is the rep's, never of logs or leads. */
export const isForManager = ({ kind }: { kind: EpisodeSubject['kind'] }): boolean =>
  kind === 'volume' || kind === 'conversion';

const same = (a: EpisodeSubject, b: EpisodeSubject) => a.kind === b.kind && a.subject === b.subject;

/** Where in the funnel: a stage lies between the activities that it joins, leads before the visits. */
function place(episode: EpisodeSubject): number {
  if (isVolume(episode)) return ACTIVITIES.indexOf(episode.subject);
  if (isStage(episode)) return STAGES.indexOf(episode.subject) + 0.5;
  return 0.25;
}

type Standing = 'over' | 'same' | 'between' | 'unknown';

/** The logged days by which it is told whether a note about volume is over: the last ten since it was opened. */
export function paceSinceNote(
  { subject, openedOn }: { subject: Activity; openedOn: string },
  days: readonly CountedDay[],
): Pace {
  const known = since(days, openedOn).filter(({ logged }) => logged);
  return paceOf(known.slice(-LOOKED_AT), subject);
}

function volumeStanding(episode: OpenEpisode & { subject: Activity }, { days }: Morning): Standing {
  const { kind, subject, openedOn } = episode;
  const known = since(days, openedOn).filter(({ logged }) => logged);
  const { planned, share } = paceSinceNote(episode, days);
  if (known.length < DAYS || planned < LEAST_PLANNED || share === null) return 'unknown';
  if (kind === 'volume_high') return share <= STREAK_SHARE ? 'over' : 'same';
  if (share >= RECOVERED_SHARE) return 'over';
  const lately = paceOf(known.slice(-LATELY), subject).share ?? 0;
  return Math.max(share, lately) <= SLIPPING_SHARE ? 'same' : 'between';
}

function stageStanding(
  { kind, subject, openedOn }: OpenEpisode & { subject: Stage },
  { days, assessment }: EpisodeState,
): Standing {
  const { verdict } = assessment.stages[subject];
  if (verdict === 'unknown' || since(days, openedOn).length < DAYS) return 'unknown';
  return verdict === (kind === 'conversion' ? 'below' : 'above') ? 'same' : 'over';
}

function loggingStanding({ days }: Morning): Standing {
  const logging = loggingOf(days);
  return logging && logging.logged >= LOGGED_AGAIN * logging.days ? 'over' : 'unknown';
}

/** What was asked for is there as soon as any are entered; whether these are enough is another matter. */
function leadStanding({ subject, openedOn }: OpenEpisode, { leads }: Morning): Standing {
  const isOver = subject === 'unknown' ? leads !== null : areLeadsBack(leads, openedOn);
  return isOver ? 'over' : 'unknown';
}

/** How an open episode stands. */
function standing(episode: OpenEpisode, state: EpisodeState): Standing {
  if (isVolume(episode)) return volumeStanding(episode, state);
  if (isStage(episode)) return stageStanding(episode, state);
  return episode.kind === 'logging' ? loggingStanding(state) : leadStanding(episode, state);
}

/** Whether the finding would tell of something that was told, or is over, only lately. */
function isKnown(finding: EpisodeSubject, { days, open, resolved }: Morning): boolean {
  if (open.some((episode) => same(episode, finding))) return true;
  const passed = (episode: ResolvedEpisode) => since(days, episode.resolvedOn).length;
  const quiet = finding.kind === 'logging' ? QUIET_DAYS : DAYS;
  if (resolved.some((episode) => same(episode, finding) && passed(episode) < quiet)) return true;
  if (!isVolume(finding)) return false;

  const isCause = (episode: EpisodeSubject) => isUpstream(episode, finding);
  return (
    open.some(isCause) ||
    resolved.some((episode) => isCause(episode) && passed(episode) < 2 * LOOKED_AT)
  );
}

/** What is further down the funnel follows what was told of. */
function isUpstream(episode: EpisodeSubject, of: EpisodeSubject): boolean {
  return episode.kind !== 'logging' && isHigh(episode) === isHigh(of) && place(episode) < place(of);
}

/**
 * What happens on a working day's morning: resolutions, then what a manager is now told, then at
 * most one new episode, lows before highs.
 *
 * - Open: a finding of which no episode is open, none ended within five counted days (of logging: sixty),
 *   and which is not what follows from one further up the funnel.
 * - Resolve: volume is at 92 % of plan or more on the logged days since it opened, five and more, at most
 *   the last ten; a streak at 108 % or less. A stage's 95 % interval holds the plan's rate again, five
 *   counted days after it opened at the earliest. Logging: twelve of the last fifteen days. Leads come again.
 * - Tell the manager: from `managerOn` on, five logged days after it opened, where volume since then
 *   and in the last three days is at 85 % of plan or less, or the stage is still below. Nothing else ever
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
    if (isForManager(episode) && due && standing === 'same')
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
export type Finding =
  | VolumeFinding
  | { kind: 'conversion' | 'conversion_high'; subject: Stage }
  | { kind: 'logging'; subject: 'days' }
  | { kind: 'leads'; subject: 'short' | 'unknown' };

export interface Assessment {
  volume: Record<Activity, VolumePace>;
  stages: Record<Stage, StageRate>;
  /** Of the last fifteen counted days; null before there are so many. */
  logging: { days: number; logged: number } | null;
  /** Where leads are short by more than chance. */
  leads: LeadPace | null;
  /** What is worth speaking up about: at most one volume finding each way, then stages in order. */
  low: Finding[];
  high: Finding[];
}

type Paces = Pick<Assessment, 'volume' | 'stages'>;

/**
 * The activity that is off, the earliest in the funnel, or null. One whose own stage is off the same
 * way is no matter of volume: it got what it should from the step before and made less (or more) of
 * it.
 */
function volumeFinding(
  { volume, stages }: Paces,
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

function stageFindings({ stages }: Paces, kind: 'conversion' | 'conversion_high'): Finding[] {
  const verdict = kind === 'conversion' ? 'below' : 'above';
  return STAGES.filter((stage) => stages[stage].clear && stages[stage].verdict === verdict).map(
    (subject) => ({ kind, subject }),
  );
}

const SHORT = { kind: 'leads', subject: 'short' } as const;
const UNKNOWN = { kind: 'leads', subject: 'unknown' } as const;

/**
 * What is low, in the order in which it is told: logging alone, where too little is known of the rest; leads,
 * and then no visits, nor what else would follow from them; volume; stages. Where leads were promised and
 * never entered they are asked for in place of what may follow from them.
 */
function lowFindings(
  paces: Paces,
  { logging, leads: short }: Pick<Assessment, 'logging' | 'leads'>,
  { leads, terms }: Morning,
): Finding[] {
  const supply: Finding[] = short ? [SHORT] : [];
  if (logging && !isLogged(logging)) return [...supply, { kind: 'logging', subject: 'days' }];
  const volume = volumeFinding(paces, 'volume');
  const stages = stageFindings(paces, 'conversion');
  const ofLeads = (finding: EpisodeSubject) =>
    (isVolume(finding) && finding.subject !== 'calls') ||
    (isStage(finding) && finding.subject === 'callToVisit');
  const found = volume ? [volume, ...stages] : stages;
  const areUnknown = leads === null && terms.sdrShare >= LEADS_MATTER;
  if (areUnknown && found.some(ofLeads)) supply.push(UNKNOWN);
  const isExcused = supply.length > 0 || areUnknown || areLeadsMissing(leads);
  return [...supply, ...found.filter((finding) => !isExcused || !ofLeads(finding))];
}

/** Everything that the days say on a morning. */
export function assess(morning: Morning): Assessment {
  const { days, leads, terms, resolved } = morning;
  const overUntil = (isIt: (episode: EpisodeSubject) => boolean) =>
    resolved
      .filter(isIt)
      .map(({ resolvedOn }) => resolvedOn)
      .sort()
      .at(-1) ?? null;
  const volume = volumePaces(days, {
    ...terms,
    overUntil: (kind, subject) =>
      overUntil((one) => same(one, { kind, subject }) || isUpstream(one, { kind, subject })),
  });
  const stages = stageRates(days, terms, leads);
  const logging = loggingOf(days);
  const short = leadsShort(
    leads,
    overUntil((one) => same(one, SHORT)),
  );
  const high = volumeFinding({ volume, stages }, 'volume_high');
  return {
    volume,
    stages,
    logging,
    leads: short,
    low: lowFindings({ volume, stages }, { logging, leads: short }, morning),
    high: [...(high ? [high] : []), ...stageFindings({ volume, stages }, 'conversion_high')],
  };
}
