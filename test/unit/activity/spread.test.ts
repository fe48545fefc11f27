import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  SPREAD_PER_MINUTE,
  spreadMinutes,
  spreadTime,
} from '../../../src/activity/spread-rules.ts';
import { SLACK_LIMITS } from '../../../src/outbox/limit-rules.ts';
import { minutesOf } from '../../../src/time/time-of-day.ts';
import { runs } from '../../support/property-runs.ts';

const { perMinute } = SLACK_LIMITS['chat.postMessage'];
const people = Array.from({ length: 10_000 }, (_, n) => `U${n.toString(36).toUpperCase()}`);

it('what fits into a minute comes at the time that was chosen', () => {
  expect(SPREAD_PER_MINUTE).toBe(perMinute);
  expect(spreadMinutes(perMinute - 1)).toBe(0);
  for (const who of people.slice(0, 100)) expect(spreadTime('16:30', who, 200)).toBe('16:30');
});

it('of ten thousand nobody is asked after their time, and no minute has more than Slack takes', () => {
  const times = people.map((who) => spreadTime('16:30', who, people.length));
  expect(times.every((time) => time <= '16:30' && time >= '15:55')).toBe(true);
  const counts = new Map<string, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  expect(counts.size).toBe(spreadMinutes(people.length) + 1);
  // By chance a minute has some more: the next has room for them.
  for (const count of counts.values()) expect(count).toBeLessThan(perMinute * 1.25);
});

it('it is the same every day, never before midnight and never after the chosen time', () => {
  const time = fc
    .integer({ min: 0, max: 24 * 60 - 1 })
    .map((at) => [Math.floor(at / 60), at % 60].map((n) => String(n).padStart(2, '0')).join(':'));
  fc.assert(
    fc.property(time, fc.string(), fc.integer({ min: 0, max: 500_000 }), (chosen, who, asked) => {
      const at = spreadTime(chosen, who, asked);
      expect(at).toBe(spreadTime(chosen, who, asked));
      expect(at <= chosen && at >= '00:00').toBe(true);
      expect(minutesOf(chosen) - minutesOf(at)).toBeLessThanOrEqual(spreadMinutes(asked));
    }),
    { numRuns: runs(200) },
  );
});
