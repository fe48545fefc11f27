/** An absence moves the 1:1 around it; changed or taken back, what it had moved is planned anew. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { joinedDelivery } from '../../src/people/team/messages.ts';
import { cardNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { joinTeam, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-02-24', '12:00');
  pair = await mintAgreed(app);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
});
afterAll(() => app.stop());

const away = (words: string, user = pair.rep) =>
  app.slack.command('/bigplan', `away ${words}`, { user });
const asked = () => app.texts(pair.rep).filter((text) => text.includes('Your 1:1 is'));
const told = () => app.texts(pair.manager).filter((text) => text.startsWith('Your 1:1 with'));

it('asked while away, the rep is asked at once when the absence is taken back', async () => {
  await app.to('2027-02-25', '08:00');
  await away('2027-02-25 – 2027-03-05');
  await app.to('2027-02-25', '10:00');
  expect(told()[0], 'the first day on which both work').toContain('Mon, Mar 8, 10:00 AM');
  expect(asked(), 'they are away').toEqual([]);
  await away('cancel 2027-02-25 – 2027-03-05');
  expect(app.told(pair.rep)).toContain('Cancelled');
  await app.bigplan.tick();
  await eventually(() => expect(asked()).toHaveLength(1));
  expect(asked()[0]).toContain('Tue, Mar 2, 10:00 AM');
});

it('and the manager’s message says the time that is true now, without another', async () => {
  await eventually(() => expect(told()[0]).toContain('Tue, Mar 2, 10:00 AM'));
  expect(told()).toHaveLength(1);
});

it('an absence after the question moves what both read, and back', async () => {
  await away('2027-03-02');
  await app.bigplan.tick();
  await eventually(() => expect(asked()[0]).toContain('Wed, Mar 3, 10:00 AM'));
  await eventually(() => expect(told()[0]).toContain('Wed, Mar 3, 10:00 AM'));
  await away('cancel 2 Mar 2027');
  await app.bigplan.tick();
  await eventually(() => expect(asked()[0]).toContain('Tue, Mar 2, 10:00 AM'));
  await eventually(() => expect(told()[0]).toContain('Tue, Mar 2, 10:00 AM'));
});

it('a question that came due while its reader was away comes once they are back', async () => {
  await app.to('2027-03-31', '08:00');
  await away('2027-03-31 – 2027-04-05');
  await app.to('2027-04-05', '12:00');
  await away('2027-04-06 – 2027-04-07');
  await app.to('2027-04-07', '23:00');
  const before = asked().length;
  await app.to('2027-04-08', '09:30');
  expect(asked().length).toBe(before + 1);
});

it('what the gate had held for an absence comes when it is cancelled', async () => {
  const other = await mintAgreed(app);
  await away('2027-04-12 – 2027-04-16', other.rep);
  await app.to('2027-04-12', '10:00');
  const { workspaceId, userId } = { workspaceId: TEAM, userId: other.rep };
  const { outbox } = app.bigplan.context;
  const team = await app.db.team.findFirstOrThrow({ where: { managerId: other.manager } });
  await inTransaction(app.db, async (tx) => {
    const joining = { workspaceId, repId: userId, teamId: team.id, at: app.clock.now() };
    await outbox.enqueue(tx, joinedDelivery(joining));
  });
  await app.bigplan.tick();
  const mine = () => app.texts(other.rep).filter((text) => text.includes(`<@${other.manager}>`));
  expect(mine(), 'they are away').toEqual([]);
  await away('cancel 2027-04-12 – 2027-04-16', other.rep);
  await app.bigplan.tick();
  await eventually(() => expect(mine()).toHaveLength(1));
});

it('a manager hears of all 1:1s to come in one message a day, which follows what becomes of each', async () => {
  const { rep, manager } = await mintAgreed(app);
  const other = await mintAgreed(app);
  await joinTeam(app, other.rep, manager);
  await app.to('2027-04-29', '10:00');
  const told = () => app.find(manager, /of your 1:1s/);
  await eventually(() => {
    for (const one of [rep, other.rep]) expect(inside(told())).toContain(`*<@${one}>* · April · *`);
  });
  const skip = { message: told(), value: `skip:${other.rep}:2027-04` };
  await app.press(manager, 'review_month_menu', skip);
  await app.slack.submit(manager, { reason: 'A fair' });
  const settled = `*<@${other.rep}>* · April · skipped, says <@${manager}>\\n&gt;A fair`;
  await eventually(() => expect(inside(told()).replaceAll('>A', '&gt;A')).toContain(settled));
  await app.press(manager, 'review_hold', { message: told() });
  await eventually(() => expect(inside(told())).not.toContain('skipped, says'));
  const where = { personId: manager, kind: 'review_ahead' };
  expect(await app.db.delivery.count({ where }), 'of two reps, on one day').toBe(1);
  expect(app.texts(manager).filter((text) => /1:1 (?:with|about)/.test(text))).toEqual([]);
});

it('half a day off counts as half among the days away', async () => {
  const other = await mintAgreed(app);
  const who = { workspaceId: TEAM, userId: other.rep };
  const awayIn = async (month: string) => {
    const plan = await reviewPlan(app.bigplan.context, who);
    const span = plan?.spans.find((one) => one.month === month);
    if (!plan || !span) throw new Error(`no ${month}`);
    return (await cardNow(app.bigplan.context, plan, span, '2027-06-01')).days.away;
  };
  expect(await awayIn('2027-05')).toBe(0);
  await away('2027-05-10', other.rep);
  await away('2027-05-12 afternoon', other.rep);
  expect(await awayIn('2027-05')).toBe(1.5);
});
