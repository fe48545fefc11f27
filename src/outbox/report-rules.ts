/** What somebody was sent, day by day, and how many notifications a week that came to. */
import { addDays, mondayOf } from '../time/local-date.ts';
import type { Zone } from '../time/zone.ts';

/** A delivery as the report looks at it. */
export interface ReportedRow {
  kind: string;
  state: string;
  /** When it was let through as a notification; null: it wasn't, or isn't one. */
  notifiedAt: Date | null;
  dueAt: Date;
  /** When it was due first, where it was held, and why. */
  heldFrom: Date | null;
  heldFor: string | null;
  /** Why it ended as it did, in a code. */
  problem: string | null;
}

interface ReportLine {
  /** Local date and wall time. */
  date: string;
  time: string;
  kind: string;
  /** `sent`, `held`, `dropped`, or the state that it is in otherwise. */
  outcome: string;
  /** Why it was held or dropped; null: there is nothing to say. */
  reason: string | null;
}

const ARRIVED = ['sent', 'sending', 'ambiguous'];

/** In order of the day on which each came, was held, or would have come. */
export function reportLines(rows: readonly ReportedRow[], zone: Zone): ReportLine[] {
  const lines = rows.map((row) => {
    const at = row.notifiedAt ?? row.dueAt;
    return { at, line: lineOf(row, zone, at) };
  });
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ line }) => line);
}

function lineOf(row: ReportedRow, zone: Zone, at: Date): ReportLine {
  const { kind, state, heldFrom, heldFor, problem } = row;
  const place = { date: zone.dateAt(at), time: zone.timeAt(at), kind };
  const wasHeld =
    heldFrom && heldFor
      ? `held from ${zone.dateAt(heldFrom)} ${zone.timeAt(heldFrom)}: ${heldFor}`
      : null;
  if (state === 'planned' && wasHeld) return { ...place, outcome: 'held', reason: wasHeld };
  if (state === 'cancelled' && problem) return { ...place, outcome: 'dropped', reason: problem };
  return { ...place, outcome: state, reason: problem ?? wasHeld };
}

export interface WeekCount {
  monday: string;
  count: number;
  /** The most on a day of it. */
  mostADay: number;
}

/** Notifications from Monday to Sunday, for every week from the first to the last that had any, the quiet ones too. */
export function weekCounts(rows: readonly ReportedRow[], zone: Zone): WeekCount[] {
  const dates = rows.flatMap(({ notifiedAt, state }) =>
    notifiedAt && ARRIVED.includes(state) ? [zone.dateAt(notifiedAt)] : [],
  );
  const inOrder = dates.sort();
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) return [];
  const weeks: WeekCount[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) {
    const own = inOrder.filter((date) => mondayOf(date) === monday);
    const perDay = [...new Set(own)].map((day) => own.filter((date) => date === day).length);
    weeks.push({ monday, count: own.length, mostADay: Math.max(0, ...perDay) });
  }
  return weeks;
}

/** How many weeks had so many notifications: `[count, weeks]`, from the fewest. */
export function distributionOf(weeks: readonly WeekCount[]): [number, number][] {
  const counts = [...new Set(weeks.map(({ count }) => count))].sort((a, b) => a - b);
  return counts.map((count) => [count, weeks.filter((week) => week.count === count).length]);
}

/** `12 weeks, 3–11 a week (median 10), at most 3 a day` and a bar for each count. */
export function distributionText(weeks: readonly WeekCount[]): string {
  const inOrder = weeks.map(({ count }) => count).sort((a, b) => a - b);
  const [least, most] = [inOrder[0], inOrder.at(-1)];
  if (least === undefined || most === undefined) return 'No notifications.';
  const median = inOrder[Math.floor((inOrder.length - 1) / 2)];
  const mostADay = Math.max(...weeks.map((week) => week.mostADay));
  const head = `${weeks.length} weeks, ${least}–${most} a week (median ${median}), at most ${mostADay} a day`;
  const bars = distributionOf(weeks).map(
    ([count, number]) => `${String(count).padStart(4)} a week: ${'#'.repeat(number)} ${number}`,
  );
  return [head, ...bars].join('\n');
}
