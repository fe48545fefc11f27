/**
 * A year of three reps and their manager, counted: how many notifications each gets a week, and that it stays
 * within the budget. Each one's weeks are printed; `PRINT_MESSAGES=1` adds what was held or dropped.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_BUDGET } from '../../src/outbox/budget-rules.ts';
import {
  distributionText,
  reportLines,
  type WeekCount,
  weekCounts,
} from '../../src/outbox/report-rules.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { addDays, mondayOf, WEEKDAYS, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';

const USUAL = 'U0USUAL';
const SILENT = 'U0SILENT';
const FULL = 'U0FULL';
const MANAGER = 'U0MANAGER';
const PARTNER = 'U0PARTNER';
const zone = zoneOf('America/New_York');
const YEAR = { start: '2027-01-04', end: '2027-12-31' };
/** Nobody looked: the silent one answers nothing in this month, which lies within the quarter that they are lived with. */
const SILENCE = { from: '2027-03-01', to: '2027-03-31' };
const QUARTER = { start: '2027-02-01', end: '2027-04-30' };

const workweek = [...WEEKDAYS.slice(0, 5)];
const changes: Partial<PlanDraft> = {
  period: { start: '2027-01-01', end: YEAR.end },
  callBlocks: [
    { id: 'am', days: workweek, start: '09:00', minutes: 90 },
    { id: 'pm', days: workweek, start: '14:00', minutes: 60 },
  ],
  reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
};
const withPartner: Partial<PlanDraft> = {
  ...changes,
  newBusiness: {
    carried: true,
    averageDealSize: 2_500_000,
    salesCycleDays: 0,
    sdr: { inboundPerMonth: 1, outboundPerMonth: 1, qualificationRate: 0.5, sync: 'weekly' },
    selfSourcing: { leadIdentification: '', prospecting: '' },
  },
  sdrPartner: { userId: PARTNER, callsPerDay: 40, syncDay: 'mon', syncTime: '11:00' },
};

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  for (const id of [USUAL, SILENT, FULL, MANAGER, PARTNER]) await mintPerson(app, id, {});
  for (const rep of [USUAL, SILENT, FULL]) await joinTeam(app, rep, MANAGER);
  await agreePlanOf(app, USUAL, everyDayDraft(withPartner));
  await agreePlanOf(app, SILENT, everyDayDraft({ ...changes, period: QUARTER }));
  await agreePlanOf(app, FULL, everyDayDraft(changes));
});
afterAll(() => app.stop());

async function rowsOf(user: string) {
  return app.db.delivery.findMany({ where: { personId: user }, orderBy: { dueAt: 'asc' } });
}
async function weeksOf(user: string): Promise<WeekCount[]> {
  return weekCounts(await rowsOf(user), zone);
}

/** Presses the block's button that counts as planned, where it is there. */
async function counts(user: string): Promise<void> {
  const message = app.slack.dm(user).findLast((one) => /is yours/.test(one.text));
  if (message) await app.press(user, 'block_started', { message: structuredClone(message) });
}

/** One working day of each, as they live it. */
async function live(date: string, day: number): Promise<void> {
  await app.to(date, '09:05');
  await counts(FULL);
  // About a third of all days goes unanswered, and some are answered late.
  const usual = day % 10;
  await app.to(date, '17:00');
  await app.slack.command('/bigplan', 'log 30 calls 2 visits 1 demo', { user: FULL });
  if (![2, 3, 7].includes(usual)) {
    await app.slack.command('/bigplan', `log ${20 + usual} calls 1 visit`, { user: USUAL });
  }
  const isSilent = date >= SILENCE.from && date <= SILENCE.to;
  if (date >= QUARTER.start && date <= QUARTER.end && !isSilent) {
    await app.slack.command('/bigplan', 'log 15 calls', { user: SILENT });
  }
}

/** The year; a quarter of it where the tests aren't to take long. */
const UNTIL = process.env.MESSAGES_UNTIL ?? YEAR.end;

describe('a year of messages', { timeout: 3_600_000 }, () => {
  it('is lived', async () => {
    await app.to('2026-12-15', '12:00');
    const asked = app.find(PARTNER, /names you as their SDR partner/);
    await app.press(PARTNER, 'sync_accept', { message: asked });
    let day = 0;
    for (let date = YEAR.start; date <= UNTIL; date = addDays(date, 1)) {
      if (!workweek.includes(weekdayOf(date))) continue;
      await live(date, day);
      day += 1;
    }
    expect(day).toBeGreaterThan(50);
  });

  it.each([
    ['a usual rep with two call blocks a day and an SDR partner', USUAL],
    ['a rep who is silent for a month', SILENT],
    ['a rep at 100 %', FULL],
    ['their manager', MANAGER],
    ['the SDR partner', PARTNER],
  ])('%s gets at most three a day and twelve a week', async (name, user) => {
    const rows = await rowsOf(user);
    const weeks = weekCounts(rows, zone);
    console.log(`${name}\n${distributionText(weeks)}`);
    if (process.env.PRINT_MESSAGES) {
      const dropped = new Map<string, number>();
      for (const { kind, outcome, reason } of reportLines(rows, zone)) {
        if (!reason) continue;
        const why = reason.replace(/ from .*: /, ': ');
        const what = `${kind} ${outcome}: ${why}`;
        dropped.set(what, (dropped.get(what) ?? 0) + 1);
      }
      const kinds = new Map<string, number>();
      for (const { kind, notifiedAt } of rows) {
        if (notifiedAt) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      console.log(kinds, dropped);
    }
    for (const { monday, count, mostADay } of weeks) {
      expect(count, `the week of ${monday}`).toBeLessThanOrEqual(USUAL_BUDGET.perWeek);
      expect(mostADay, `the week of ${monday}`).toBeLessThanOrEqual(USUAL_BUDGET.perDay);
    }
    // What is held comes: nothing that can't be lost waits still, but what the year's last days brought.
    const late = rows.filter(
      ({ state, dueAt }) => state === 'planned' && dueAt < zone.instantAt(UNTIL, '00:00'),
    );
    expect(late).toEqual([]);
  });

  it('a silent month ends in a line a week, and the first answer brings everything back', async () => {
    const weeks = new Map((await weeksOf(SILENT)).map(({ monday, count }) => [monday, count]));
    expect(weeks.get('2027-03-15')).toBeLessThanOrEqual(1);
    expect(weeks.get('2027-03-22')).toBeLessThanOrEqual(1);
    expect(weeks.get(mondayOf('2027-04-05'))).toBeGreaterThan(5);
  });

  it('a check-in comes on every day on which somebody answers', async () => {
    for (const user of [USUAL, FULL]) {
      const rows = await rowsOf(user);
      const lost = rows.filter(({ kind, problem }) => kind === 'check_in' && problem !== null);
      expect(lost.map(({ key, problem }) => `${key} ${problem}`)).toEqual([]);
    }
  });

  it('a sync that two agreed on comes to both of them', async () => {
    const shares = new Map<string, number>();
    for (const user of [USUAL, PARTNER]) {
      const syncs = (await rowsOf(user)).filter(({ kind }) => kind === 'sdr_sync');
      expect(syncs.length, user).toBeGreaterThan(9);
      shares.set(user, syncs.filter(({ state }) => state === 'sent').length / syncs.length);
    }
    expect(shares.get(PARTNER)).toBe(1);
    // On the Monday before a 1:1, what is about that comes first.
    expect(shares.get(USUAL)).toBeGreaterThan(0.7);
  });

  it('who hasn’t prepared a 1:1 hears of it once more before it is due', async () => {
    for (const user of [USUAL, FULL]) {
      const rows = (await rowsOf(user)).filter(({ kind }) => kind === 'review_reminder');
      expect(rows.length, user).toBeGreaterThan(1);
      expect(
        rows.filter(({ state }) => state !== 'sent').map(({ key, problem }) => `${key} ${problem}`),
      ).toEqual([]);
    }
  });

  it('a call block’s end and its count are no messages', async () => {
    for (const user of [USUAL, SILENT, FULL]) {
      const kinds = new Set((await rowsOf(user)).map(({ kind }) => kind));
      expect(kinds).not.toContain('block_count');
    }
  });
});
