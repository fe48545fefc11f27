/**
 * The tick, once a UTC minute: asks the database what is due and has it done. It costs what is due, and
 * several processes may tick at once: each row is one's.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../time/clock.ts';
import type { Looked, RunningScheduler } from './scheduler.ts';

export interface TickParts {
  scheduler: Pick<RunningScheduler, 'runDue'>;
  outbox: Pick<Outbox, 'sweep'>;
  clock: Clock;
  log: Log;
  /** Told of every tick; `looked` null: it failed. */
  ticked(seconds: number, looked: Looked | null): void;
  /** What else is done with each tick, after that. */
  beside?(): Promise<void>;
  /** When to tick, as a cron expression in UTC; each minute where left out. */
  every?: string;
}

export interface Ticker {
  /** Ticks now, after the tick under way. */
  tick(): Promise<void>;
  /** Ticks now and at each full minute. */
  start(): void;
  /** Ends after the tick under way. */
  stop(): Promise<void>;
}

const WATCH_MS = 30_000;
const OVERDUE_MS = 75_000;

export function createTicker(parts: TickParts): Ticker {
  const { scheduler, outbox, clock, log, ticked, beside, every = '* * * * *' } = parts;
  let running: Promise<void> | null = null;
  let cron: ScheduledTask | null = null;
  let watch: NodeJS.Timeout | null = null;
  /** On the clock that nobody sets. */
  let lastTick = 0;

  async function tickOnce(): Promise<void> {
    const started = performance.now();
    lastTick = started;
    const seconds = () => (performance.now() - started) / 1000;
    const now = clock.now();
    try {
      // First what waits already: a long scheduler mustn't hold it up, and adds its own jobs.
      await outbox.sweep(now);
      const looked = await scheduler.runDue(now);
      await beside?.();
      ticked(seconds(), looked);
    } catch (error) {
      ticked(seconds(), null);
      throw error;
    }
  }

  async function tick(): Promise<void> {
    while (running !== null) await running.catch(() => {});
    running = tickOnce().finally(() => {
      running = null;
    });
    return running;
  }

  /** The database may be away; the next minute comes. */
  async function tickQuietly(): Promise<void> {
    if (running !== null) return;
    await tick().catch((err) => log.error({ err }, 'A tick failed'));
  }

  function setSchedule(): void {
    void cron?.destroy();
    cron = schedule(every, tickQuietly, { timezone: 'UTC' });
    // The event loop was busy over the minute's beginning.
    cron.on('execution:missed', tickQuietly);
  }

  /** A machine whose clock was set back would have the schedule wait for its old time. */
  function catchUp(): void {
    if (performance.now() - lastTick < OVERDUE_MS) return;
    setSchedule();
    void tickQuietly();
  }

  return {
    tick,
    start() {
      setSchedule();
      watch = setInterval(catchUp, WATCH_MS);
      void tickQuietly();
    },
    async stop() {
      if (watch !== null) clearInterval(watch);
      await cron?.destroy();
      await running?.catch(() => {});
    },
  };
}
