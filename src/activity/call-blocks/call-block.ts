/** A call block on a day: what was planned, what became of it, and the moves that its rep makes. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { WEEKDAY_NAMES } from '../../people/names-view.ts';
import { weekdayOf } from '../../time/local-date.ts';
import { laterOn } from '../../time/time-of-day.ts';
import { isAtWork } from '../../time/working-days.ts';
import { mustBeLoggable, mustHavePlan } from '../check-in/find-day.ts';
import { blockDials } from '../day-rules.ts';
import { takenAt, takenOn } from '../day-times.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { MOST_A_DAY, type SkipReason } from '../schemas.ts';
import { type Day, findDay, saidCounts, saveBlockDay, saveDay } from '../store.ts';
import { timeText } from '../words-view.ts';
import { blocksOn, type DayBlock, refreshBlocks } from './blocks-of-day.ts';
import type { BlockScreen } from './view.ts';

export interface OpenBlock extends DayBlock {
  plan: PlanInForce;
  screen: BlockScreen;
  day: Day | null;
  today: string;
}

/** Which block of which day. */
export interface BlockPlace {
  date: string;
  blockId: string;
}

/** The block as it stands; null where the plan has no such block any more. */
async function openBlock(
  store: Store,
  plan: PlanInForce,
  place: BlockPlace,
  today: string,
): Promise<OpenBlock | null> {
  const { date, blockId } = place;
  if (!plan.work.callBlocks.some(({ id }) => id === blockId)) return null;
  const all = await blocksOn(store, plan, date, blockId);
  const own = all.find(({ block }) => block.blockId === blockId);
  return own
    ? shownBlock(plan, all, own, { day: await findDay(store, plan.rep, date), today })
    : null;
}

/** One of a day's blocks, as it is shown; its dials are a share of what all that are open have left. */
export function shownBlock(
  plan: PlanInForce,
  all: readonly DayBlock[],
  own: DayBlock,
  { day, today }: { day: Day | null; today: string },
): OpenBlock {
  const { block, start, minutes } = own;
  const { date, blockId } = block;
  const open = all.filter(
    (one) => one === own || (!one.isSettled && isAtWork(plan.calendar, date, one.start)),
  );
  const calls = {
    target: plan.target(date)?.calls ?? 0,
    done: Math.max(0, saidCounts(day).calls - (block.calls ?? 0)),
  };
  const shared = open.map((one) => ({ id: one.block.blockId, minutes: one.minutes }));
  return {
    ...own,
    plan,
    day,
    today,
    screen: {
      place: { date, blockId },
      plannedStart: own.plannedStart,
      start,
      end: laterOn(start, minutes),
      locale: plan.rep.locale,
      dials: blockDials(blockId, shared, calls),
    },
  };
}

/**
 * @throws UserError `block_gone` where the plan has no such block; also where there is no plan or the
 * day can't be logged (any more).
 */
export async function mustOpenBlock(
  store: Store,
  who: PersonRef,
  place: BlockPlace,
  now: Date,
): Promise<OpenBlock> {
  const { plan, today } = await mustHavePlan(store, who, now, place.date);
  mustBeLoggable(plan, today, place.date);
  const found = await openBlock(store, plan, place, today);
  if (found) return found;
  throw new UserError('block_gone', 'That block is no longer in your plan.');
}

/** Runs `work` on the block while nobody else can change the rep's day; its messages show what became of it. */
async function onBlock(
  deps: Deps,
  who: PersonRef,
  place: BlockPlace,
  work: (tx: Tx, found: OpenBlock) => Promise<void>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption: deps.encryption };
    const found = await mustOpenBlock(store, who, place, deps.clock.now());
    await work(tx, found);
    await refreshBlocks(deps.outbox, tx, found.plan, place.date);
  });
}

/** Notes that the rep is at it. A block that is over or skipped stays so. */
export async function startBlock(deps: Deps, who: PersonRef, place: BlockPlace): Promise<void> {
  await onBlock(deps, who, place, async (tx, { block }) => {
    if (block.state !== 'offered' && block.state !== 'moved') return;
    await saveBlockDay(tx, who, { ...block, state: 'started' });
  });
}

/**
 * Moves the block to another time today, when its message changes. Where it is at that time already,
 * nothing changes.
 * @throws UserError `too_late` where that time has passed, `taken` where something else is there, `block_over`
 * where the block is.
 */
export async function moveBlock(
  deps: Deps,
  who: PersonRef,
  place: BlockPlace,
  time: string,
): Promise<void> {
  const { scheduler, clock } = deps;
  await onBlock(deps, who, place, async (tx, { plan, block, today, minutes, isSettled }) => {
    const { date, blockId } = place;
    if (block.movedTo === time) return;
    if (isSettled) {
      throw new UserError('block_over', 'That block is counted or skipped already.');
    }
    if (date !== today) {
      throw new UserError('block_over', 'That was another day’s block: count it, or skip it.');
    }
    if (plan.zone.instantAt(date, time) <= clock.now()) {
      throw new UserError('too_late', 'That time has passed: pick a later one today.', 'time');
    }
    const taken = await takenOn(tx, plan, date, { blockId });
    const problem = takenAt(date, { time, minutes }, taken, plan.rep.locale);
    if (problem !== null) throw new UserError('taken', problem, 'time');
    await saveBlockDay(tx, who, {
      ...block,
      state: 'moved',
      movedTo: time,
      moves: block.moves + 1,
    });
    await scheduler.reschedule(tx, who);
  });
}

/** Notes that the block isn't held, and why. One that was counted stays so. */
export async function skipBlock(
  deps: Deps,
  who: PersonRef,
  place: BlockPlace,
  skipReason: SkipReason,
): Promise<void> {
  await onBlock(deps, who, place, async (tx, { block }) => {
    if (block.state === 'counted') return;
    await saveBlockDay(tx, who, { ...block, state: 'skipped', skipReason });
  });
}

/**
 * Counts the block's calls into its day. A day that was logged as a whole keeps what was logged, and a block that was
 * counted its calls where this is no edit of them: a button may be an older copy's.
 * @throws UserError `no_count` where it is no number of calls.
 */
export async function countBlock(
  deps: Deps,
  who: PersonRef,
  place: BlockPlace,
  calls: number,
  { isEdit }: { isEdit: boolean },
): Promise<void> {
  const { date } = place;
  if (!Number.isInteger(calls) || calls < 0 || calls > MOST_A_DAY) {
    throw new UserError('no_count', 'That is no number of calls: use *Other…* to type one.');
  }
  await onBlock(deps, who, place, async (tx, { block, day }) => {
    if (block.state === 'counted' && !isEdit) return;
    await saveBlockDay(tx, who, { ...block, state: 'counted', calls, skipReason: null });
    await deps.outbox.refresh(tx, { ...who, subject: date });
    if (day?.state === 'logged') return;
    const added: Omit<Day, 'replaced'> = {
      date,
      state: 'started',
      counts: {
        ...(day?.counts ?? { visits: null, demos: null, proposals: null, contracts: null }),
        calls: Math.max(0, saidCounts(day).calls - (block.calls ?? 0)) + calls,
      },
      skipReason: null,
      note: null,
    };
    await saveDay({ db: tx, encryption: deps.encryption }, who, added, deps.clock.now());
  });
}

/** `the 9:00 AM block on Tuesday`, for a form. */
export function blockName({ screen }: OpenBlock, date: string): string {
  return `the ${timeText(screen.start, screen.locale)} block on ${WEEKDAY_NAMES[weekdayOf(date)]}`;
}
