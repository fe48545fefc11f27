/** The morning's look at a rep's pace: what is worth a word, to whom, once. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { sentKeys } from '../../outbox/sent-keys.ts';
import { toNumber } from '../../plan/model/exact.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { nextDaytime } from '../../time/daytime.ts';
import { addDays, lastDayOfMonth } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { nudgesToday } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, paceDelivery } from '../delivery-keys.ts';
import { managerInForce, type PlanInForce } from '../plan-in-force.ts';
import { worthUntil } from '../schedule-rules.ts';
import { addEpisode, type Episode, episodesOf, saveEpisode } from '../store.ts';
import {
  type CatchUp,
  catchUp,
  type Horizon,
  horizonsTo,
  quarterStart,
  unitDays,
} from './catch-up-rules.ts';
import { countedDays } from './counted-days.ts';
import {
  type Assessment,
  assess,
  type EpisodeEvent,
  type EpisodeSubject,
  type Finding,
  isForManager,
  type Morning,
  type OpenEpisode,
  paceSinceNote,
  stepEpisodes,
} from './episode-rules.ts';
import { EpisodeFigures, type PaceLine } from './figures-schemas.ts';
import { leadDays } from './lead-days.ts';
import { leadPace, leadsSinceNote } from './lead-rules.ts';
import { isLogged, paceOf } from './pace-rules.ts';
import { MOST_DAYS, STAGE_ENDS, STAGES } from './stage-rate-rules.ts';

/** Calendar days that hold all counted days that can matter, and the absences between. */
const LOOK_BACK = 300;
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
  const days = (await countedDays(store, plan, { from, through })).slice(-MOST_DAYS);
  const leads = await leadDays(store, plan, through);
  const found = await episodesOf(store, rep, addDays(today, -LOOK_BACK));
  const isOld = (one: Episode) => one.resolvedOn === null && one.openedOn < plan.since;
  // What was off in a plan or version before this one is nobody's matter any more.
  for (const one of found.filter(isOld)) await saveEpisode(store, { ...one, resolvedOn: today });
  const known = found.filter((one) => !isOld(one));
  const open = known.filter(({ resolvedOn }) => resolvedOn === null);
  const resolved = known.flatMap((one) =>
    one.resolvedOn === null ? [] : [{ ...subjectOf(one), resolvedOn: one.resolvedOn }],
  );
  const terms = plan.work.paceTerms;
  const morning = { today, days, leads, terms, open: open.map(toOpen), resolved };
  const assessment = assess(morning);
  for (const event of stepEpisodes({ ...morning, assessment })) {
    await act(deps, tx, { plan, morning, assessment, open }, event);
  }
}

interface Look {
  plan: PlanInForce;
  morning: Morning;
  assessment: Assessment;
  open: readonly Episode[];
}

async function act(deps: Deps, tx: Tx, look: Look, event: EpisodeEvent) {
  const { outbox, encryption, clock } = deps;
  const { plan, open } = look;
  const { today } = look.morning;
  const { rep } = plan;
  const now = clock.now();
  const sending = { dueAt: now, sendBy: worthUntil(plan.zone, today, now) };

  if (event.type === 'open') {
    const { finding } = event;
    // Nobody is told of what the rep wasn't told that somebody would be.
    const isTold =
      isForManager(finding) && (await managerInForce({ db: tx, encryption }, rep)) !== null;
    const id = await addEpisode(tx, rep, {
      kind: finding.kind,
      subject: finding.subject,
      openedOn: today,
      managerOn: isTold ? workingDayAfter(plan, today, REP_FIRST_DAYS) : null,
      figures: figuresOf(look, finding),
    });
    // Held back, it is worth telling as long as it lasts.
    await outbox.enqueue(tx, paceDelivery('pace', rep, id));
    return;
  }

  const episode = open.find(
    ({ kind, subject }) => kind === event.episode.kind && subject === event.episode.subject,
  );
  if (!episode) return;
  const store = { db: tx, encryption };
  const figures = {
    line:
      event.type === 'resolve'
        ? closingLine(look, event.episode)
        : lineOf(look, { ...event.episode, also: [] } as Finding),
    // The button of the note acts on what was told with it.
    catchUp: EpisodeFigures.parse(episode.figures).catchUp,
  };
  const manager = await managerInForce(store, rep);
  if (event.type === 'tell_manager') {
    // Whoever can't be told today is tomorrow, lest the rep hears that they were.
    if (!manager || !(await nudgesToday(store, manager, now))?.paceNotes) return;
    if (!(await wasTold(tx, rep, ACTIVITY_DELIVERY.pace, episode.id))) return;
    await saveEpisode(store, { ...episode, figures, managerToldOn: today });
    const told = paceDelivery('paceManager', manager, episode.id);
    await outbox.enqueue(tx, { ...told, dueAt: nextDaytime(zoneOf(manager.timeZone), now) });
    await outbox.enqueue(tx, paceDelivery('paceShown', rep, episode.id));
    return;
  }
  await saveEpisode(store, { ...episode, figures, resolvedOn: today });
  // Whoever logs again knows that.
  if (episode.kind === 'logging') return;
  await outbox.enqueue(tx, { ...paceDelivery('paceResolved', rep, episode.id), ...sending });
  if (manager && (await wasTold(tx, manager, ACTIVITY_DELIVERY.paceManager, episode.id))) {
    const over = paceDelivery('paceResolved', manager, episode.id);
    await outbox.enqueue(tx, { ...over, dueAt: nextDaytime(zoneOf(manager.timeZone), now) });
  }
}

/** Whether they have seen a note: another manager may plan with the rep by now, and a rep's may be held. */
async function wasTold(tx: Tx, reader: PersonRef, kind: string, episodeId: string) {
  const told = await sentKeys(tx, { ...reader, kind, since: '' });
  return told.has(episodeId);
}

function figuresOf(look: Look, finding: Finding): EpisodeFigures {
  const line = lineOf(look, finding);
  return { line, catchUp: finding.kind === 'volume' ? catchUpOf(look, finding.subject) : null };
}

/** What ended it: of volume and leads the very days by which it is over. */
function closingLine(look: Look, episode: OpenEpisode): PaceLine {
  const came = episode.kind === 'leads' && leadsSinceNote(look.morning.leads, episode.openedOn);
  if (came) return { kind: 'leads', ...came };
  const line = lineOf(look, { ...episode, also: [] } as Finding);
  if (line.kind !== 'volume') return line;
  const { activity: subject } = line;
  const { days, planned, done } = paceSinceNote(
    { subject, openedOn: episode.openedOn },
    look.morning.days,
  );
  return { ...line, days, planned, done, unlogged: 0, holds: null };
}

function lineOf(look: Look, finding: Finding): PaceLine {
  const { plan, assessment } = look;
  switch (finding.kind) {
    case 'volume':
    case 'volume_high': {
      const activity = finding.subject;
      const { judged, last10 } = assessment.volume[activity];
      const { days, logged, planned, done } = judged ?? last10;
      const holds = finding.kind === 'volume' ? whatHolds(assessment, activity) : null;
      return { kind: 'volume', activity, days, planned, done, unlogged: days - logged, holds };
    }
    case 'conversion':
    case 'conversion_high': {
      const stage = finding.subject;
      const { n, rate, low, high, plan: planned } = assessment.stages[stage];
      const takes = plan.work.levels[STAGE_ENDS[stage].from].shown;
      const figures = { rate: rate ?? 0, low: low ?? 0, high: high ?? 1, plan: planned ?? 0 };
      return { kind: 'stage', stage, n, ...figures, takes };
    }
    case 'logging':
      return { kind: 'logging', ...(assessment.logging ?? { days: 0, logged: 0 }) };
    case 'leads':
      return leadsLine(look);
  }
}

/** The stretch that is short, or all since the note where they come again; where none is known, a month. */
function leadsLine({ plan, morning, assessment }: Look): PaceLine {
  const { leads, open } = morning;
  const openedOn = open.find(({ kind }) => kind === 'leads')?.openedOn ?? '';
  const pace = assessment.leads ?? leadPace((leads ?? []).filter(({ date }) => date >= openedOn));
  if (leads !== null && pace) return { kind: 'leads', ...pace };
  const { inboundPerMonth = 0, outboundPerMonth = 0 } = plan.work.sdr ?? {};
  const promised = { inbound: inboundPerMonth, outbound: outboundPerMonth };
  return { kind: 'leads', from: plan.since, promised, received: null };
}

const isHolding = (share: number | null): share is number =>
  share !== null && share >= HOLDS.from && share <= HOLDS.to;

/** The first activity further down that has enough planned to be judged and is on plan. */
function whatHolds({ volume }: Assessment, activity: Activity) {
  for (const other of ACTIVITIES.slice(ACTIVITIES.indexOf(activity) + 1)) {
    const { last10 } = volume[other];
    if (last10.planned >= LEAST_PLANNED && isLogged(last10) && isHolding(last10.share)) {
      return { activity: other, share: last10.share };
    }
  }
  return null;
}

/** Of all that is short since the plan's quarter began, and in any case of the stretch that is told of. */
function catchUpOf({ plan, morning, assessment }: Look, activity: Activity): CatchUp {
  const { work, calendar } = plan;
  const { today, days } = morning;
  const stretch = days.at(-(assessment.volume[activity].judged?.days ?? 1))?.date ?? today;
  const [from = today] = [quarterStart(work.period.start, today), stretch].sort();
  const stage = STAGES.find((one) => STAGE_ENDS[one].from === activity);
  const { exact, shown } = work.levels[activity];
  const workdaysPerWeek = calendar.workdays.length;
  const daysPerMonth = toNumber(work.weights.daysPerMonth);
  return catchUp({
    activity,
    known: paceOf(
      days.filter(({ date }) => date >= from),
      activity,
    ),
    perDay: exact,
    basePerDay: work.baseLevels[activity].exact,
    horizons: horizons(plan, today, activity),
    workdaysPerWeek,
    unit: { per: shown.per, days: unitDays(shown.per, { workdaysPerWeek, daysPerMonth }) },
    planRate: stage ? work.funnel[stage] : null,
    callsPerHour: work.callsPerHour,
  });
}

/** The ends of this month, the next, the plan's quarter and the plan, each once. */
function horizons(plan: PlanInForce, today: string, activity: Activity): Horizon[] {
  const { start, end } = plan.work.period;
  const quarterEnd = lastDayOfMonth(quarterStart(start, today), 2);
  const ends = [lastDayOfMonth(today), lastDayOfMonth(today, 1), quarterEnd];
  const untils = [...new Set([...ends, end])].filter((until) => until <= end);
  return horizonsTo(untils, today, activity, plan.days);
}

/** The `count`th working day after a date; null where the plan ends before. */
function workingDayAfter({ days }: PlanInForce, date: string, count: number): string | null {
  return [...days.keys()].filter((one) => one > date)[count - 1] ?? null;
}

/** The pair of kind and subject, as the rules know it: the store holds any text. */
function subjectOf({ kind, subject }: Episode): EpisodeSubject {
  return { kind, subject } as EpisodeSubject;
}

function toOpen(episode: Episode): OpenEpisode {
  const { openedOn, managerOn, managerToldOn } = episode;
  return { ...subjectOf(episode), openedOn, managerOn, managerToldOn };
}
