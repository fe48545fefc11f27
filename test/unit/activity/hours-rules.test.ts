/** Where the hours of a catch-up go. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockToAdd,
  usualBlocks,
  type WeeklyBlock,
} from '../../../src/activity/pace/hours-rules.ts';
import { clashOf, type WeekPart } from '../../../src/plan/week-rules.ts';
import { WEEKDAYS, type Weekday } from '../../../src/time/local-date.ts';

const WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const block = (one: WeeklyBlock): WeekPart => ({ kind: 'block', id: one.start, ...one });
const review: WeekPart = { kind: 'review', id: '', days: ['tue'], start: '10:00', minutes: 60 };

describe('the block to add', () => {
  it.each<[string, number, WeekPart[], WeeklyBlock]>([
    ['half an hour, where there is none', 30, [], { days: ['mon'], start: '09:00', minutes: 30 }],
    ['three hours', 180, [], { days: ['mon', 'tue'], start: '09:00', minutes: 90 }],
    [
      'three hours, on days without a block and at its time',
      200,
      [block({ days: ['mon', 'wed'], start: '08:30', minutes: 90 })],
      { days: ['tue', 'thu', 'fri'], start: '08:30', minutes: 75 },
    ],
    [
      'three hours beside the 1:1',
      180,
      [review],
      { days: ['mon', 'tue'], start: '11:00', minutes: 90 },
    ],
    [
      'an hour behind a block of every day',
      60,
      [block({ days: WEEK, start: '09:00', minutes: 90 })],
      { days: ['mon'], start: '10:30', minutes: 60 },
    ],
    [
      'an hour before a block that takes all that is left of the day',
      60,
      [block({ days: WEEK, start: '09:00', minutes: 600 })],
      { days: ['mon'], start: '08:00', minutes: 60 },
    ],
  ])('of %s', (_, minutes, week, found) => {
    expect(blockToAdd(minutes, { week, workdays: WEEK })).toEqual(found);
  });

  it('takes in what is asked, on working days, as a block that the plan takes', () => {
    const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
    const held = fc
      .record({
        days,
        start: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`),
        minutes: fc.integer({ min: 5, max: 720 }),
      })
      .map(block);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.array(held, { maxLength: 4 }),
        days,
        (minutes, week, workdays) => {
          const found = blockToAdd(minutes, { week, workdays });
          expect(workdays).toEqual(expect.arrayContaining(found.days));
          expect(found.days.length).toBe(Math.min(usualBlocks(minutes), workdays.length));
          expect(found.minutes).toBeGreaterThanOrEqual(5);
          expect(found.minutes).toBeLessThanOrEqual(720);
          const all = found.minutes * found.days.length;
          if (found.minutes < 720) expect(all).toBeGreaterThanOrEqual(minutes);
          expect(found.start).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        },
      ),
    );
  });

  it('lies beside what its days hold wherever they have room', () => {
    const start = fc.integer({ min: 32, max: 60 }).map((quarter) => {
      const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 6 }), (at, quarters) => {
        const week = [block({ days: WEEK, start: at, minutes: quarters * 15 }), review];
        expect(clashOf(blockToAdd(60, { week, workdays: WEEK }), week)).toBe(null);
      }),
    );
  });
});
