/**
 * A year of a team of eight, counted and printed week by week: a new hire, a rep who falls silent, an SDR partner
 * who leaves, a manager who doesn't coach, a leader who takes a cause. Everybody stays within their budget.
 * Ten weeks of it are lived, the whole with `TEAM_UNTIL=2027-12-31`; `PRINT_MESSAGES=1` adds every week's messages by kind, and what was
 * held or dropped.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { LEADER_BUDGET, USUAL_BUDGET } from '../../src/outbox/budget-rules.ts';
import {
  distributionText,
  reportLines,
  type WeekCount,
  weekCounts,
} from '../../src/outbox/report-rules.ts';
import { rolesOf, saveRoles, setChannel } from '../../src/people/store.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { addDays, mondayOf, WEEKDAYS, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const USUAL = 'U0USUAL';
const SILENT = 'U0SILENT';
const FULL = 'U0FULL';
/** They name the same cause. */
const NAMING = ['U0DEE', 'U0ELI', 'U0FAY'] as const;
const OFTEN_AWAY = 'U0GUS';
const HIRE = 'U0HIRE';
const REPS = [USUAL, SILENT, FULL, ...NAMING, OFTEN_AWAY, HIRE];
const MANAGER = 'U0MANAGER';
const PARTNER = 'U0PARTNER';
const LEADER = 'U0LEA';
const zone = zoneOf('America/New_York');
const YEAR = { start: '2027-01-04', end: '2027-12-31' };
/** Nobody looked: the silent one answers nothing in this month. */
const SILENCE = { from: '2027-02-01', to: '2027-02-28' };
const HIRED = '2027-01-18';
/** Their plan begins. */
const STARTS = '2027-02-01';
const PARTNER_LEAVES = '2027-02-22';
const HOLIDAYS = { from: '2027-03-01', to: '2027-03-10' };

const workweek = [...WEEKDAYS.slice(0, 5)];
const plain: Partial<PlanDraft> = {
  period: { start: '2027-01-01', end: YEAR.end },
  reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
};
const withBlocks: Partial<PlanDraft> = {
  ...plain,
  callBlocks: [
    { id: 'am', days: workweek, start: '09:00', minutes: 90 },
    { id: 'pm', days: workweek, start: '14:00', minutes: 60 },
  ],
};
const withLeads: Partial<PlanDraft> = {
  ...plain,
  newBusiness: {
    carried: true,
    averageDealSize: 2_500_000,
    salesCycleDays: 0,
    sdr: { inboundPerMonth: 6, outboundPerMonth: 4, qualificationRate: 0.5, sync: 'weekly' },
    selfSourcing: { leadIdentification: '', prospecting: '' },
  },
};
const withPartner: Partial<PlanDraft> = {
  ...withBlocks,
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
  for (const id of [...REPS, MANAGER, PARTNER, LEADER]) await mintPerson(app, id, {});
  await inTransaction(app.db, async (tx) =>
    saveRoles(tx, TEAM, { ...(await rolesOf(tx, TEAM)), leaders: [LEADER] }),
  );
  for (const rep of REPS.filter((one) => one !== HIRE)) await joinTeam(app, rep, MANAGER);
  await app.db.nudgeSettings.updateMany({ data: { digest: true } });
  const { id } = await app.db.team.findFirstOrThrow({ where: { managerId: MANAGER } });
  app.slack.addChannel('C0TEAM', { joined: true });
  await setChannel(app.db, id, 'C0TEAM');
  await agreePlanOf(app, USUAL, everyDayDraft(withPartner));
  await agreePlanOf(app, FULL, everyDayDraft(withBlocks));
  for (const rep of [SILENT, OFTEN_AWAY]) await agreePlanOf(app, rep, everyDayDraft(plain));
  for (const rep of NAMING) await agreePlanOf(app, rep, everyDayDraft(withLeads));
});
afterAll(() => app.stop());

const rowsOf = (user: string) =>
  app.db.delivery.findMany({ where: { personId: user }, orderBy: { dueAt: 'asc' } });
const weeksOf = async (user: string): Promise<WeekCount[]> => weekCounts(await rowsOf(user), zone);
const log = (user: string, words: string) =>
  app.slack.command('/bigplan', `log ${words}`, { user });
const between = (date: string, { from, to }: { from: string; to: string }) =>
  from <= date && date <= to;

/** Presses the block's button that counts as planned, where it is there. */
async function counts(user: string): Promise<void> {
  const message = app.slack.dm(user).findLast((one) => /is yours/.test(one.text));
  if (message) await app.press(user, 'block_started', { message: structuredClone(message) });
}

const answered = new Set<string>();

/** Says why, where it is asked: too few leads. */
async function saysWhy(user: string): Promise<void> {
  const prep = app.slack.dm(user).findLast((one) => inside(one).includes('review_answer'));
  if (!prep || answered.has(prep.ts)) return;
  answered.add(prep.ts);
  await app.press(user, 'review_answer', { message: structuredClone(prep) });
  const entries: Record<string, string | string[]> = {};
  for (const block of app.slack.modal(user)?.blocks ?? []) {
    const [topic = '', part] = (block.block_id ?? '').replace(/:.*/, '').split('.');
    if (part === 'causes') entries[`${topic}.causes`] = ['lead_supply'];
    if (part === 'words') entries[`${topic}.words`] = 'Inbound brought hardly any.';
  }
  await app.slack.submit(user, entries);
}

const taken = new Set<string>();

/** The leader takes on what several named, once. */
async function takesCause(): Promise<void> {
  const told = app.slack.dm(LEADER).findLast((one) => inside(one).includes('commitment_open'));
  if (!told || taken.has(told.ts)) return;
  taken.add(told.ts);
  await app.press(LEADER, 'commitment_open', { message: structuredClone(told) });
  const due = addDays(zone.dateAt(app.clock.now()), 21);
  await app.slack.submit(LEADER, { owner: LEADER, text: 'Two more SDRs for inbound', due });
}

/** One working day of each, as they live it. */
async function live(date: string, day: number): Promise<void> {
  if (date === HIRED) await hire();
  if (date === PARTNER_LEAVES) await partnerLeaves();
  if (day === 1) await picksDays();
  await app.to(date, '09:05');
  await counts(FULL);
  await app.to(date, '17:00');
  await log(FULL, '30 calls 2 visits 1 demo');
  // About a third of all days goes unanswered.
  const usual = day % 10;
  if (![2, 3, 7].includes(usual)) await log(USUAL, `${20 + usual} calls 1 visit`);
  if (!between(date, SILENCE)) await log(SILENT, '15 calls');
  for (const rep of NAMING) {
    await log(rep, '26 calls 1 visit 1 demo');
    await saysWhy(rep);
  }
  if (weekdayOf(date) === 'wed') {
    const touch = `touch Prospect${day % 7} call pricing, Acme email case study`;
    await app.slack.command('/bigplan', touch, { user: OFTEN_AWAY });
  }
  if (!between(date, HOLIDAYS)) await log(OFTEN_AWAY, '25 calls 2 visits 1 demo');
  if (date === HOLIDAYS.from)
    await app.slack.command('/bigplan', 'away 1 Mar - 10 Mar', { user: OFTEN_AWAY });
  if (date >= STARTS) await log(HIRE, `${10 + Math.floor(day / 10)} calls`);
  await takesCause();
}

async function hire(): Promise<void> {
  await joinTeam(app, HIRE, MANAGER);
  await app.db.person.updateMany({ where: { userId: HIRE }, data: { joinedOn: HIRED } });
  await agreePlanOf(
    app,
    HIRE,
    everyDayDraft({ ...plain, period: { start: STARTS, end: YEAR.end } }),
  );
}

async function partnerLeaves(): Promise<void> {
  await app.db.person.updateMany({ where: { userId: PARTNER }, data: { deactivated: true } });
}

/** The hours are on everybody's days, and nobody holds one. */
async function picksDays(): Promise<void> {
  await app.slack.command('/bigplan', 'coach', { user: MANAGER });
  await app.slack.action({ user: MANAGER, actionId: 'coach_day_open' });
  await app.slack.submit(MANAGER, { day: 'spread', time: '14:00' });
  await app.slack.closeModal(MANAGER);
}

const UNTIL = process.env.TEAM_UNTIL ?? '2027-03-12';

describe('a year of a team', { timeout: 3_600_000 }, () => {
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
    expect(day).toBeGreaterThan(10);
  });

  it.each([
    ['a usual rep with two call blocks a day and an SDR partner who leaves', USUAL],
    ['a rep who is silent for a month', SILENT],
    ['a rep at 100 %', FULL],
    ...NAMING.map((rep) => ['a rep without leads', rep]),
    ['a rep who is away in March', OFTEN_AWAY],
    ['a new hire', HIRE],
    ['their manager, who doesn’t coach', MANAGER],
    ['the SDR partner', PARTNER],
    ['the leader', LEADER],
  ])('%s stays within the budget', async (name, user) => {
    const rows = await rowsOf(user);
    const weeks = weekCounts(rows, zone);
    console.log(`${name}\n${distributionText(weeks)}`);
    if (process.env.PRINT_MESSAGES) console.log(byWeek(rows));
    const budget = user === LEADER ? LEADER_BUDGET : USUAL_BUDGET;
    for (const { monday, count, mostADay } of weeks) {
      expect(count, `the week of ${monday}`).toBeLessThanOrEqual(budget.perWeek);
      expect(mostADay, `the week of ${monday}`).toBeLessThanOrEqual(budget.perDay);
    }
    // What is held comes: nothing that can't be lost waits still, but what the year's last days brought.
    const late = rows.filter(
      ({ state, dueAt }) => state === 'planned' && dueAt < zone.instantAt(UNTIL, '00:00'),
    );
    expect(late).toEqual([]);
  });

  it('a manager who doesn’t coach is told of the hours once a week after a month', async () => {
    const days = (await rowsOf(MANAGER)).filter(({ kind }) => kind === 'coach_day');
    const weeks = weekCounts(days, zone);
    expect(weeks.slice(0, 2).map(({ count }) => count)).toEqual([4, 5]);
    const later = weeks.filter(({ monday }) => monday >= '2027-02-01');
    expect(later.map(({ count }) => count)).toEqual(later.map(() => 1));
  });

  it('a silent month ends in a line a week, and the first answer brings everything back', async () => {
    const weeks = new Map((await weeksOf(SILENT)).map(({ monday, count }) => [monday, count]));
    expect(weeks.get('2027-02-15')).toBeLessThanOrEqual(1);
    expect(weeks.get('2027-02-22')).toBeLessThanOrEqual(1);
    expect(weeks.get('2027-03-01')).toBeGreaterThan(5);
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
      expect(syncs.length, user).toBeGreaterThan(6);
      shares.set(user, syncs.filter(({ state }) => state === 'sent').length / syncs.length);
    }
    expect(shares.get(PARTNER)).toBe(1);
    // On the Monday before a 1:1, what is about that comes first.
    expect(shares.get(USUAL)).toBeGreaterThan(0.6);
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
    for (const user of [USUAL, FULL]) {
      const kinds = new Set((await rowsOf(user)).map(({ kind }) => kind));
      expect(kinds).not.toContain('block_count');
    }
  });

  it('the leader takes what several named, and they hear of it', async () => {
    expect(taken.size).toBeGreaterThan(0);
    for (const rep of NAMING) {
      expect(app.slack.dm(rep).some((one) => inside(one).includes('Two more SDRs'))).toBe(true);
    }
  });
});

/** What came in each week, by kind; and what was held or dropped. */
function byWeek(rows: Awaited<ReturnType<typeof rowsOf>>): string {
  const weeks = new Map<string, Map<string, number>>();
  for (const { date, kind, outcome, reason } of reportLines(rows, zone)) {
    const what = outcome === 'sent' && !reason ? kind : `${kind} ${outcome} (${reason})`;
    const monday = mondayOf(date);
    const week = weeks.get(monday) ?? new Map<string, number>();
    week.set(what, (week.get(what) ?? 0) + 1);
    weeks.set(monday, week);
  }
  return [...weeks]
    .map(
      ([monday, kinds]) =>
        `${monday}: ${[...kinds].map(([kind, n]) => (n > 1 ? `${n} × ${kind}` : kind)).join(', ')}`,
    )
    .join('\n');
}
