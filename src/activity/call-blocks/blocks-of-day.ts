/** The call blocks of a day: what was planned, what became of each, and when it begins and ends. */
import type { Db, Tx } from '../../db/client.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { weekdayOf } from '../../time/local-date.ts';
import type { Zone } from '../../time/zone.ts';
import { daySlot } from '../delivery-keys.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { type BlockDay, blockDayOf, blockDays } from '../store.ts';

export interface DayBlock {
  block: BlockDay;
  /** What its message is about. */
  subject: string;
  /** Local wall times, `HH:mm`: as it was planned, and as it is now. */
  plannedStart: string;
  start: string;
  minutes: number;
  startsAt: Date;
  endsAt: Date;
  /** Counted or skipped. */
  isSettled: boolean;
}

const LAST_MINUTE = '23:59';

/** When a block is over: on its own day, since the next one's questions are about the next day. */
function endsAt(zone: Zone, date: string, startsAt: Date, minutes: number): Date {
  const end = startsAt.getTime() + minutes * 60_000;
  return new Date(Math.min(end, zone.instantAt(date, LAST_MINUTE).getTime()));
}

const isSettled = ({ state }: BlockDay) => state === 'counted' || state === 'skipped';

/** The blocks of a date, in order; `evenId`: also that one of another weekday. Empty on a day off. */
export async function blocksOn(
  { db }: { db: Db | Tx },
  plan: PlanInForce,
  date: string,
  evenId: string | null = null,
): Promise<DayBlock[]> {
  const { zone, work, rep } = plan;
  const planned = work.callBlocks.filter(
    ({ id, days }) => id === evenId || (plan.days.has(date) && days.includes(weekdayOf(date))),
  );
  if (planned.length === 0) return [];
  const known = await blockDays(db, { ...rep, date });
  const blocks = planned.map(({ id, start: plannedStart, minutes }) => {
    const block = blockDayOf(known, { date, blockId: id });
    const start = block.movedTo ?? plannedStart;
    const startsAt = zone.instantAt(date, start);
    return {
      block,
      subject: daySlot.write({ date, slot: id }),
      plannedStart,
      start,
      minutes,
      startsAt,
      endsAt: endsAt(zone, date, startsAt, minutes),
      isSettled: isSettled(block),
    };
  });
  return blocks.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

/** Has the messages about a day's blocks shown anew: each may speak of the others. */
export async function refreshBlocks(
  outbox: Outbox,
  tx: Tx,
  { rep, work }: PlanInForce,
  date: string,
): Promise<void> {
  const { workspaceId, userId } = rep;
  for (const { id } of work.callBlocks) {
    await outbox.refresh(tx, { workspaceId, userId, subject: daySlot.write({ date, slot: id }) });
  }
}
