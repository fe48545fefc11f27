/** When the minute's tick comes, on a machine whose clock and load do what they like. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { createTicker, type Ticker } from '../../../src/scheduler/minute-tick.ts';
import { systemClock } from '../../../src/time/clock.ts';

const MINUTE = 60_000;
const START = new Date('2027-03-02T16:29:40Z');

let ticker: Ticker;
let ticks: string[];
let work: () => Promise<void>;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  ticks = [];
  work = async () => {};
  ticker = createTicker({
    scheduler: {
      async runDue(now) {
        ticks.push(now.toISOString().slice(11, 19));
        await work();
        return { looked: 0, failed: 0 };
      },
    },
    outbox: { sweep: async () => {} },
    clock: systemClock,
    log: createLog('silent'),
    ticked: () => {},
  });
});
afterEach(async () => {
  await ticker.stop();
  vi.useRealTimers();
});

it('comes at the start and at each full minute', async () => {
  ticker.start();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(ticks).toEqual(['16:29:40', '16:30:00', '16:31:00', '16:32:00']);
  await ticker.stop();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(ticks).toHaveLength(4);
});

it('comes again after one that failed', async () => {
  work = async () => {
    throw new Error('the database is away');
  };
  ticker.start();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(ticks).toHaveLength(2);
});

it('is not begun again while one is under way; whoever asks for one gets it afterwards', async () => {
  let done = () => {};
  work = () =>
    new Promise((resolve) => {
      done = resolve;
    });
  ticker.start();
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(ticks).toHaveLength(1);
  const asked = ticker.tick();
  done();
  await vi.advanceTimersByTimeAsync(0);
  expect(ticks).toHaveLength(2);
  done();
  await asked;
});

it('goes on where the machine’s clock is set back an hour, or ahead', async () => {
  ticker.start();
  await vi.advanceTimersByTimeAsync(MINUTE);
  vi.setSystemTime(new Date('2027-03-02T15:30:40Z'));
  ticks.length = 0;
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(3);
  vi.setSystemTime(new Date('2027-03-02T18:30:40Z'));
  ticks.length = 0;
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(3);
  expect(ticks.length).toBeLessThanOrEqual(6);
});
