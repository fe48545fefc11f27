/** The morning's look at a rep's pace: what is worth a word, to whom, once. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { sentKeys } from '../../outbox/sent-keys.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { nextDaytime } from '../../time/daytime.ts';
import { addDays, lastDayOfMonth } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { nudgesToday } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, paceDelivery } from '../delivery-keys.ts';
import { managerInForce, type PlanInForce, planRates, rateOf } from '../plan-in-force.ts';
import { worthUntil } from '../schedule-rules.ts';
import { addEpisode, type Episode, episodesOf, saveEpisode } from '../store.ts';
import { type CatchUp, catchUp, type Horizon } from './catch-up-rules.ts';
import { countedDays } from './counted-days.ts';
import {
  type Assessment,
  assess,
  type EpisodeEvent,
  type Finding,
  isLow,
  type OpenEpisode,
  stepEpisodes,
  type VolumeFinding,
} from './episode-rules.ts';
import { EpisodeFigures, type PaceLine } from './figures-schemas.ts';
import { type CountedDay, type Pace, paceOf } from './pace-rules.ts';
import { STAGE_ENDS, STAGES, type Stage } from './stage-rate-rules.ts';

/** Counted days that can matter (sixty, and six before them), and the absences between. */
const LOOK_BACK = 180;
const COUNTED = 66;
/** An episode reaches the manager after so many working days without recovery. */
const REP_FIRST_DAYS = 5;
const LEAST_PLANNED = 5;
/** The share of plan at which an activity further down holds; one far over it says something else. */
const HOLDS = { from: 0.9, to: 1.3 };

/** What is called by the morning's look; everything it decides is in `tx`. */
export async function watchPace(
  deps: Deps,
  tx: Tx,
  plan: PlanInForce,
  today: string,
): Promise<void> {
  if (!plan.nudges.paceNotes) return;
  const store = { db: tx, encryption: deps.encryption };
  const { rep } = plan;
  const through = addDays(today, -1);
  const from = [addDays(through, -LOOK_BACK), plan.since].sort()[1] ?? plan.since;
  const days = (await countedDays(store, plan, { from, through })).slice(-COUNTED);
  const assessment = assess(days, planRates(plan.work), today);
  const found = await episodesOf(store, rep, addDays(today, -LOOK_BACK));
  const isOld = (one: Episode) => one.resolvedOn === null && one.openedOn < plan.since;
  // What was off in a plan or version before this one is nobody's matter any more.
  for (const one of found.filter(isOld)) await saveEpisode(store, { ...one, resolvedOn: today });
  const known = found.filter((one) => !isOld(one));
  const open = known.filter(({ resolvedOn }) => resolvedOn === null);
  const resolved = known.flatMap((one) =>
    one.resolvedOn === null ? [] : [{ ...subjectOf(one), resolvedOn: one.resolvedOn }],
  );
  const events = stepEpisodes({ today, days, assessment, open: open.map(toOpen), resolved });
  for (const event of events) await act(deps, tx, { plan, today, days, assessment, open }, event);
}

interface Morning {
  plan: PlanInForce;
  today: string;
  days: readonly CountedDay[];
  assessment: Assessment;
  open: readonly Episode[];
}

async function act(deps: Deps, tx: Tx, morning: Morning, event: EpisodeEvent) {
  const { outbox, encryption, clock } = deps;
  const { plan, today, open } = morning;
  const { rep } = plan;
  const now = clock.now();
  const sending = { dueAt: now, sendBy: worthUntil(plan.zone, today, now) };

  if (event.type === 'open') {
    const { finding } = event;
    // Nobody is told of what the rep wasn't told that somebody would be.
    const isTold = isLow(finding) && (await managerInForce({ db: tx, encryption }, rep)) !== null;
    const id = await addEpisode(tx, rep, {
      kind: finding.kind,
      subject: finding.subject,
      openedOn: today,
      managerOn: isTold ? workingDayAfter(plan, today, REP_FIRST_DAYS) : null,
      figures: figuresOf(morning, finding),
    });
    await outbox.enqueue(tx, { ...paceDelivery('pace', rep, id), ...sending });
    return;
  }

  const episode = open.find(
    ({ kind, subject }) => kind === event.episode.kind && subject === event.episode.subject,
  );
  if (!episode) return;
  const store = { db: tx, encryption };
  const figures = {
    ...figuresOf(morning, { ...subjectOf(episode), also: [] } as Finding),
    // The button of the note acts on what was told with it.
    catchUp: EpisodeFigures.parse(episode.figures).catchUp,
  };
  const manager = await managerInForce(store, rep);
  if (event.type === 'tell_manager') {
    // Whoever can't be told today is tomorrow, lest the rep hears that they were.
    if (!manager || !(await nudgesToday(store, manager, now))?.paceNotes) return;
    await saveEpisode(store, { ...episode, figures, managerToldOn: today });
    const told = paceDelivery('paceManager', manager, episode.id);
    await outbox.enqueue(tx, { ...told, dueAt: nextDaytime(zoneOf(manager.timeZone), now) });
    await outbox.enqueue(tx, { ...paceDelivery('paceShown', rep, episode.id), ...sending });
    return;
  }
  await saveEpisode(store, { ...episode, figures, resolvedOn: today });
  await outbox.enqueue(tx, { ...paceDelivery('paceResolved', rep, episode.id), ...sending });
  if (manager && (await wasTold(tx, manager, episode.id))) {
    const over = paceDelivery('paceResolved', manager, episode.id);
    await outbox.enqueue(tx, { ...over, dueAt: nextDaytime(zoneOf(manager.timeZone), now) });
  }
}

/** Whether that manager has seen the note: another one may plan with the rep by now. */
async function wasTold(tx: Tx, manager: PersonRef, episodeId: string) {
  const told = await sentKeys(tx, { ...manager, kind: ACTIVITY_DELIVERY.paceManager, since: '' });
  return told.has(episodeId);
}

function figuresOf(morning: Morning, finding: Finding): EpisodeFigures {
  const isShort = isVolume(finding) && finding.kind === 'volume';
  const line = lineOf(morning, finding);
  return { line, catchUp: isShort ? catchUpOf(morning, finding.subject) : null };
}

function lineOf({ plan, days, assessment }: Morning, finding: Finding): PaceLine {
  if (isVolume(finding)) {
    const activity = finding.subject;
    const judged = assessment.volume[activity].judged ?? paceOf(days.slice(-10), activity);
    const { planned, done, unlogged } = judged;
    const holds = finding.kind === 'volume' ? whatHolds(assessment, activity) : null;
    return { kind: 'volume', activity, days: judged.days, planned, done, unlogged, holds };
  }
  const stage = finding.subject;
  const { n, rate, low, high, plan: planned } = assessment.stages[stage];
  const perDay = rateOf(plan.work, STAGE_ENDS[stage].from);
  const figures = { rate: rate ?? 0, low: low ?? 0, high: high ?? 1, plan: planned ?? 0 };
  return { kind: 'stage', stage, n, ...figures, perDay };
}

function isVolume(finding: Finding): finding is VolumeFinding {
  return finding.kind === 'volume' || finding.kind === 'volume_high';
}

const isHolding = (share: number | null): share is number =>
  share !== null && share >= HOLDS.from && share <= HOLDS.to;

/** The first activity further down that has enough planned to be judged and is on plan. */
function whatHolds({ volume }: Assessment, activity: Activity) {
  for (const other of ACTIVITIES.slice(ACTIVITIES.indexOf(activity) + 1)) {
    const pace: Pace | null = volume[other].last10;
    if (pace !== null && pace.planned >= LEAST_PLANNED && isHolding(pace.share)) {
      return { activity: other, share: pace.share };
    }
  }
  return null;
}

function catchUpOf({ plan, today, days }: Morning, activity: Activity): CatchUp {
  const { work, calendar } = plan;
  const leads = STAGES.find((stage) => STAGE_ENDS[stage].from === activity);
  const perDay = rateOf(work, activity);
  return catchUp({
    activity,
    days,
    perDay: perDay >= 10 ? work.levels[activity].perDay : perDay,
    basePerDay: work.sellingDays > 0 ? work.baseLevels[activity].total / work.sellingDays : 0,
    horizons: horizons(plan, today),
    workdaysPerWeek: calendar.workdays.length,
    planRate: leads ? planRates(plan.work)[leads] : null,
    callsPerHour: work.callsPerHour,
  });
}

/** The ends of this month, the next, the quarter and the plan, each once, with the working days to them. */
function horizons(plan: PlanInForce, today: string): Horizon[] {
  const { end } = plan.work.period;
  const month = Number(today.slice(5, 7));
  const ends = [0, 1, (3 - (month % 3)) % 3].map((later) => lastDayOfMonth(today, later));
  const untils = [...new Set([...ends, end])].filter((until) => until <= end).sort();
  const dates = [...plan.days.keys()].filter((date) => date >= today);
  return untils
    .map((until) => ({ until, days: dates.filter((date) => date <= until).length }))
    .filter(({ days }) => days > 0);
}

/** The `count`th working day after a date; null where the plan ends before. */
function workingDayAfter({ days }: PlanInForce, date: string, count: number): string | null {
  return [...days.keys()].filter((one) => one > date)[count - 1] ?? null;
}

/** The pair of kind and subject, as the rules know it: the store holds any text. */
function subjectOf({ kind, subject }: Episode) {
  return { kind, subject } as Pick<OpenEpisode, 'kind' | 'subject'> as
    | { kind: 'volume' | 'volume_high'; subject: Activity }
    | { kind: 'conversion' | 'conversion_high'; subject: Stage };
}

function toOpen(episode: Episode): OpenEpisode {
  const { openedOn, managerOn, managerToldOn } = episode;
  return { ...subjectOf(episode), openedOn, managerOn, managerToldOn };
}
