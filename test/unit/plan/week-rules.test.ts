import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { emptyDraft } from '../../../src/plan/draft.ts';
import { isUnkind, meetingHours } from '../../../src/plan/meeting-hours-rules.ts';
import { takenProblem } from '../../../src/plan/taken-view.ts';
import { clashOf, freeStart, type WeekPart, weekOf } from '../../../src/plan/week-rules.ts';
import { LISTS } from '../../../src/plan/wizard/rows/lists.ts';
import { STEPS } from '../../../src/plan/wizard/steps/steps.ts';
import { WEEKDAYS } from '../../../src/time/local-date.ts';
import { laterOn, minutesOf } from '../../../src/time/time-of-day.ts';
import { zoneOf } from '../../../src/time/zone.ts';
import { runs } from '../../support/property-runs.ts';

const PERIOD = { start: '2027-01-01', end: '2027-12-31' };
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const draft = emptyDraft({
  currency: 'USD',
  period: PERIOD,
  calendar: { workdays: [...workdays], holidays: [], timeOff: [], country: null, region: null },
});

const anySpan = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  start: fc.integer({ min: 0, max: 95 }).map((quarter) => laterOn('00:00', 15 * quarter)),
  minutes: fc.integer({ min: 1, max: 240 }),
});
const anyPart: fc.Arbitrary<WeekPart> = anySpan.chain((span) =>
  fc.constantFrom('block', 'sync', 'review').map((kind) => ({ kind, id: 'x', ...span })),
);

/** Minute by minute. */
function overlaps(a: Pick<WeekPart, 'days' | 'start' | 'minutes'>, b: typeof a): boolean {
  if (!a.days.some((day) => b.days.includes(day))) return false;
  const taken = new Set(Array.from({ length: b.minutes }, (_, i) => minutesOf(b.start) + i));
  return Array.from({ length: a.minutes }, (_, i) => minutesOf(a.start) + i).some((minute) =>
    taken.has(minute),
  );
}

describe('what has its time in the week', () => {
  it('is in the way where it shares a minute of a day', () => {
    fc.assert(
      fc.property(anySpan, fc.array(anyPart, { maxLength: 5 }), (span, parts) => {
        expect(clashOf(span, parts) !== null).toBe(parts.some((part) => overlaps(span, part)));
        expect(takenProblem(span, parts) !== null).toBe(clashOf(span, parts) !== null);
      }),
      { numRuns: runs(200) },
    );
  });

  it('leaves free what is proposed, never earlier than it was asked for', () => {
    fc.assert(
      fc.property(anySpan, fc.array(anyPart, { maxLength: 5 }), (span, parts) => {
        const start = freeStart(span, parts);
        if (start === null) return;
        expect(start >= span.start).toBe(true);
        expect(parts.filter((part) => overlaps({ ...span, start }, part))).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});

test('defaults taken one after the other, in any order, never overlap', () => {
  const style = { locale: 'en-US', currency: 'USD', digits: 2 };
  const addBlock = (now: typeof draft, id: string) => {
    const values = LISTS.callBlocks.read(now, id);
    expect(LISTS.callBlocks.check(values, now, id, style)).toEqual([]);
    return LISTS.callBlocks.apply(values, now, id);
  };
  const addSync = (now: typeof draft, sync: 'daily' | 'weekly') => {
    const { section } = STEPS.newBusiness;
    if (!section) throw new Error('the step has fields');
    const values = { ...section.read(now, now), averageDealSize: 1, 'sdr.sync': sync };
    expect(section.check(values, now, now, style)).toEqual([]);
    return section.apply(now, values, now);
  };
  for (const sync of ['daily', 'weekly'] as const) {
    const orders = [
      addBlock(addBlock(addSync(draft, sync), 'a'), 'b'),
      addBlock(addSync(addBlock(draft, 'a'), sync), 'b'),
      addSync(addBlock(addBlock(draft, 'a'), 'b'), sync),
    ];
    for (const plan of orders) {
      const parts = weekOf(plan);
      expect(parts).toHaveLength(4);
      for (const part of parts) {
        const others = parts.filter((one) => one !== part);
        expect(others.filter((one) => overlaps(part, one))).toEqual([]);
      }
    }
    expect(orders[0]?.callBlocks[0]?.start, 'the morning is for calls').toBe('09:00');
  }
});

describe('a 1:1 on the clocks of both', () => {
  const hours = (time: string, manager: string, rep = 'America/New_York') =>
    meetingHours(
      { period: PERIOD, reviews: { ordinal: 1, weekday: 'tue', time } },
      { rep: zoneOf(rep), manager: zoneOf(manager) },
    );
  test.each([
    ['11:00', 'America/New_York', { rep: '11:00', manager: '11:00', better: null }, false],
    ['11:00', 'Europe/Berlin', { rep: '11:00', manager: '17:00', better: null }, false],
    ['08:00', 'America/Los_Angeles', { rep: '08:00', manager: '05:00', better: '10:00' }, true],
    ['05:00', 'America/New_York', { rep: '05:00', manager: '05:00', better: '08:00' }, true],
    // Nothing suits both there, by day.
    ['11:00', 'Asia/Tokyo', { rep: '11:00', manager: '01:00', better: null }, true],
  ])('at %s with somebody in %s', (time, zone, expected, unkind) => {
    const found = hours(time, zone);
    expect(found).toEqual(expected);
    expect(isUnkind(found)).toBe(unkind);
  });

  it('is unkind where it is so for some weeks of the year alone', () => {
    // 19:30 in Berlin from November on; while only New York has moved its clocks it is 20:30 in none of them.
    const found = hours('13:30', 'Europe/Berlin');
    expect([found.manager, isUnkind(found)]).toEqual(['19:30', false]);
    // In March the first Tuesdays fall before either leaps: from 14:00 on it is 20:00 in Berlin.
    expect(isUnkind(hours('14:00', 'Europe/Berlin'))).toBe(true);
  });
});
