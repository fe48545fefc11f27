/** Two plan years of one pair in a row: the second is drafted in November, takes over at the turn, the first closes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planInForce } from '../../src/activity/plan-in-force.ts';
import { saveDay } from '../../src/activity/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { planDues } from '../../src/plan/round/dues.ts';
import { plansOfRep } from '../../src/plan/round/store.ts';
import { findVersion } from '../../src/plan/store.ts';
import { datesBetween, weekdayOf } from '../../src/time/local-date.ts';
import { answer, renewal } from '../support/actuals-app.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { lastWords, shown, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const CHANNEL = 'C0TEAMMAX';

let app: DayApp;
let pair: TestPair;

beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-09-01', '08:00');
  app.slack.addChannel(CHANNEL, { joined: true });
  pair = await mintAgreed(app, {
    renewals: [
      renewal('acme', 'Acme'),
      renewal('globex', 'Globex', { amount: 8_000_000, date: '2027-06-30' }),
      renewal('cafe', 'Café Zürich', { amount: 4_000_000 }),
    ],
    reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
  });
  await inTransaction(app.db, async (tx) => {
    const team = await ensureTeam(tx, { workspaceId: TEAM, userId: pair.manager });
    await setChannel(tx, team.id, CHANNEL);
  });
  const workdays = datesBetween('2027-09-01', '2027-11-12').filter(
    (date) => !['sat', 'sun'].includes(weekdayOf(date)),
  );
  for (const date of workdays) {
    const counts = { calls: 20, visits: 4, demos: 2, proposals: 1, contracts: 0 };
    const day = { date, state: 'logged' as const, counts, skipReason: null, note: null };
    await saveDay(app.bigplan.context, who(), day, new Date());
  }
  // Everything in between is other tests' matter.
  const quiet = { checkIns: false, callBlocks: false, syncs: false, paceNotes: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
  app.clock.moveTo(new Date('2027-11-15T15:00:00Z'));
});
afterAll(() => app.stop());

const who = () => ({ workspaceId: TEAM, userId: pair.rep });
const say = (text: string) => app.slack.command('/bigplan', text, { user: pair.rep });
const click = (user: string, actionId: string, enter?: string) =>
  app.slack.action({ user, actionId, ...(enter !== undefined && { enter }) });

async function plans() {
  const [old, next] = await plansOfRep(app.db, who());
  if (!old) throw new Error('there is no plan');
  return { old, next };
}

async function draftOfNext() {
  const { next } = await plans();
  const version = next && (await findVersion(app.bigplan.context, next.newest.id));
  if (!version) throw new Error('the next plan was not begun');
  return version.draft;
}

const dealOf = (account: string) =>
  app.db.deal.findFirstOrThrow({ where: { repId: pair.rep, account } });

describe('two plan years of one pair', () => {
  it('drafts the next while the first runs, with what carries over', async () => {
    await say('pipeline 300k new');
    await app.slack.submit(pair.rep, { criteria: ['verbal', 'bant', 'demo', 'moving'] });
    await say('won Globex 84k renewal on 2027-06-30');
    await say('lost Café Zürich on 2027-09-30');
    await say('');
    expect(shown(app.slack, pair.rep)).toContain('This plan ends on');
    await click(pair.rep, 'plan_next');
    const told = shown(app.slack, pair.rep);
    expect(told).toContain('renewals (1 still open, 1 due again a year on)');
    expect(told).toContain('open pipeline $300,000');
    expect(told).toContain('demo → proposal 50% (of 106)');
    expect(told).toContain('It takes over on *Jan 1, 2028*');

    const draft = await draftOfNext();
    expect(draft.period).toEqual({ start: '2028-01-01', end: '2028-12-31' });
    expect(draft.goal).toBeNull();
    expect(draft.compensation?.first.quota).toBe(100_000_000);
    expect(draft.pipeline?.opening).toEqual({ newBusiness: 30_000_000 });
    expect(draft.funnel).toMatchObject({ callToVisit: 0.2, visitToDemo: 0.5, demoToProposal: 0.5 });
    expect(draft.renewals.map(({ account, date, amount }) => [account, date, amount])).toEqual([
      ['Acme', '2028-01-01', 12_000_000],
      ['Globex', '2028-06-30', 8_400_000],
    ]);
  });

  it('is begun once, however often it is asked for, and by either', async () => {
    await app.slack.command('/bigplan', '', { user: pair.manager });
    await click(pair.manager, 'plan_open', pair.rep);
    expect(shown(app.slack, pair.manager)).toContain(
      '*The next plan*, from Jan 1, 2028, is a draft',
    );
    await click(pair.manager, 'plan_next');
    expect(await plansOfRep(app.db, who())).toHaveLength(2);
  });

  it('dropped, it is gone; brought back, it is as it was', async () => {
    await click(pair.manager, 'plan_drop');
    expect(shown(app.slack, pair.manager)).toContain('was dropped');
    expect(await plansOfRep(app.db, who())).toHaveLength(1);
    await click(pair.manager, 'plan_bring_back');
    expect((await draftOfNext()).pipeline?.opening).toEqual({ newBusiness: 30_000_000 });
  });

  it('is signed by both, and the first stays in force to its last day', async () => {
    const due = async () => (await planDues(app.bigplan.context, TEAM, [pair.rep])).get(pair.rep);
    expect(await due()).toMatchObject({ dueOn: '2028-01-01', state: 'ahead', status: 'draft' });
    await app.slack.submit(pair.rep, { 'goal.income': '260,000' });
    for (let step = 0; step < 8; step++) await app.slack.submit(pair.rep, {});
    await app.slack.submit(pair.rep, {});
    await app.press(pair.manager, 'plan_agree');
    expect(await due()).toMatchObject({ state: 'signed', status: 'agreed' });
    const { old } = await plans();
    const inForce = await planInForce(app.bigplan.context, who());
    expect(inForce?.work.planId).toBe(old.id);
    await say('status');
    expect(lastWords(app.slack, pair.rep)).not.toContain('begins on');
    await say('won Initech 24k new');
    expect((await dealOf('Initech')).planId).toBe(old.id);
  });

  it('asks by the next from its first working day on', async () => {
    app.clock.moveTo(new Date('2027-12-30T23:00:00Z'));
    await app.db.nudgeSettings.updateMany({
      where: { personId: pair.rep },
      data: { checkIns: true },
    });
    await inTransaction(app.db, (tx) => app.bigplan.context.scheduler.rescheduleAfresh(tx, who()));
    await app.to('2027-12-31', '17:00');
    expect(app.find(pair.rep, /Friday/).text).toContain('how did it go');
    await say('pipeline 280k new');
    await app.slack.submit(pair.rep, { criteria: ['verbal', 'bant', 'demo', 'moving'] });
    const { old, next } = await plans();
    // The old year's last day still waits, so words of the morning may be about it.
    await app.to('2028-01-03', '10:00');
    await say('log 20 calls');
    expect(app.told(pair.rep)).toContain('Is that for Friday, or for today?');
    await app.to('2028-01-03', '17:00');
    expect(app.find(pair.rep, /Monday/).text).toContain('how did it go');
    const inForce = await planInForce(app.bigplan.context, who());
    expect(inForce?.work.planId).toBe(next?.id);
    // What was said of the pipeline stands until it is said anew.
    await say('status');
    expect(app.told(pair.rep)).toContain('Open pipeline $280k, as on Dec 31, 2027.');
    // A day of the old year is still answered by its own plan.
    const before = await planInForce(app.bigplan.context, who(), '2027-12-31');
    expect(before?.work.planId).toBe(old.id);
    await say('log 19 calls 1 visit on 2027-12-31');
    expect(app.told(pair.rep)).toContain('19 calls');
    expect(await app.db.activityDay.findFirst({ where: { date: '2027-12-31' } })).toMatchObject({
      personId: pair.rep,
      state: 'logged',
      calls: 19,
    });
  });

  it('offers the old year’s last days in the same form', async () => {
    await say('log');
    const days = () => shown(app.slack, pair.rep).match(/"value":"20\d\d-\d\d-\d\d"/g) ?? [];
    expect(days()[0]).toContain('2028-01-03');
    expect(days()).toContain('"value":"2027-12-30"');
    expect(days()).not.toContain('"value":"2028-01-02"');
    await click(pair.rep, 'day_pick', '2027-12-30');
    expect(days(), 'today is still there').toContain('"value":"2028-01-03"');
    await app.slack.submit(pair.rep, { calls: '7', visits: '2' });
    const day = await app.db.activityDay.findFirst({ where: { date: '2027-12-30' } });
    expect(day).toMatchObject({ state: 'logged', calls: 7, visits: 2 });
  });

  it('counts a deal for the year in which it was won', async () => {
    const { old, next } = await plans();
    await say('won Hooli 24k new on 2027-12-30');
    await say('won Umbrella 31k new');
    expect((await dealOf('Hooli')).planId).toBe(old.id);
    expect((await dealOf('Umbrella')).planId).toBe(next?.id);
    // The renewal that was still open, in the old year after all.
    await say('won Acme 120k renewal on 2027-12-29');
    expect(await dealOf('Acme')).toMatchObject({ planId: old.id, renewalId: 'acme' });
    await say('won Hooli 9k new on 2026-12-30');
    expect(shown(app.slack, pair.rep)).toContain('outside the plan');
  });

  it('holds the last review of the first, with what was entered since, and closes it', async () => {
    await say('review');
    expect(shown(app.slack, pair.rep)).toContain('December');
    await app.to('2028-01-04', '10:00');
    const thread = app.slack.channel(CHANNEL).find(({ text }) => text.includes('December'));
    if (!thread) throw new Error('December was not judged');
    await app.press(pair.manager, 'review_close_open', { message: thread });
    await app.slack.submit(pair.manager, {});
    const { old, next } = await plans();
    expect(old).toMatchObject({ closedOn: '2028-01-04', newest: { status: 'closed' } });
    const inForce = await planInForce(app.bigplan.context, who());
    expect(inForce?.work.planId).toBe(next?.id);
  });

  it('can still be read, and added to', async () => {
    await say('');
    await click(pair.rep, 'plan_history');
    const versions = shown(app.slack, pair.rep);
    expect(versions).toContain('Plan Jan 1, 2027 – Dec 31, 2027');
    await say('won Stark 18k new on 2027-12-28');
    const { old } = await plans();
    expect((await dealOf('Stark')).planId).toBe(old.id);
    expect(inside(answer(app, pair.rep))).toContain('Stark');
    const months = await app.db.review.findMany({
      where: { repId: pair.rep, askedAt: { not: null } },
      select: { month: true, planId: true },
      orderBy: { month: 'asc' },
    });
    expect(months.at(-1)).toEqual({ month: '2027-12', planId: old.id });
  });
});
