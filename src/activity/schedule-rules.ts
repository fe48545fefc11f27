/** When a person's day asks something of them: which dates first, then the instants of those alone. */
import { addDays, WEEKDAYS, type Weekday, weekdayOf } from '../time/local-date.ts';
import { laterOn } from '../time/time-of-day.ts';
import { hoursOff, type WorkCalendar, workingDates } from '../time/working-days.ts';
import type { Zone } from '../time/zone.ts';

/** What is this late is worth nothing any more. */
export const CATCH_UP_HOURS = 4;

const MINUTE_MS = 60_000;

/** The first date with nudges again of a pause that lasts until its rep says so. */
export const PAUSED_FOR_GOOD = '9999-12-31';

/** Whether somebody is asked on a date: all working days where they chose none that is worked. */
export function isAskedOn(
  { weekdays }: { weekdays: readonly Weekday[] },
  { workdays }: WorkCalendar,
  date: string,
): boolean {
  const chosen = weekdays.filter((day) => workdays.includes(day));
  return chosen.length === 0 || chosen.includes(weekdayOf(date));
}

/** The morning's look at the pace, before anything else of the day. */
export const PACE_TIME = '08:45';

/** All dates are local, all times `HH:mm` as clocks show them there. */
export interface DailySchedule {
  zone: Zone;
  /** Of the agreed plan, both ends in. Nothing falls outside it. */
  period: { start: string; end: string };
  /** Holidays with the company's own, time off from wherever it was named. */
  calendar: WorkCalendar;
  nudges: {
    checkIns: boolean;
    checkInTime: string;
    /** The weekdays with a check-in; empty means all that are worked. */
    weekdays: readonly Weekday[];
    callBlocks: boolean;
    syncs: boolean;
  };
  callBlocks: readonly { id: string; days: readonly Weekday[]; start: string; minutes: number }[];
  /** With the SDR partner. `day` is of no matter where it is daily. */
  sync: { frequency: 'weekly' | 'daily'; day: Weekday; time: string } | null;
}

export type OccurrenceKind = 'check_in' | 'call_block' | 'block_end' | 'sdr_sync' | 'pace';

/** One for each kind, date and slot. */
export interface Occurrence {
  kind: OccurrenceKind;
  date: string;
  /** The call block's id, else ''. */
  slot: string;
  at: Date;
  /** Worth sending until then: after `at`, and still on its date. */
  sendBy: Date;
}

/** Until when something that fell due on a date is worth sending: never on the next date. */
export function worthUntil(zone: Zone, date: string, dueAt: Date): Date {
  const end = zone.instantAt(addDays(date, 1), '00:00');
  return new Date(Math.min(end.getTime(), dueAt.getTime() + CATCH_UP_HOURS * 60 * MINUTE_MS));
}

const lastMomentOf = (zone: Zone, date: string) =>
  new Date(zone.instantAt(addDays(date, 1), '00:00').getTime() - 1);

/**
 * When something that its reader has put off is sent. They asked for it, so it is worth sending to the last
 * moment of the day; by that it is told from what was planned.
 */
export function snoozeWindow(zone: Zone, date: string, dueAt: Date): { dueAt: Date; sendBy: Date } {
  return { dueAt, sendBy: lastMomentOf(zone, date) };
}

export function isSnoozed(zone: Zone, date: string, { sendBy }: { sendBy: Date | null }): boolean {
  return sendBy?.getTime() === lastMomentOf(zone, date).getTime();
}

/** What falls after `after` and at or before `until`, in order. */
export function occurrencesIn(
  schedule: DailySchedule,
  { after, until }: { after: Date; until: Date },
): Occurrence[] {
  const from = schedule.zone.dateAt(after);
  const to = schedule.zone.dateAt(until);
  return [...plannedDates(schedule, from, to)]
    .flatMap((planned) => occurrencesOn(schedule, planned))
    .filter(({ at }) => at > after && at <= until);
}

/** How many days are looked through at once: most find something in the first few. */
const STRIDE = 14;

/** The first that falls after `after`; `null` where the period has none left. */
export function nextOccurrence(schedule: DailySchedule, after: Date): Occurrence | null {
  const { zone, period } = schedule;
  let from = latest(zone.dateAt(after), period.start);
  for (; from <= period.end; from = addDays(from, STRIDE)) {
    for (const planned of plannedDates(schedule, from, addDays(from, STRIDE - 1))) {
      const next = occurrencesOn(schedule, planned).find(({ at }) => at > after);
      if (next) return next;
    }
  }
  return null;
}

interface Plan {
  kind: OccurrenceKind;
  slot: string;
  time: string;
  /** How long it lasts; null: no matter. */
  minutes: number | null;
}

interface PlannedDate {
  date: string;
  plans: Plan[];
}

/** The dates in the period from `from` to `to` on which something is planned, and what. */
function* plannedDates(schedule: DailySchedule, from: string, to: string): Generator<PlannedDate> {
  const { period, calendar } = schedule;
  const first = latest(from, period.start);
  const last = to < period.end ? to : period.end;
  if (last < first) return;
  // A weekly sync may have been put off by up to six days.
  const working = workingDates(calendar, addDays(first, -6), last);
  const isSync = syncDates(schedule, working);
  for (const date of working) {
    if (date >= first) yield { date, plans: aroundHoursOff(schedule, date, isSync(date)) };
  }
}

/**
 * Nothing comes in hours that are off: a call block or a sync in them isn't asked about, and the day's own question
 * comes where they begin, or after a morning off.
 */
function aroundHoursOff(schedule: DailySchedule, date: string, isSync: boolean): Plan[] {
  const off = hoursOff(schedule.calendar, date);
  const plans = plansOn(schedule, date, isSync);
  const hoursAt = (time: string) => off.find(({ start, end }) => start <= time && time < end);
  const isHeld = (id: string) =>
    plans.some(({ kind, slot, time }) => kind === 'call_block' && slot === id && !hoursAt(time));
  return plans.flatMap((plan) => {
    const hours = hoursAt(plan.time);
    if (plan.kind === 'block_end') return isHeld(plan.slot) ? [plan] : [];
    if (!hours) return [plan];
    if (plan.kind === 'call_block' || plan.kind === 'sdr_sync') return [];
    return [{ ...plan, time: hours.start >= MIDDAY ? hours.start : earlier(hours.end, '23:59') }];
  });
}

const MIDDAY = '12:00';
const earlier = (time: string, other: string) => [time, other].sort()[0] ?? time;

function plansOn(schedule: DailySchedule, date: string, isSync: boolean): Plan[] {
  const { nudges, callBlocks, sync } = schedule;
  const weekday = weekdayOf(date);
  const plans: Plan[] = [{ kind: 'pace', slot: '', time: PACE_TIME, minutes: null }];
  const blocks = callBlocks.filter(({ days }) => days.includes(weekday));
  if (nudges.callBlocks) {
    for (const { id, start, minutes } of blocks) {
      plans.push({ kind: 'call_block', slot: id, time: start, minutes });
      plans.push({ kind: 'block_end', slot: id, time: laterOn(start, minutes), minutes: null });
    }
  }
  if (nudges.syncs && sync && isSync) {
    plans.push({
      kind: 'sdr_sync',
      slot: '',
      time: syncTimeOn(schedule, date, sync.time),
      minutes: null,
    });
  }
  if (nudges.checkIns && isAskedOn(nudges, schedule.calendar, date)) {
    plans.push({
      kind: 'check_in',
      slot: '',
      time: after(blocks, nudges.checkInTime),
      minutes: null,
    });
  }
  return plans;
}

/** When the sync of a date is: at its time, or after the call blocks of that day that it would fall into. */
export function syncTimeOn(
  { callBlocks }: Pick<DailySchedule, 'callBlocks'>,
  date: string,
  time: string,
): string {
  return after(
    callBlocks.filter(({ days }) => days.includes(weekdayOf(date))),
    time,
  );
}

/** Whether the two sync on a date. */
export function hasSyncOn(schedule: DailySchedule, date: string): boolean {
  const found = [...plannedDates(schedule, date, date)];
  return found.some(({ plans }) => plans.some(({ kind }) => kind === 'sdr_sync'));
}

/** A wall time, or the end of the call blocks that it falls into. */
function after(blocks: readonly { start: string; minutes: number }[], time: string): string {
  const inOrder = [...blocks].sort((a, b) => (a.start < b.start ? -1 : 1));
  return inOrder.reduce((at, { start, minutes }) => {
    const end = laterOn(start, minutes);
    return start <= at && at < end ? end : at;
  }, time);
}

/**
 * Whether a working day has a sync. A weekly one whose day isn't worked is on the next working day of
 * that week; where there is none, the week has no sync.
 *
 * @param working the working days up to the last that is asked for, from six days before the first.
 */
function syncDates(
  { sync, calendar }: DailySchedule,
  working: readonly string[],
): (date: string) => boolean {
  if (sync?.frequency !== 'weekly') return () => true;
  const worked = new Set(working);
  const weekStart = firstDayOfWeek(calendar.workdays);
  return (date) => {
    const late = daysAfter(sync.day, weekdayOf(date));
    if (late > daysAfter(weekStart, weekdayOf(date))) return false;
    for (let days = late; days > 0; days -= 1) {
      if (worked.has(addDays(date, -days))) return false;
    }
    return true;
  };
}

/** A week begins with the workday after its longest rest: Sunday where Friday and Saturday are free. */
function firstDayOfWeek(workdays: readonly Weekday[]): Weekday {
  let start: Weekday = 'mon';
  let longest = 0;
  for (const workday of workdays) {
    const gaps = workdays.map((other) => daysAfter(other, workday)).filter((days) => days > 0);
    const rest = Math.min(7, ...gaps) - 1;
    if (rest > longest) {
      longest = rest;
      start = workday;
    }
  }
  return start;
}

/** Days from one weekday to the next such: 0–6. */
function daysAfter(from: Weekday, to: Weekday): number {
  return (WEEKDAYS.indexOf(to) - WEEKDAYS.indexOf(from) + 7) % 7;
}

/** What is planned on a date, in order. Empty on a date that the zone's calendar left out. */
function occurrencesOn({ zone }: DailySchedule, { date, plans }: PlannedDate): Occurrence[] {
  const occurrences = plans.flatMap(({ kind, slot, time, minutes }) => {
    const at = instantOn(zone, date, time);
    if (at === null) return [];
    const worth = worthUntil(zone, date, at).getTime();
    const over = minutes === null ? worth : at.getTime() + minutes * MINUTE_MS;
    return [{ kind, date, slot, at, sendBy: new Date(Math.min(worth, over)) }];
  });
  return occurrences.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** A time that clocks leap over may land on the next date: the last minute of its own will do. */
function instantOn(zone: Zone, date: string, time: string): Date | null {
  const at = zone.instantAt(date, time);
  if (zone.dateAt(at) === date) return at;
  const end = zone.instantAt(addDays(date, 1), '00:00');
  const lastMinute = new Date(end.getTime() - MINUTE_MS);
  return zone.dateAt(lastMinute) === date ? lastMinute : null;
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}
