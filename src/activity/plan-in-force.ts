/** What a rep's agreed plan and everything around it say about their days. */

import type { DatedStore, PersonRef, Store } from '../db/store.ts';
import { findPerson, managerOf, type Person, workspaceOf } from '../people/store.ts';
import { openTermsOf, type PlanDraft } from '../plan/draft.ts';
import type { Activities } from '../plan/model/activities.ts';
import { agreedActivities } from '../plan/model/agreed-levels.ts';
import { type ComputedPlan, liveFigures } from '../plan/model/compute.ts';
import { type DayWeights, windowDaysOf } from '../plan/model/day-weights.ts';
import { agreedVersionId, versionIdFor } from '../plan/round/store.ts';
import type { Sdr } from '../plan/schemas.ts';
import { findVersion, historyOf, lastAgreedVersionId, type Version } from '../plan/store.ts';
import { type WeekPart, weekOf } from '../plan/week-rules.ts';
import { addDays, datesBetween } from '../time/local-date.ts';
import { shareWorked, type WorkCalendar } from '../time/working-days.ts';
import { localDateIn, type Zone, zoneOf } from '../time/zone.ts';
import { dayPlans } from './day-rules.ts';
import type { PaceTerms } from './pace/episode-rules.ts';
import type { Counts } from './schemas.ts';
import { absencesOf, catchUpsOf, type Nudges, nudgesOf } from './store.ts';

/** What the agreed version says, without a personal figure in it. */
interface AgreedWork
  extends Pick<
    PlanDraft,
    'period' | 'calendar' | 'callBlocks' | 'callsPerHour' | 'funnel' | 'sdrPartner' | 'reviews'
  > {
  planId: string;
  versionId: string;
  /** When both had signed it. */
  agreedAt: Date;
  /** When both had signed the plan's first version. */
  firstAgreedAt: Date;
  levels: Activities;
  /** Without the insurance. */
  baseLevels: Activities;
  weights: DayWeights;
  paceTerms: PaceTerms;
  /** What the SDRs promised; null: there are none. */
  sdr: Sdr | null;
  /** How often the rep and their SDR partner sync; null: not at all. */
  sync: 'weekly' | 'daily' | null;
  /** What has its time in the week. */
  week: readonly WeekPart[];
  /** The local date of its first renewal, after which it is asked about; null: it has none. */
  firstRenewal: string | null;
}

export interface PlanInForce {
  rep: Person;
  work: AgreedWork;
  zone: Zone;
  /** The first local date that this version says anything about: its days before were another's. */
  since: string;
  nudges: Nudges;
  /** Workdays of the plan; holidays and the company's own days; time off of the plan and since. */
  calendar: WorkCalendar;
  /** What each working day asks of the rep, by local date: the agreed levels, prorated. */
  days: ReadonlyMap<string, Counts>;
  /** The same with a catch-up plan in it: what is asked of the rep now. */
  target(date: string): Counts | null;
  /** How much of a working day is worked: 1, or less where a part of it is off. */
  share(date: string): number;
}

/** An agreed version never changes, so what it says is worked out once. */
const known = new Map<string, AgreedWork>();
const MOST_KNOWN = 2_000;

/**
 * The plan that the rep and their manager have agreed on and that counts now; null while there is none. Of several
 * the one that runs, else the next to begin, else the last. `on`: the one that holds that local date, if one does.
 */
export async function planInForce(
  store: DatedStore,
  who: PersonRef,
  on?: string,
): Promise<PlanInForce | null> {
  const rep = await activeRep(store, who);
  if (!rep) return null;
  const today = localDateIn(rep.timeZone, store.clock.now());
  const versionId =
    on === undefined
      ? await agreedVersionId(store.db, rep, today)
      : await versionIdFor(store.db, rep, { date: on, today });
  return versionId === null ? null : planOfVersion(store, rep, versionId);
}

/** A plan of the rep as it was agreed last, though it may be closed by now; null where it never was. */
export async function planAsAgreed(
  store: Store,
  who: PersonRef,
  planId: string,
): Promise<PlanInForce | null> {
  const rep = await activeRep(store, who);
  const versionId = rep && (await lastAgreedVersionId(store.db, planId));
  return rep && versionId ? planOfVersion(store, rep, versionId) : null;
}

async function activeRep(
  { db }: Store,
  { workspaceId, userId }: PersonRef,
): Promise<Person | null> {
  const rep = await findPerson(db, { workspaceId, userId });
  return rep && !rep.deactivated ? rep : null;
}

async function planOfVersion(
  store: Store,
  rep: Person,
  versionId: string,
): Promise<PlanInForce | null> {
  const { db } = store;
  const { workspaceId } = rep;
  const work = await agreedWork(store, versionId);
  if (!work) return null;
  const { companyDays } = await workspaceOf(db, workspaceId);
  const nudges = await nudgesOf(store, rep);
  const absences = await absencesOf(db, rep, work.period.start);
  const catchUps = await catchUpsOf(db, rep);
  const calendar = {
    workdays: work.calendar.workdays,
    holidays: [
      ...work.calendar.holidays,
      ...companyDays.flatMap(({ from, to }) => datesBetween(from, to)),
    ],
    timeOff: [...work.calendar.timeOff, ...absences],
  };
  const days = daysOf(work, calendar);
  const zone = zoneOf(rep.timeZone);
  return {
    rep,
    work,
    zone,
    since: [zone.dateAt(work.agreedAt), work.period.start].sort()[1] ?? work.period.start,
    nudges,
    calendar,
    days,
    target(date) {
      const planned = days.get(date);
      if (!planned) return null;
      const counts = { ...planned };
      for (const { activity, perDay, from, until } of catchUps) {
        if (from > date || date > until) continue;
        const asked = Math.ceil(perDay * shareWorked(calendar, date));
        counts[activity] = Math.max(counts[activity], asked);
      }
      return counts;
    },
    share: (date) => shareWorked(calendar, date),
  };
}

const lastDays = new WeakMap<AgreedWork, { calendar: string; days: ReadonlyMap<string, Counts> }>();

/** What each working day asks, worked out anew only where days off have changed. */
function daysOf(work: AgreedWork, calendar: WorkCalendar): ReadonlyMap<string, Counts> {
  const asText = JSON.stringify(calendar);
  const last = lastDays.get(work);
  if (last?.calendar === asText) return last.days;
  const days = dayPlans({ ...work, calendar });
  lastDays.set(work, { calendar: asText, days });
  return days;
}

/** Whom the rep plans with now, where that is somebody who can read. */
export async function managerInForce({ db }: Store, who: PersonRef): Promise<Person | null> {
  const manager = await managerOf(db, who);
  return manager?.deactivated ? null : manager;
}

async function agreedWork(store: Store, versionId: string): Promise<AgreedWork | null> {
  const found = known.get(versionId);
  if (found) return found;
  const version = await findVersion(store, versionId);
  if (!version) return null;
  const { draft } = version;
  const live = liveFigures(openTermsOf(draft));
  const levels = agreedActivities(draft, live);
  const { baseActivities: baseLevels, weights, layers } = live;
  if (!levels || !baseLevels || !weights || !layers) return null;
  const { period, calendar, callBlocks, callsPerHour, funnel, sdrPartner, newBusiness } = draft;
  const work: AgreedWork = {
    planId: version.planId,
    versionId,
    ...(await agreedTimes(store, version)),
    period,
    calendar,
    callBlocks,
    callsPerHour,
    funnel,
    sdrPartner,
    levels,
    baseLevels,
    weights,
    paceTerms: paceTermsOf({ period, funnel, newBusiness, layers, weights }),
    sdr: newBusiness?.sdr ?? null,
    sync: newBusiness?.sdr?.sync ?? null,
    reviews: draft.reviews,
    week: weekOf(draft),
    firstRenewal: draft.renewals.map(({ date }) => date).sort()[0] ?? null,
  };
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(versionId, work);
  return work;
}

async function agreedTimes(
  store: Store,
  { id, planId }: Version,
): Promise<Pick<AgreedWork, 'agreedAt' | 'firstAgreedAt'>> {
  const history = await historyOf(store, planId);
  const agreed = history.flatMap(({ id: versionId, events }) =>
    events.filter(({ kind }) => kind === 'agreed').map(({ at }) => ({ versionId, at })),
  );
  const own = agreed.findLast(({ versionId }) => versionId === id);
  const times = agreed.map(({ at }) => at.getTime());
  if (!own) throw new Error('an agreed version has no signature');
  return { agreedAt: own.at, firstAgreedAt: new Date(Math.min(...times)) };
}

/** What pace is measured with. */
export function paceTermsOf({
  period,
  funnel,
  newBusiness,
  layers,
  weights,
}: Pick<PlanDraft, 'period' | 'funnel' | 'newBusiness'> &
  Pick<ComputedPlan, 'layers'> & { weights: DayWeights }): PaceTerms {
  const { opportunities, sdrSupply } = layers.newBusiness;
  return {
    start: period.start,
    funnel,
    salesCycleDays: newBusiness?.salesCycleDays ?? 0,
    sdrShare: opportunities > 0 ? Math.min(1, sdrSupply / opportunities) : 0,
    newUntil: settledBy(weights),
    // A lead that qualifies is an opportunity, and takes as many visits as a demo does.
    visitsPerLead: Math.min(1, (newBusiness?.sdr?.qualificationRate ?? 0) / funnel.visitToDemo),
  };
}

/** How long after their ramp a new hire is settling in: calendar days. */
const SETTLING = 60;

function settledBy(weights: DayWeights): string | null {
  if (!weights.isRamped) return null;
  const within = windowDaysOf(weights);
  const full = Math.max(...within.map(({ creation }) => creation));
  const last = within.findLast(({ creation }) => creation < full);
  return last ? addDays(last.date, SETTLING) : null;
}
