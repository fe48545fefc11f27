/** A call block on a day: what was planned, what became of it, and the moves that its rep makes. */
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction, type Tx } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { WEEKDAY_NAMES } from '../../people/names-view.ts';
import { weekdayOf } from '../../time/local-date.ts';
import type { Zone } from '../../time/zone.ts';
import { mustBeLoggable, mustHavePlan } from '../check-in/find-day.ts';
import { blockCount, blockStart, placeOf } from '../delivery-keys.ts';
import type { ActivityDeps, Reading, RepId } from '../deps.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { laterOn, worthUntil } from '../schedule-rules.ts';
import { MOST_A_DAY, type SkipReason } from '../schemas.ts';
import {
  type BlockDay,
  blockDayOf,
  blockDays,
  type Day,
  findDay,
  saidCounts,
  saveBlockDay,
  saveDay,
} from '../store.ts';
import { timeText } from '../words-view.ts';
import { blockDials } from './rules.ts';
import type { BlockScreen } from './view.ts';

export interface OpenBlock {
  plan: PlanInForce;
  screen: BlockScreen;
  block: BlockDay;
  day: Day | null;
  today: string;
  /** How long it takes. */
  minutes: number;
}

const MINUTE_MS = 60_000;
const LAST_MINUTE = '23:59';

interface Place {
  date: string;
  blockId: string;
}

/** When a block is over: on its own day, since the next one's questions are about the next day. */
export function blockEndsAt(zone: Zone, date: string, startsAt: Date, minutes: number): Date {
  const end = startsAt.getTime() + minutes * MINUTE_MS;
  return new Date(Math.min(end, zone.instantAt(date, LAST_MINUTE).getTime()));
}

/** The block as it stands; null where the plan has no such block any more. */
export async function openBlock(
  store: Reading,
  plan: PlanInForce,
  place: Place,
  today: string,
): Promise<OpenBlock | null> {
  const { date, blockId } = place;
  const planned = plan.work.callBlocks.find(({ id }) => id === blockId);
  if (!planned) return null;
  const all = await blockDays(store.db, plan.rep, date);
  const block = blockDayOf(all, place);
  const day = await findDay(store, plan.rep, date);
  const settled = new Set(
    all.filter(({ state }) => state === 'counted' || state === 'skipped').map((one) => one.blockId),
  );
  const open = plan.work.callBlocks.filter(
    ({ id, days }) => id === blockId || (days.includes(weekdayOf(date)) && !settled.has(id)),
  );
  const own = block.calls ?? 0;
  const calls = {
    target: plan.target(date)?.calls ?? 0,
    done: Math.max(0, saidCounts(day).calls - own),
  };
  const start = block.movedTo ?? planned.start;
  return {
    plan,
    block,
    day,
    today,
    minutes: planned.minutes,
    screen: {
      value: placeOf(date, blockId),
      start,
      end: laterOn(start, planned.minutes),
      locale: plan.rep.locale,
      dials: blockDials(blockId, open, calls),
    },
  };
}

/**
 * @throws UserError `block_gone` where the plan has no such block; also where there is no plan or the
 * day can't be logged (any more).
 */
export async function mustOpenBlock(
  store: Reading,
  who: RepId,
  place: Place,
  now: Date,
): Promise<OpenBlock> {
  const { plan, today } = await mustHavePlan(store, who, now);
  mustBeLoggable(plan, today, place.date);
  const found = await openBlock(store, plan, place, today);
  if (found) return found;
  throw new UserError('block_gone', 'That block is no longer in your plan.');
}

/** Runs `work` on the block while nobody else can change the rep's day. */
async function onBlock<T>(
  deps: ActivityDeps,
  who: RepId,
  place: Place,
  work: (tx: Tx, found: OpenBlock) => Promise<T>,
): Promise<T> {
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption: deps.encryption };
    return work(tx, await mustOpenBlock(store, who, place, deps.clock.now()));
  });
}

/** Notes that the rep is at it. A block that is over or skipped stays so. */
export async function startBlock(deps: ActivityDeps, who: RepId, place: Place): Promise<OpenBlock> {
  return onBlock(deps, who, place, async (tx, found) => {
    const { block } = found;
    if (block.state !== 'offered' && block.state !== 'moved') return found;
    const started = { ...block, state: 'started' as const };
    await saveBlockDay(tx, who, started);
    return { ...found, block: started };
  });
}

const isSettled = ({ state }: BlockDay) => state === 'counted' || state === 'skipped';

/**
 * Moves the block to another time today; its nudge and its count come then.
 * @throws UserError `too_late` where that time has passed, `block_over` where the block is.
 */
export async function moveBlock(
  deps: ActivityDeps,
  who: RepId,
  place: Place,
  time: string,
): Promise<OpenBlock> {
  const { outbox, clock } = deps;
  return onBlock(deps, who, place, async (tx, found) => {
    const { plan, block, today, minutes } = found;
    const { date, blockId } = place;
    if (isSettled(block)) {
      throw new UserError('block_over', 'That block is counted or skipped already.');
    }
    if (date !== today) {
      throw new UserError('block_over', 'That was another day’s block: count it, or skip it.');
    }
    const at = plan.zone.instantAt(date, time);
    if (at <= clock.now()) {
      throw new UserError('too_late', 'That time has passed: pick a later one today.');
    }
    const moved = { ...block, state: 'moved' as const, movedTo: time, moves: block.moves + 1 };
    await saveBlockDay(tx, who, moved);
    const endsAt = blockEndsAt(plan.zone, date, at, minutes);
    const subject = placeOf(date, blockId);
    await outbox.enqueue(tx, {
      ...blockStart(who, date, blockId, moved.moves),
      subject,
      dueAt: at,
      sendBy: endsAt,
    });
    await outbox.cancel(tx, blockCount(who, date, blockId, block.moves));
    await outbox.enqueue(tx, {
      ...blockCount(who, date, blockId, moved.moves),
      subject,
      dueAt: endsAt,
      sendBy: worthUntil(plan.zone, date, endsAt),
    });
    return { ...found, block: moved };
  });
}

/** Notes that the block isn't held, and why. One that was counted stays so. */
export async function skipBlock(
  deps: ActivityDeps,
  who: RepId,
  place: Place,
  skipReason: SkipReason,
): Promise<OpenBlock> {
  return onBlock(deps, who, place, async (tx, found) => {
    const { block } = found;
    if (block.state === 'counted') return found;
    const skipped = { ...block, state: 'skipped' as const, skipReason };
    await saveBlockDay(tx, who, skipped);
    await deps.outbox.cancel(tx, blockCount(who, place.date, place.blockId, block.moves));
    return { ...found, block: skipped };
  });
}

/**
 * Counts the block's calls into its day. A day that was logged as a whole keeps what was logged.
 * Returns the block with its day as they stand after it.
 * @throws UserError `no_count` where it is no number of calls.
 */
export async function countBlock(
  deps: ActivityDeps,
  who: RepId,
  place: Place,
  calls: number,
): Promise<OpenBlock> {
  const { date } = place;
  if (!Number.isInteger(calls) || calls < 0 || calls > MOST_A_DAY) {
    throw new UserError('no_count', 'That is no number of calls: use *Other…* to type one.');
  }
  return onBlock(deps, who, place, async (tx, found) => {
    const { block, day } = found;
    const before = block.calls ?? 0;
    const counted = { ...block, state: 'counted' as const, calls, skipReason: null };
    await saveBlockDay(tx, who, counted);
    await deps.outbox.cancel(tx, blockCount(who, date, place.blockId, block.moves));
    if (day?.state === 'logged') return { ...found, block: counted };
    const sofar = saidCounts(day).calls;
    const added: Day = {
      date,
      state: 'started',
      counts: {
        ...(day?.counts ?? { visits: null, demos: null, proposals: null, contracts: null }),
        calls: Math.max(0, sofar - before) + calls,
      },
      skipReason: null,
      note: null,
    };
    await saveDay({ db: tx, encryption: deps.encryption }, who, added, deps.clock.now());
    return { ...found, block: counted, day: added };
  });
}

/** `the 9:00 AM block on Tuesday`, for a form. */
export function blockName({ screen }: OpenBlock, date: string): string {
  return `the ${timeText(screen.start, screen.locale)} block on ${WEEKDAY_NAMES[weekdayOf(date)]}`;
}
