import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  areLeadsBack,
  areLeadsMissing,
  type LeadDay,
  type LeadPair,
  leadDaysOf,
  leadPace,
  leadsShort,
} from '../../../src/activity/pace/lead-rules.ts';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import type { Sdr } from '../../../src/plan/schemas.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { workingDates } from '../../../src/time/working-days.ts';
import { weekday } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const NONE: LeadPair = { inbound: 0, outbound: 0 };
const inbound = (inbound: number): LeadPair => ({ inbound, outbound: 0 });
const total = (leads: readonly LeadPair[], of: keyof LeadPair) =>
  leads.reduce((sum, lead) => sum + lead[of], 0);

describe('what was promised for each weekday, and what came', () => {
  const YEAR = { start: '2027-01-01', end: '2027-12-31' };
  const WEEKDAYS = { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: [] };
  const calendar = { ...WEEKDAYS, workdays: [...WEEKDAYS.workdays], timeOff: [] };
  /** 261 weekdays in 2027: 21.75 a month, so four inbound leads a day and two outbound ones. */
  const SDR: Sdr = {
    inboundPerMonth: 87,
    outboundPerMonth: 43.5,
    qualificationRate: 1,
    sync: null,
  };
  const DAILY = { inbound: 4, outbound: 2 };
  const weights = dayWeights(YEAR, calendar, 30, null);
  const through = (end: string) => workingDates(calendar, '2027-01-04', end);
  const entered = (date: string, inbound: number, outbound = 0) => ({ date, inbound, outbound });
  const leads = (end: string, ...all: ReturnType<typeof entered>[]) =>
    leadDaysOf(SDR, weights, through(end), all);

  test('none are promised: none to judge; promised and never entered: unknown', () => {
    const nothing: Sdr = { ...SDR, inboundPerMonth: 0, outboundPerMonth: 0 };
    const some = [entered('2027-01-05', 3)];
    expect(leadDaysOf(null, weights, through('2027-01-08'), some)).toEqual([]);
    expect(leadDaysOf(nothing, weights, through('2027-01-08'), some)).toEqual([]);
    expect(leads('2027-01-08')).toBeNull();
  });

  test('a month’s promise by its usual weekdays; what is of a weekend counts on Monday', () => {
    const days = leads(
      '2027-01-12',
      entered('2027-01-05', 3, 1),
      entered('2027-01-09', 2),
      entered('2027-01-10', 0, 5),
      entered('2027-01-11', 1),
    );
    expect(days).toEqual([
      { date: '2027-01-04', promised: DAILY, received: NONE },
      { date: '2027-01-05', promised: DAILY, received: { inbound: 3, outbound: 1 } },
      { date: '2027-01-06', promised: DAILY, received: NONE },
      { date: '2027-01-07', promised: DAILY, received: NONE },
      { date: '2027-01-08', promised: DAILY, received: NONE },
      { date: '2027-01-11', promised: DAILY, received: { inbound: 3, outbound: 5 } },
      { date: '2027-01-12', promised: DAILY, received: NONE },
    ]);
  });

  test('entering none was one: of a first entry within a month all days count, of a later one not', () => {
    expect(leads('2027-03-31', entered('2027-02-04', 1))?.[0]?.date).toBe('2027-01-04');
    // A month before the first entry on 1 March is 29 January.
    expect(leads('2027-03-31', entered('2027-03-01', 1))?.[0]?.date).toBe('2027-01-29');
  });

  test('with a ramp fewer are promised, by the month in which their deals are won', () => {
    const ramp = [0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const ramped = dayWeights(YEAR, calendar, 31, ramp);
    const days = leadDaysOf(SDR, ramped, through('2027-12-31'), [entered('2027-01-04', 1)]) ?? [];
    const promisedOn = (on: string) => days.find(({ date }) => date === on)?.promised;
    // 28 January and 31 days are 28 February, a day later it is March.
    expect(promisedOn('2027-01-28')).toEqual({ inbound: 2, outbound: 1 });
    expect(promisedOn('2027-01-29')).toEqual(DAILY);
    // Also once no more deals are created.
    expect(promisedOn('2027-12-31')).toEqual(DAILY);
  });

  test('nothing that was entered is lost or counted twice, and the promise is even', () => {
    const entries = fc.array(
      fc.record({ day: fc.nat(80), inbound: fc.nat(9), outbound: fc.nat(9) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(entries, (entries) => {
        const all = entries
          .map(({ day, ...lead }) =>
            entered(addDays('2027-01-04', day), lead.inbound, lead.outbound),
          )
          .sort((a, b) => (a.date < b.date ? -1 : 1));
        // Of 4 January until Friday, 26 March: after the last entry.
        const days = leads('2027-03-26', ...all) ?? [];
        for (const of of ['inbound', 'outbound'] as const) {
          const received = days.map(({ received }) => received);
          expect(total(received, of)).toBe(total(all, of));
          const promised = days.map(({ promised }) => promised);
          expect(total(promised, of)).toBeCloseTo(days.length * DAILY[of], 8);
        }
      }),
    );
  });
});

/** Weekdays on which so many of `promised` inbound leads came, by day number. */
const leadDays = (count: number, promised: number, came: (day: number) => number): LeadDay[] =>
  Array.from({ length: count }, (_, day) => ({
    date: weekday(day),
    promised: inbound(promised),
    received: inbound(came(day)),
  }));

test('a pace is the sum of its days, inbound and outbound each; of no days there is none', () => {
  const [first, second] = leadDays(2, 1.5, (day) => day);
  const days = [first, { ...second, received: { inbound: 1, outbound: 4 } }] as LeadDay[];
  expect(leadPace(days)).toEqual({
    from: weekday(0),
    promised: { inbound: 3, outbound: 0 },
    received: { inbound: 1, outbound: 4 },
  });
  expect(leadPace([])).toBeNull();
});

describe('short by more than chance', () => {
  /** One lead every second day as promised, the last of them on day 59, and then none. */
  const stopped = (count: number) =>
    leadDays(count, 0.5, (day) => (day < 60 && day % 2 === 1 ? 1 : 0));

  test('leads that stop: each day without any is 0.5 × (1 − 0.3) of the 5.5 that it takes', () => {
    expect(leadsShort(stopped(60 + 15), null)).toBeNull();
    expect(leadsShort(stopped(60 + 16), null)).toEqual({
      from: weekday(60),
      promised: inbound(8),
      received: NONE,
    });
  });

  test('the more are promised the sooner it is seen', () => {
    const seenAfter = (promised: number) =>
      Array.from({ length: 40 }, (_, days) => days).find((days) =>
        leadsShort(
          leadDays(60 + days, promised, (day) => (day < 60 ? promised : 0)),
          null,
        ),
      ) ?? Number.POSITIVE_INFINITY;
    const days = [0.25, 0.5, 1, 2].map(seenAfter);
    expect(days).toEqual([32, 16, 8, 4]);
  });

  test('what was told of and is over does not count again', () => {
    const over = weekday(70);
    expect(leadsShort(stopped(70 + 15), over)).toBeNull();
    expect(leadsShort(stopped(70 + 16), over)).toMatchObject({ from: over });
  });

  test.each([
    { name: 'unknown', leads: null },
    { name: 'none promised', leads: [] },
    { name: 'as promised', leads: leadDays(100, 0.5, (day) => day % 2) },
    { name: 'three of four', leads: leadDays(100, 1, (day) => (day % 4 === 3 ? 0 : 1)) },
    {
      name: 'all at a month’s end',
      leads: leadDays(63, 0.25, (day) => (day % 21 === 20 ? 5.25 : 0)),
    },
  ])('not where leads are $name', ({ leads }) => {
    expect(leadsShort(leads, null)).toBeNull();
  });

  const days = fc
    .array(fc.record({ promised: fc.integer({ min: 1, max: 8 }), came: fc.nat(8) }), {
      minLength: 1,
      maxLength: 60,
    })
    .map((all) =>
      all.map(
        ({ promised, came }, day): LeadDay => ({
          date: weekday(day),
          promised: { inbound: promised / 2, outbound: promised / 2 },
          received: { inbound: 0, outbound: came },
        }),
      ),
    );

  test('who gets what was promised each day is never short', () => {
    fc.assert(
      fc.property(days, (days) => {
        const more = days.map((day) => ({
          ...day,
          received: { inbound: day.promised.inbound * 2 + 1, outbound: day.received.outbound },
        }));
        expect(leadsShort(more, null)).toBeNull();
      }),
    );
  });

  test('a stretch lasts up to today, begins once the last one was over, and is much too thin', () => {
    // Half the days come with hardly any leads, so that stretches do occur.
    const thin = fc.tuple(days, fc.nat(60), fc.boolean()).map(([days, from, isThin]) => ({
      days: isThin
        ? days.map((day, at) => (at >= from / 2 ? { ...day, received: NONE } : day))
        : days,
      over: weekday(Math.floor(from / 4)),
    }));
    fc.assert(
      fc.property(thin, ({ days, over }) => {
        const short = leadsShort(days, over);
        if (!short) return;
        expect(short.from >= over).toBe(true);
        expect(short).toEqual(leadPace(days.filter(({ date }) => date >= short.from)));
        // As likely under 30 % of the promise as under all of it: 0.7 ÷ −ln 0.3.
        const { promised, received } = short;
        const share =
          (received.inbound + received.outbound) / (promised.inbound + promised.outbound);
        expect(share).toBeLessThan(0.7 / -Math.log(0.3));
      }),
    );
  });
});

describe('missing of late, and back', () => {
  /** Of one lead a day, so many of the last twenty came: the first ones. */
  const lately = (came: number, before = 0) =>
    leadDays(before + 20, 1, (day) => (day >= before && day < before + came ? 1 : 0));

  test.each([
    { name: '17 of 20', leads: lately(17), missing: false },
    { name: '16 of 20', leads: lately(16), missing: true },
    { name: '17 of 20, and none before', leads: lately(17, 30), missing: false },
    { name: 'none promised', leads: [], missing: false },
    { name: 'unknown', leads: null, missing: false },
  ])('$name: missing is $missing', ({ leads, missing }) => {
    expect(areLeadsMissing(leads)).toBe(missing);
  });

  test.each([
    { name: '17 of 20', leads: lately(17), since: weekday(0), back: true },
    { name: '16 of 20', leads: lately(16), since: weekday(0), back: false },
    {
      name: '9 of 10 since',
      leads: leadDays(20, 1, (day) => (day > 10 ? 1 : 0)),
      since: weekday(10),
      back: true,
    },
    {
      name: '8 of 10 since',
      leads: leadDays(20, 1, (day) => (day > 11 ? 1 : 0)),
      since: weekday(10),
      back: false,
    },
    { name: 'all of 9 since', leads: leadDays(20, 1, () => 1), since: weekday(11), back: false },
    { name: '17 of the last 20 of 50 since', leads: lately(17, 30), since: weekday(0), back: true },
    { name: 'none promised', leads: [], since: weekday(0), back: false },
    { name: 'unknown', leads: null, since: weekday(0), back: false },
  ])('$name: back is $back', ({ leads, since, back }) => {
    expect(areLeadsBack(leads, since)).toBe(back);
  });
});
