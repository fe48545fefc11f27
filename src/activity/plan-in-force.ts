/** What a rep's agreed plan and everything around it say about their days. */

import { gatheredOfEach } from '../db/gathered.ts';
import { remember } from '../db/remember.ts';
import type { DatedStore, PersonRef, Store } from '../db/store.ts';
import { findPeople, managerOf, type Person, workspaceOf } from '../people/store.ts';
import { openTermsOf, type PlanDraft } from '../plan/draft.ts';
import type { Activities } from '../plan/model/activities.ts';
import { agreedActivities } from '../plan/model/agreed-levels.ts';
import { type ComputedPlan, liveFigures } from '../plan/model/compute.ts';
import { type DayWeights, windowDaysOf } from '../plan/model/day-weights.ts';
import { planInForceOn } from '../plan/round/choose-rules.ts';
import { plansOf, versionIdFor } from '../plan/round/store.ts';
import type { Sdr } from '../plan/schemas.ts';
import { findVersions, lastAgreedVersionId, sealings, type Version } from '../plan/store.ts';
import { type WeekPart, weekOf } from '../plan/week-rules.ts';
import { addDays, datesBetween } from '../time/local-date.ts';
import { shareWorked, type WorkCalendar } from '../time/working-days.ts';
import { localDateIn, type Zone, zoneOf } from '../time/zone.ts';
import { agreedDays } from './day-rules.ts';
import type { PaceTerms } from './pace/episode-rules.ts';
import type { Counts } from './schemas.ts';
import { spreadTime } from './spread-rules.ts';
import { type AroundPlan, aroundPlans, type Nudges } from './store.ts';

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
  /** When the rep is asked how it went, local: at the time that they chose, or before it where many are asked. */
  checkInTime: string;
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
  { workspaceId, userId }: PersonRef,
  on?: string,
): Promise<PlanInForce | null> {
  if (on === undefined)
    return (await newestInForce(store.db, { store, workspaceId, userId })) ?? null;
  const [rep] = await activeReps(store, workspaceId, [userId]);
  if (!rep) return null;
  const today = localDateIn(rep.timeZone, store.clock.now());
  const versionId = await versionIdFor(store.db, rep, { date: on, today });
  return versionId === null ? null : planOfVersion(store, rep, versionId);
}

const newestInForce = gatheredOfEach(
  (db, { store, workspaceId }: PersonRef & { store: DatedStore }, repIds) =>
    plansInForce({ ...store, db }, workspaceId, repIds),
);

/** The same of several reps, by their user ids; who has none is left out. Asks as often for many as for one. */
export async function plansInForce(
  store: DatedStore,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, PlanInForce>> {
  const reps = await activeReps(store, workspaceId, repIds);
  if (reps.length === 0) return new Map();
  const ids = reps.map(({ userId }) => userId);
  const plans = await plansOf(store.db, workspaceId, ids);
  const now = store.clock.now();
  const chosen = reps.flatMap((rep) => {
    const today = localDateIn(rep.timeZone, now);
    const versionId = planInForceOn(plans.get(rep.userId) ?? [], today)?.signed?.id;
    return versionId === undefined ? [] : [{ rep, versionId }];
  });
  return plansOfVersions(store, workspaceId, chosen);
}

/** A plan of the rep as it was agreed last, though it may be closed by now; null where it never was. */
export async function planAsAgreed(
  store: Store,
  { workspaceId, userId }: PersonRef,
  planId: string,
): Promise<PlanInForce | null> {
  const [rep] = await activeReps(store, workspaceId, [userId]);
  const versionId = rep && (await lastAgreedVersionId(store.db, planId));
  return rep && versionId ? planOfVersion(store, rep, versionId) : null;
}

async function activeReps(
  { db }: Store,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Person[]> {
  const people = await findPeople(db, workspaceId, repIds);
  return people.filter(({ deactivated }) => !deactivated);
}

async function planOfVersion(
  store: Store,
  rep: Person,
  versionId: string,
): Promise<PlanInForce | null> {
  const plans = await plansOfVersions(store, rep.workspaceId, [{ rep, versionId }]);
  return plans.get(rep.userId) ?? null;
}

/** By the rep's user id; without those that can't be computed. */
async function plansOfVersions(
  store: Store,
  workspaceId: string,
  chosen: readonly { rep: Person; versionId: string }[],
): Promise<Map<string, PlanInForce>> {
  const { db } = store;
  const works = await agreedWorks(
    store,
    chosen.map(({ versionId }) => versionId),
  );
  const found = chosen.flatMap(({ rep, versionId }) => {
    const work = works.get(versionId);
    return work ? [{ rep, work }] : [];
  });
  if (found.length === 0) return new Map();
  const ids = found.map(({ rep }) => rep.userId);
  const [since = ''] = found.map(({ work }) => work.period.start).sort();
  const { companyDays, asked } = await workspaceOf(db, workspaceId);
  const companyDates = companyDays.flatMap(({ from, to }) => datesBetween(from, to));
  const around = await aroundPlans(store, workspaceId, ids, since);
  return new Map(
    found.flatMap(({ rep, work }) => {
      const own = around.get(rep.userId);
      if (!own) return [];
      const absences = own.absences.filter(({ to }) => to >= work.period.start);
      return [[rep.userId, toPlan(rep, work, { ...own, absences, companyDates, asked })]];
    }),
  );
}

function toPlan(
  rep: Person,
  work: AgreedWork,
  around: AroundPlan & { companyDates: readonly string[]; asked: number },
): PlanInForce {
  const { companyDates, asked, nudges, absences, catchUps } = around;
  const calendar = {
    workdays: work.calendar.workdays,
    holidays: [...work.calendar.holidays, ...companyDates],
    timeOff: [...work.calendar.timeOff, ...absences],
  };
  const days = agreedDays({ ...work, calendar });
  const zone = zoneOf(rep.timeZone);
  return {
    rep,
    work,
    zone,
    since: [zone.dateAt(work.agreedAt), work.period.start].sort()[1] ?? work.period.start,
    nudges,
    checkInTime: spreadTime(nudges.checkInTime, rep.userId, asked),
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

/** Whom the rep plans with now, where that is somebody who can read. */
export async function managerInForce({ db }: Store, who: PersonRef): Promise<Person | null> {
  const manager = await managerOf(db, who);
  return manager?.deactivated ? null : manager;
}

/** By the version's id; without those that can't be computed. */
async function agreedWorks(
  store: Store,
  versionIds: readonly string[],
): Promise<Map<string, AgreedWork>> {
  const works = new Map<string, AgreedWork>();
  for (const id of versionIds) {
    const work = known.get(id);
    if (work) works.set(id, work);
  }
  const versions = await findVersions(
    store,
    versionIds.filter((id) => !works.has(id)),
  );
  const signed = await sealings(
    store.db,
    versions.map(({ planId }) => planId),
  );
  for (const version of versions) {
    const work = workOf(version, signed);
    if (!work) continue;
    works.set(version.id, work);
    remember(known, version.id, work, MOST_KNOWN);
  }
  return works;
}

type Sealing = Awaited<ReturnType<typeof sealings>>[number];

/** Null where the version can't be computed. */
function workOf(version: Version, signed: readonly Sealing[]): AgreedWork | null {
  const { draft } = version;
  const live = liveFigures(openTermsOf(draft));
  const levels = agreedActivities(draft, live);
  const { baseActivities: baseLevels, weights, layers } = live;
  if (!levels || !baseLevels || !weights || !layers) return null;
  const { period, calendar, callBlocks, callsPerHour, funnel, sdrPartner, newBusiness } = draft;
  return {
    planId: version.planId,
    versionId: version.id,
    ...agreedTimes(version, signed),
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
}

/** `signed`: in order. */
function agreedTimes(
  { id, planId }: Version,
  signed: readonly Sealing[],
): Pick<AgreedWork, 'agreedAt' | 'firstAgreedAt'> {
  const agreed = signed.filter((one) => one.planId === planId);
  const own = agreed.findLast(({ versionId }) => versionId === id);
  const [first] = agreed;
  if (!own || !first) throw new Error('an agreed version has no signature');
  return { agreedAt: own.at, firstAgreedAt: first.at };
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
