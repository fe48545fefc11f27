import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAgainAt, type OwnerDays, overdueMorning } from '../../../src/review/recovery/rules.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { isWorkingDay } from '../../../src/time/working-days.ts';
import { zoneOf } from '../../../src/time/zone.ts';

const WORKWEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const NEW_YORK = 'America/New_York';
const HOUR_MS = 3_600_000;

function ownerIn(timeZone: string, changes: Partial<OwnerDays['calendar']> = {}): OwnerDays {
  return {
    zone: zoneOf(timeZone),
    calendar: { workdays: WORKWEEK, holidays: [], timeOff: [], ...changes },
    pausedUntil: null,
  };
}

const wall = (timeZone: string, instant: Date | undefined): string | null =>
  instant ? `${zoneOf(timeZone).dateAt(instant)} ${zoneOf(timeZone).timeAt(instant)}` : null;

/** 2027-03-05 is a Friday; New York's clocks go ahead on the 14th. */
describe('the morning on which an owner hears of an overdue item', () => {
  const off = { timeOff: [{ from: '2027-03-03', to: '2027-03-09' }] };
  it.each([
    ['the next day', NEW_YORK, {}, '2027-03-02', '2027-03-02 10:00', '2027-03-03 09:00'],
    [
      'not on the due date itself',
      NEW_YORK,
      {},
      '2027-03-02',
      '2027-03-02 08:00',
      '2027-03-03 09:00',
    ],
    ['after a weekend', NEW_YORK, {}, '2027-03-05', '2027-03-05 10:00', '2027-03-08 09:00'],
    ['due on a Saturday', NEW_YORK, {}, '2027-03-06', '2027-03-01 10:00', '2027-03-08 09:00'],
    [
      'after a holiday',
      NEW_YORK,
      { holidays: ['2027-03-03'] },
      '2027-03-02',
      '2027-03-02 10:00',
      '2027-03-04 09:00',
    ],
    ['back from days off', NEW_YORK, off, '2027-03-02', '2027-03-02 10:00', '2027-03-10 09:00'],
    ['at nine it is due', NEW_YORK, {}, '2027-03-02', '2027-03-03 09:00', '2027-03-03 09:00'],
    [
      'late by hours it is worth it',
      NEW_YORK,
      {},
      '2027-03-02',
      '2027-03-03 13:00',
      '2027-03-03 09:00',
    ],
    [
      'later than that it is tomorrow’s',
      NEW_YORK,
      {},
      '2027-03-02',
      '2027-03-03 13:01',
      '2027-03-04 09:00',
    ],
    [
      'long overdue: the next working morning',
      NEW_YORK,
      {},
      '2027-01-02',
      '2027-03-05 20:00',
      '2027-03-08 09:00',
    ],
    ['over a change of clocks', NEW_YORK, {}, '2027-03-12', '2027-03-12 10:00', '2027-03-15 09:00'],
    [
      'where half hours count',
      'Asia/Kathmandu',
      {},
      '2027-03-02',
      '2027-03-02 10:00',
      '2027-03-03 09:00',
    ],
    [
      'where the week begins on Sunday',
      'Asia/Dubai',
      { workdays: ['sun', 'mon', 'tue', 'wed', 'thu'] as const },
      '2027-03-04',
      '2027-03-04 10:00',
      '2027-03-07 09:00',
    ],
  ])('%s', (_, timeZone, calendar, due, now, expected) => {
    const owner = ownerIn(timeZone, calendar);
    const [date = '', time = ''] = now.split(' ');
    const found = overdueMorning(owner, due, owner.zone.instantAt(date, time));
    expect(wall(timeZone, found?.at)).toBe(expected);
  });

  it('while paused it waits for the first working morning after', () => {
    const now = zoneOf(NEW_YORK).instantAt('2027-03-03', '09:00');
    const owner = (pausedUntil: string) => ({ ...ownerIn(NEW_YORK), pausedUntil });
    const at = (pausedUntil: string) =>
      wall(NEW_YORK, overdueMorning(owner(pausedUntil), '2027-03-02', now)?.at);
    expect(at('2027-03-13')).toBe('2027-03-15 09:00');
    expect(at('2027-03-01'), 'a pause that is over').toBe('2027-03-03 09:00');
    expect(at('2027-03-03'), 'nudges come again on that day').toBe('2027-03-03 09:00');
  });

  it('somebody who never works hears nothing', () => {
    const now = zoneOf(NEW_YORK).instantAt('2027-03-03', '09:00');
    expect(overdueMorning(ownerIn(NEW_YORK, { workdays: [] }), '2027-03-02', now)).toBeNull();
  });
});

describe('when to look again', () => {
  it.each([
    ['before it is due', '2027-03-10', '2027-03-02 10:00', '2027-03-11 09:00'],
    ['on its date', '2027-03-10', '2027-03-10 10:00', '2027-03-11 09:00'],
    ['before its morning', '2027-03-10', '2027-03-11 08:59', '2027-03-11 09:00'],
    ['put off, the next day', '2027-03-10', '2027-03-11 09:00', '2027-03-12 09:00'],
    [
      'also on a Saturday: days off are taken back',
      '2027-03-10',
      '2027-03-12 09:00',
      '2027-03-13 09:00',
    ],
  ])('%s', (_, due, now, expected) => {
    const owner = ownerIn(NEW_YORK);
    const [date = '', time = ''] = now.split(' ');
    const again = lookAgainAt(owner, due, owner.zone.instantAt(date, time));
    expect(wall(NEW_YORK, again)).toBe(expected);
  });
});

describe('whatever the zone, the days off and the pause', () => {
  const dates = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2027-02-15', days));
  const zones = fc.constantFrom(
    NEW_YORK,
    'America/Santiago',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Pacific/Chatham',
  );
  const ranges = fc.array(
    fc.tuple(dates, fc.nat(12)).map(([from, days]) => ({ from, to: addDays(from, days) })),
    { maxLength: 4 },
  );
  const instants = fc
    .integer({ min: 0, max: 80 * 24 })
    .map((hours) => new Date(Date.parse('2027-02-14T00:30:00Z') + hours * HOUR_MS));
  const cases = fc.record({
    timeZone: zones,
    timeOff: ranges,
    pausedUntil: fc.option(dates),
    due: dates,
    now: instants,
  });

  it('it is at nine on a working day after the date, not paused, not over', () => {
    fc.assert(
      fc.property(cases, ({ timeZone, timeOff, pausedUntil, due, now }) => {
        const owner = { ...ownerIn(timeZone, { timeOff }), pausedUntil };
        const found = overdueMorning(owner, due, now);
        if (!found) throw new Error('somebody is away for a hundred days');
        const { at, sendBy } = found;
        const date = owner.zone.dateAt(at);
        expect(owner.zone.timeAt(at)).toBe('09:00');
        expect(isWorkingDay(owner.calendar, date)).toBe(true);
        expect(date > due && date >= (pausedUntil ?? '')).toBe(true);
        expect(sendBy >= now).toBe(true);
        expect(sendBy.getTime() - at.getTime()).toBeLessThanOrEqual(4 * HOUR_MS);
      }),
    );
  });

  it('who looks again whenever told finds that morning, and no other', () => {
    fc.assert(
      fc.property(cases, ({ timeZone, timeOff, pausedUntil, due, now }) => {
        const owner = { ...ownerIn(timeZone, { timeOff }), pausedUntil };
        const found = overdueMorning(owner, due, now);
        let at = now;
        for (let looks = 0; looks < 200; looks++) {
          const morning = overdueMorning(owner, due, at);
          expect(morning?.at).toEqual(found?.at);
          if (morning && morning.at <= at) return;
          const again = lookAgainAt(owner, due, at);
          expect(again > at).toBe(true);
          at = again;
        }
        throw new Error('it was never due');
      }),
    );
  });
});
