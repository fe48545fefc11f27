/** Half a day off is half a day's plan, and nobody is asked about the hours that are off. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayPlans } from '../../../src/activity/day-rules.ts';
import {
  type DailySchedule,
  occurrencesIn,
  PACE_TIME,
} from '../../../src/activity/schedule-rules.ts';
import { mergeDaysOff, withoutDays } from '../../../src/activity/time-off/merge-rules.ts';
import type { DaysOff } from '../../../src/input/days-off-scene.ts';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import { ACTIVITIES } from '../../../src/plan/schemas.ts';
import { addDays, datesBetween } from '../../../src/time/local-date.ts';
import { AFTERNOON, HALF, MORNING, WHOLE_DAY } from '../../../src/time/part-of-day.ts';
import { isAtWork, shareWorked, workingDates } from '../../../src/time/working-days.ts';
import { zoneOf } from '../../../src/time/zone.ts';
import { runs } from '../../support/property-runs.ts';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const FEBRUARY = { start: '2027-02-01', end: '2027-02-28' };
const calendarWith = (...timeOff: DaysOff[]) => ({ workdays, holidays: [], timeOff });
const on = (date: string, part: Omit<DaysOff, 'from' | 'to'>): DaysOff => {
  return { from: date, to: date, ...part };
};

function plans(exact: number, ...timeOff: DaysOff[]) {
  const weights = dayWeights(
    FEBRUARY,
    { workdays: [...workdays], holidays: [], timeOff: [] },
    0,
    null,
  );
  const level = { exact };
  const levels = { calls: level, visits: level, demos: level, proposals: level, contracts: level };
  return dayPlans({ weights, levels, calendar: calendarWith(...timeOff) });
}

describe('half a day', () => {
  it('is half a day’s plan, and other days keep theirs', () => {
    const [whole, half] = [plans(26), plans(26, on('2027-02-03', AFTERNOON))];
    expect(half.get('2027-02-03')?.calls).toBe(13);
    for (const [date, counts] of whole) {
      if (date !== '2027-02-03') expect(half.get(date)).toEqual(counts);
    }
  });

  it('of what is rare asks half as often: never more than the whole day, all days together half', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 40, noNaN: true }), (exact) => {
        const halves = workingDates(calendarWith(), FEBRUARY.start, FEBRUARY.end).map((date) =>
          on(date, HALF),
        );
        const [whole, half] = [plans(exact), plans(exact, ...halves)];
        const sum = (days: typeof whole) =>
          [...days.values()].reduce((total, { calls }) => total + calls, 0);
        for (const [date, counts] of half) {
          for (const activity of ACTIVITIES) {
            expect(counts[activity]).toBeLessThanOrEqual(whole.get(date)?.[activity] ?? 0);
          }
        }
        expect(Math.abs(sum(half) - sum(whole) / 2)).toBeLessThanOrEqual(halves.length / 2 + 1);
      }),
      { numRuns: runs(100) },
    );
  });

  it('leaves a working day, worked outside of its hours', () => {
    const calendar = calendarWith(
      on('2027-02-03', { share: 0.5, hours: { start: '09:00', end: '12:00' } }),
    );
    expect(shareWorked(calendar, '2027-02-03')).toBe(0.5);
    expect(shareWorked(calendar, '2027-02-04')).toBe(1);
    expect(
      ['08:59', '09:00', '11:59', '12:00'].map((time) => isAtWork(calendar, '2027-02-03', time)),
    ).toEqual([true, false, false, true]);
    expect(isAtWork(calendar, '2027-02-06', '10:00'), 'a Saturday').toBe(false);
  });
});

describe('a day’s questions', () => {
  const schedule = (...timeOff: DaysOff[]): DailySchedule => ({
    zone: zoneOf('UTC'),
    period: FEBRUARY,
    calendar: calendarWith(...timeOff),
    nudges: {
      checkIns: true,
      checkInTime: '16:30',
      weekdays: [],
      callBlocks: true,
      syncs: true,
    },
    callBlocks: [
      { id: 'early', days: workdays, start: '09:00', minutes: 60 },
      { id: 'late', days: workdays, start: '14:00', minutes: 60 },
    ],
    sync: { frequency: 'daily', day: 'mon', time: '11:00' },
  });
  const onWednesday = (...timeOff: DaysOff[]) =>
    occurrencesIn(schedule(...timeOff), {
      after: new Date('2027-02-03T00:00:00Z'),
      until: new Date('2027-02-03T23:59:00Z'),
    }).map(({ kind, slot, at }) => `${at.toISOString().slice(11, 16)} ${kind} ${slot}`.trim());

  it.each([
    [
      'none',
      [],
      [
        `${PACE_TIME} pace`,
        '09:00 call_block early',
        '10:00 block_end early',
        '11:00 sdr_sync',
        '14:00 call_block late',
        '15:00 block_end late',
        '16:30 check_in',
      ],
    ],
    [
      'an afternoon',
      [on('2027-02-03', AFTERNOON)],
      [
        `${PACE_TIME} pace`,
        '09:00 call_block early',
        '10:00 block_end early',
        '11:00 sdr_sync',
        '12:00 check_in',
      ],
    ],
    [
      'a morning',
      [on('2027-02-03', MORNING)],
      ['12:00 pace', '14:00 call_block late', '15:00 block_end late', '16:30 check_in'],
    ],
    [
      'a half whose hours nobody named',
      [on('2027-02-03', HALF)],
      [
        `${PACE_TIME} pace`,
        '09:00 call_block early',
        '10:00 block_end early',
        '11:00 sdr_sync',
        '14:00 call_block late',
        '15:00 block_end late',
        '16:30 check_in',
      ],
    ],
    ['the whole day', [on('2027-02-03', WHOLE_DAY)], []],
  ])('%s off', (_, timeOff, expected) => expect(onWednesday(...timeOff)).toEqual(expected));
});

describe('absences that overlap', () => {
  const span = (from: string, to: string): DaysOff => ({
    from: `2027-02-${from}`,
    to: `2027-02-${to}`,
    ...WHOLE_DAY,
  });
  const hours = (start: string, end: string) =>
    on('2027-02-03', { share: 0.5, hours: { start, end } });

  test.each<[string, DaysOff, DaysOff[], DaysOff, number]>([
    ['stand alone', span('03', '05'), [span('01', '02'), span('06', '07')], span('03', '05'), 0],
    ['are one', span('03', '05'), [span('01', '03'), span('05', '09')], span('01', '09'), 2],
    ['are held already', span('03', '04'), [span('01', '09')], span('01', '09'), 1],
    ['take a half in', span('03', '04'), [on('2027-02-03', HALF)], span('03', '04'), 1],
    ['hold a half', on('2027-02-03', MORNING), [span('01', '09')], span('01', '09'), 1],
    [
      'both halves are the day',
      on('2027-02-03', MORNING),
      [on('2027-02-03', AFTERNOON)],
      span('03', '03'),
      1,
    ],
    [
      'the same half',
      on('2027-02-03', MORNING),
      [on('2027-02-03', MORNING)],
      on('2027-02-03', MORNING),
      1,
    ],
    [
      'a half whose hours are said',
      hours('09:00', '12:00'),
      [on('2027-02-03', HALF)],
      hours('09:00', '12:00'),
      1,
    ],
    [
      'hours that join',
      hours('09:00', '11:00'),
      [hours('11:00', '13:00')],
      hours('09:00', '13:00'),
      1,
    ],
    [
      'halves of two days',
      on('2027-02-03', MORNING),
      [on('2027-02-04', MORNING)],
      on('2027-02-03', MORNING),
      0,
    ],
  ])('%s', (_, added, entered, entry, absorbed) => {
    const found = mergeDaysOff(added, entered);
    expect(found.entry).toEqual(entry);
    expect(found.absorbed).toHaveLength(absorbed);
  });

  const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2027-02-01', n));
  const spans = fc
    .tuple(day, fc.nat(9))
    .map(([from, days]): DaysOff => ({ from, to: addDays(from, days), ...WHOLE_DAY }));
  const dates = (all: readonly DaysOff[]) =>
    [...new Set(all.flatMap(({ from, to }) => datesBetween(from, to)))].sort();

  test('hold every day that was said and no other, each in one entry', () => {
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 12 }), (said) => {
        let entries: DaysOff[] = [];
        for (const one of said) {
          const { entry, absorbed } = mergeDaysOff(one, entries);
          entries = [...entries.filter((each) => !absorbed.includes(each)), entry];
        }
        expect(dates(entries)).toEqual(dates(said));
        expect(entries.flatMap(({ from, to }) => datesBetween(from, to))).toHaveLength(
          dates(said).length,
        );
      }),
      { numRuns: runs(200) },
    );
  });

  test('without some of its days an absence holds the others', () => {
    fc.assert(
      fc.property(spans, spans, (entry, only) => {
        const gone = new Set(dates([only]));
        expect(dates(withoutDays(entry, only))).toEqual(
          dates([entry]).filter((date) => !gone.has(date)),
        );
      }),
      { numRuns: runs(200) },
    );
  });
});
