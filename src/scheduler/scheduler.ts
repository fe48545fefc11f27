/**
 * When to look next at what a person should get. One row a person and part of Bigplan; a tick asks the
 * database which are due, so it costs what is due and not who exists.
 */
import type { Db, Tx } from '../db/client.ts';
import { inGathering } from '../db/gathered.ts';
import { grouped } from '../db/grouped.ts';
import { rolledBack } from '../db/roll-back.ts';
import { inWorkspace } from '../db/scope.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction, isConflict, isLockTimeout } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../time/clock.ts';
import { within } from '../time/within.ts';
import * as store from './store.ts';

/** What has not been looked at yet: instants after `after`, up to `now` with it. */
interface Span {
  after: Date;
  now: Date;
}

/**
 * Plans, in the outbox and inside `tx`, everything that falls into the span for that person.
 *
 * @returns when to look again; null: not before somebody reschedules it.
 */
export type Planner = (tx: Tx, who: PersonRef, span: Span) => Promise<Date | null>;

export interface Scheduler {
  /** Says who looks for a kind, once, before the first tick. */
  register(kind: string, planner: Planner): void;
  /**
   * Whatever decides on what the person gets has changed: every kind is looked at again by the next
   * tick. Inside the transaction that changed it.
   */
  reschedule(tx: Tx, who: PersonRef): Promise<void>;
  /** As `reschedule`, for everybody in the workspace who has a row. */
  rescheduleAll(tx: Tx, workspaceId: string): Promise<void>;
  /** As `reschedule`, and what lies before now is not caught up with: it was decided by what was before. */
  rescheduleAfresh(tx: Tx, who: PersonRef): Promise<void>;
  /**
   * As `reschedule`, and what lies after `since` is looked at once more, as when the clocks around somebody
   * have changed. What was planned already is not planned again: its key is the same.
   */
  replaySince(tx: Tx, who: PersonRef, since: Date): Promise<void>;
}

export interface Looked {
  /** How many rows were looked at. */
  looked: number;
  failed: number;
}

/** The scheduler as whoever ticks sees it. */
export interface RunningScheduler extends Scheduler {
  /**
   * Looks at every row due at `now` that nobody else is looking at. A look that fails is logged and
   * tried again later; the others go on.
   */
  runDue(now: Date): Promise<Looked>;
  /**
   * Looks at every row due at `now` as `lookAt` does, and takes all of it back. Around each look
   * `watch` gets the transaction, to see what comes of it.
   *
   * @throws what a look throws.
   */
  rollBack(
    now: Date,
    watch: (tx: Tx, who: PersonRef, look: () => Promise<void>) => Promise<void>,
  ): Promise<void>;
  /** When the first row after an instant becomes due; null: none does. */
  nextDue(after: Date): Promise<Date | null>;
  /** When a look that failed and is due at `now` is tried again, on the machine's clock; null: none is. */
  retryAt(now: Date): Promise<Date | null>;
}

const AT_ONCE = 4;
/** So many rows are looked at at once, and so much is undone where one of them fails. */
const PAGE = 50;
/** So long their people are held at most: who clicks meanwhile waits for it. */
const HELD_MS = 1_000;
/** A look that asks to be called again at once would be called for ever. */
const MIN_STEP_MS = 60_000;
const BACKOFF_MS = 30_000;
const MAX_BACKOFF_MS = 3_600_000;

export function createScheduler({
  db,
  clock,
  log,
}: {
  db: Db;
  clock: Clock;
  log: Log;
}): RunningScheduler {
  const planners = new Map<string, Planner>();
  const kinds = () => [...planners.keys()].sort();

  async function lookAtOne(
    row: store.Row,
    when: { now: Date; patient: boolean },
  ): Promise<'looked' | 'failed' | 'busy' | null> {
    let held: store.Row | null = null;
    try {
      return await inTransaction(db, async (tx) => {
        const found = await store.holdDue(tx, row, when);
        if (found === null || found === 'busy') return found;
        held = found;
        return look(tx, found, when.now);
      });
    } catch (err) {
      // Somebody holds them for longer than a lock is waited for: the next tick asks again.
      if (held === null && isLockTimeout(err)) return 'busy';
      // The transaction itself ended: it took too long, or the database went away.
      if (held === null) throw err;
      await store.failed(db, held, noteFailure(held, err));
      return 'failed';
    }
  }

  /**
   * Looks at a page of rows of one workspace in one transaction, whose planners ask together. Where one of them fails,
   * or they take long, nothing of the page is done. Returns how many were looked at, and what is left.
   */
  async function lookAtPage(
    page: readonly store.Row[],
    now: Date,
  ): Promise<{ looked: number; left: readonly store.Row[] }> {
    const workspaceId = page[0]?.workspaceId ?? '';
    if (page.length === 1) return { looked: 0, left: page };
    try {
      return await inWorkspace(workspaceId, () =>
        inGathering(db, async (tx) => {
          const { held, busy } = await store.holdPage(tx, page, now);
          const all = Promise.allSettled(held.map((row) => planned(tx, row, now)));
          const looks = await within(HELD_MS, all);
          if (looks === undefined) throw new Error('A page took too long');
          await store.looked(tx, looks.map(orThrow));
          return { looked: held.length, left: busy };
        }),
      );
    } catch (err) {
      // Whoever fails by themselves then is noted.
      log.info({ err, count: page.length }, 'A page of what is due is looked at one by one');
      return { looked: 0, left: page };
    }
  }

  /** Looks at all of these rows that it can, page by page; returns the others. */
  async function lookAtPages(
    rows: readonly store.Row[],
    now: Date,
    done: Looked,
  ): Promise<store.Row[]> {
    const queue = peopleOf(rows);
    const left: store.Row[] = [];
    let size = PAGE;
    const work = async () => {
      for (let page = takePage(queue, size); page.length > 0; page = takePage(queue, size)) {
        const result = await lookAtPage(page, now);
        done.looked += result.looked;
        left.push(...result.left);
        if (page.length === 1) continue;
        // Where they are too much for one transaction, the next are fewer.
        const isTooMuch = result.left === page;
        size = isTooMuch ? Math.floor(size / 2) : Math.min(PAGE, 2 * size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return left;
  }

  /** Looks at these rows, several at once; returns those whose person somebody else holds. */
  async function lookAtEach(
    rows: readonly store.Row[],
    when: { now: Date; patient: boolean },
    done: Looked,
  ): Promise<store.Row[]> {
    const left = rows.values();
    const busy: store.Row[] = [];
    const work = async () => {
      for (const row of left) {
        const one = await inWorkspace(row.workspaceId, () => lookAtOne(row, when));
        if (one === 'busy') busy.push(row);
        else if (one !== null) done.looked += 1;
        if (one === 'failed') done.failed += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return busy;
  }

  /** What a row has not been looked at yet, at `now`. */
  function spanOf({ doneUntil: after }: store.Row, now: Date): Span {
    // A clock that went back: what was done is not done again.
    return { after, now: now > after ? now : after };
  }

  async function call(tx: Tx, row: store.Row, span: Span): Promise<Date | null> {
    const { workspaceId, personId: userId } = row;
    const who = { workspaceId, userId };
    return (await planners.get(row.kind)?.(tx, who, span)) ?? null;
  }

  /** What a look at a held row comes to. */
  async function planned(tx: Tx, row: store.Row, now: Date): Promise<store.Look> {
    const span = spanOf(row, now);
    const next = await call(tx, row, span);
    const soonest = new Date(span.now.getTime() + MIN_STEP_MS);
    return { row, doneUntil: span.now, next: next && (next > span.now ? next : soonest) };
  }

  async function look(tx: Tx, row: store.Row, now: Date): Promise<'looked' | 'failed'> {
    try {
      await store.looked(tx, [await store.orUndo(tx, () => planned(tx, row, now))]);
      return 'looked';
    } catch (err) {
      if (isConflict(err)) throw err;
      // Noted while the row is held, or the next to come would try it at once.
      await store.failed(tx, row, noteFailure(row, err));
      return 'failed';
    }
  }

  /** Returns when to try again. */
  function noteFailure(row: store.Row, err: unknown): Date {
    const { workspaceId: team, personId: person, kind, failures } = row;
    log.error(
      { err, kind, team, person, attempt: failures + 1 },
      'What is due could not be planned',
    );
    return new Date(Date.now() + Math.min(BACKOFF_MS * 2 ** failures, MAX_BACKOFF_MS));
  }

  return {
    register(kind, planner) {
      if (planners.has(kind)) throw new Error(`The planner of ${kind} is registered twice`);
      planners.set(kind, planner);
    },
    reschedule: (tx, who) => store.reschedule(tx, who, kinds(), clock.now()),
    rescheduleAll: (tx, workspaceId) => store.rescheduleAll(tx, workspaceId, kinds(), clock.now()),
    rescheduleAfresh: (tx, who) => store.rescheduleAfresh(tx, who, kinds(), clock.now()),
    replaySince: (tx, who, since) =>
      store.replaySince(tx, who, kinds(), { since, now: clock.now() }),
    async runDue(now) {
      const done = { looked: 0, failed: 0 };
      if (planners.size === 0) return done;
      const left = await lookAtPages(await store.findDue(db, kinds(), now), now, done);
      // Another process may be at it: those who are free first.
      const busy = await lookAtEach(left, { now, patient: false }, done);
      await lookAtEach(busy, { now, patient: true }, done);
      return done;
    },
    async rollBack(now, watch) {
      for (const row of await store.findDue(db, kinds(), now)) {
        const who = { workspaceId: row.workspaceId, userId: row.personId };
        const look = (tx: Tx) => async () => void (await call(tx, row, spanOf(row, now)));
        await inWorkspace(row.workspaceId, () => rolledBack(db, (tx) => watch(tx, who, look(tx))));
      }
    },
    nextDue: (after) => store.nextDue(db, kinds(), after),
    retryAt: (now) => store.retryAt(db, kinds(), now),
  };
}

/** Each person's rows, those of a workspace one after the other. */
function peopleOf(rows: readonly store.Row[]): store.Row[][] {
  const people = [...grouped(rows, (row) => `${row.workspaceId} ${row.personId}`).values()];
  return [...grouped(people, ([row]) => row?.workspaceId ?? '').values()].flat();
}

/** Takes the next people of one workspace off the queue, whole: of so many rows, or one person. */
function takePage(queue: store.Row[][], size: number): store.Row[] {
  const page = queue.shift() ?? [];
  for (let next = queue[0]; next !== undefined; next = queue[0]) {
    if (page.length + next.length > size || next[0]?.workspaceId !== page[0]?.workspaceId) break;
    page.push(...next);
    queue.shift();
  }
  return page;
}

function orThrow<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
