/** By when plans are due: who joined when, what is said of it once, and how that changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDues } from '../../src/plan/round/dues.ts';
import { plansOfRep } from '../../src/plan/round/store.ts';
import { findVersion } from '../../src/plan/store.ts';
import { makeLeader } from '../support/a-company.ts';
import { renewal } from '../support/actuals-app.ts';
import { agreePlanOf, everyDayDraft, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { mintPair, mintPerson, shown, type TestPair, title } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-02-26T15:00:00Z'));
  pair = await mintPair(app);
  await app.db.person.updateMany({ data: { metAt: app.clock.now() } });
});
afterAll(() => app.stop());

const dueOf = async (rep: string) =>
  (await planDues(app.bigplan.context, TEAM, [rep])).get(rep) ?? null;
const click = (user: string, actionId: string, value?: string) =>
  app.slack.action({ user, actionId, ...(value !== undefined && { value }) });
const told = (user: string, text: RegExp) => app.texts(user).filter((one) => text.test(one));

async function joins({ rep, manager }: TestPair, joinedOn: string | null): Promise<void> {
  await app.slack.command('/bigplan', 'team', { user: manager });
  await click(manager, 'plan_dues');
  await click(manager, 'plan_joined', rep);
  await app.slack.submit(manager, { joinedOn });
}

describe('a plan that was closed with no other begun', () => {
  it('is followed by one that carries the same over, said in words', async () => {
    const other = await mintAgreed(app, {
      renewals: [renewal('acme', 'Acme'), renewal('globex', 'Globex', { date: '2027-02-15' })],
    });
    await app.slack.command('/bigplan', 'pipeline 300k new', { user: other.rep });
    await app.slack.submit(other.rep, { criteria: ['verbal', 'bant', 'demo', 'moving'] });
    await app.slack.command('/bigplan', 'won Globex 12k renewal on 2027-02-15', {
      user: other.rep,
    });
    await app.slack.closeModal(other.rep);
    await app.slack.command('/bigplan', '', { user: other.rep });
    await click(other.rep, 'plan_close');
    expect(shown(app.slack, other.rep)).toContain('Closed.');
    await app.slack.command('/bigplan', '', { user: other.rep });
    const words = shown(app.slack, other.rep);
    expect(words).toContain(
      '*The plan from Jan 1, 2027.* It follows the one that was closed on Feb 26, 2027; what was won under that stays with it.',
    );
    expect(words).toContain(
      '*Carried over:* the comp plan; renewals (1 still open); open pipeline $300,000, as on Feb 26, 2027',
    );
    await app.slack.command('/bigplan', '', { user: other.rep });
    expect(shown(app.slack, other.rep), 'said once').not.toContain('Carried over');
    const who = { workspaceId: TEAM, userId: other.rep };
    const all = await plansOfRep(app.db, who);
    expect(all.map(({ closedOn, newest }) => [closedOn, newest.status])).toEqual([
      ['2027-02-26', 'closed'],
      [null, 'draft'],
    ]);
    const draft = await findVersion(app.bigplan.context, all[1]?.newest.id ?? '');
    expect(draft?.draft).toMatchObject({
      goal: null,
      pipeline: { opening: { newBusiness: 30_000_000 } },
      compensation: { first: { quota: 100_000_000 } },
      renewals: [{ account: 'Acme', date: '2027-03-31' }],
    });
  });

  it('that was never signed is followed by an empty one', async () => {
    const other = await mintPair(app);
    await app.slack.command('/bigplan', '', { user: other.rep });
    expect(shown(app.slack, other.rep)).not.toContain('Carried over');
  });
});

describe('a new hire', () => {
  it('is asked about once, where the team is shown', async () => {
    await app.slack.command('/bigplan', 'team', { user: pair.manager });
    await click(pair.manager, 'plan_dues');
    expect(title(app.slack, pair.manager)).toBe('Due dates');
    expect(shown(app.slack, pair.manager)).toContain('when did they join?');
    await click(pair.manager, 'plan_joined', pair.rep);
    await app.slack.submit(pair.manager, { joinedOn: '2027-03-01' });
    const page = shown(app.slack, pair.manager);
    expect(page).toContain('joined Mar 1, 2027');
    expect(page).toContain('aimed at Mar 31, 2027, day 30; overdue after Apr 30, 2027');
    expect(page).not.toContain('when did they join?');
  });

  it('is welcomed on day 1, and not before', async () => {
    await app.to('2027-03-01', '08:30');
    expect(told(pair.rep, /^Your plan: /)).toEqual([]);
    await app.to('2027-03-01', '09:10');
    expect(inside(app.find(pair.rep, /^Your plan: /))).toContain('Welcome aboard');
    expect(told(pair.manager, /plan.* signed, due/)).toEqual([]);
  });

  it('and the manager hears on day 20, each in one message that changes', async () => {
    await app.to('2027-03-22', '09:30');
    expect(told(pair.manager, /plan.* signed, due/)).toEqual([
      '0 of 1 plan signed, due Mar 31, 2027.',
    ]);
    await app.slack.command('/bigplan', '', { user: pair.rep });
    expect(await dueOf(pair.rep)).toMatchObject({ state: 'soon', status: 'draft' });
    await app.to('2027-05-01', '09:30');
    expect(await dueOf(pair.rep)).toMatchObject({ state: 'overdue' });
    expect(told(pair.rep, /^Your plan: /)).toEqual([
      'Your plan: overdue since Apr 30, 2027, day 60.',
    ]);
    expect(told(pair.manager, /plan.* signed, due/)).toHaveLength(1);
    // It shows to the leader, and to the pair in the line that both read.
    await mintPerson(app, 'U0LEA', { name: 'Lea' });
    await makeLeader(app, 'U0LEA');
    const homeOf = async (user: string) => {
      await app.slack.openHome(user);
      await app.bigplan.settled();
      return JSON.stringify(app.slack.home(user)?.blocks ?? null);
    };
    expect(await homeOf('U0LEA')).toMatch(new RegExp(`\\*Plans overdue:\\* [^"]*<@${pair.rep}>`));
    const line = /Plan overdue since Apr 30 · day 30: the look back waits since Mar 31/;
    expect(await homeOf(pair.manager)).toMatch(line);
    expect(await homeOf(pair.rep)).toMatch(line);
    expect(inside(app.find(pair.manager, /plan.* signed, due/))).toContain('a draft');
  });

  it('signed, nothing more is due before the next year', async () => {
    await app.leave(pair.rep);
    await agreePlanOf(app, pair.rep, everyDayDraft());
    expect(await dueOf(pair.rep)).toMatchObject({ dueOn: '2028-01-01', state: 'ahead' });
  });
});

describe('somebody who was here before', () => {
  it('has a month from when Bigplan met them, and hears of it a fortnight before', async () => {
    const other = await mintPair(app);
    await app.db.person.updateMany({
      where: { userId: other.rep },
      data: { metAt: app.clock.now() },
    });
    await joins(other, null);
    expect(shown(app.slack, other.manager)).toContain('was here before');
    expect(await dueOf(other.rep)).toMatchObject({ kind: 'cycle', dueOn: '2027-05-31' });
    expect(await dueOf(other.rep)).toMatchObject({ isJoinedKnown: true, state: 'soon' });
    await app.to('2027-05-10', '12:00');
    expect(told(other.rep, /^Your plan: /)).toEqual([]);
    await app.to('2027-05-17', '09:30');
    expect(told(other.rep, /^Your plan: /)).toEqual(['Your plan: due May 31, 2027, in 14 days.']);
  });

  it('can say it themself where nobody has, once, and their manager sees it', async () => {
    const own = await mintPair(app);
    await app.slack.command('/bigplan', 'settings', { user: own.rep });
    await click(own.rep, 'plan_joined');
    expect(shown(app.slack, own.rep)).toContain('*When did you join?* Said once');
    const far = await app.slack.submit(own.rep, { joinedOn: '2028-05-01' });
    expect(JSON.stringify(far.body)).toContain('over half a year ahead');
    await app.slack.submit(own.rep, { joinedOn: '2027-05-10' });
    expect(shown(app.slack, own.rep)).toContain('✓ *You joined May 10, 2027.* Your plan: aimed at');
    expect(await dueOf(own.rep)).toMatchObject({ joinedOn: '2027-05-10', kind: 'new_hire' });
    await app.slack.closeModal(own.rep);
    await app.slack.command('/bigplan', 'settings', { user: own.rep });
    expect(shown(app.slack, own.rep), 'asked once').not.toContain('plan_joined');

    await app.slack.command('/bigplan', 'team', { user: own.manager });
    await click(own.manager, 'plan_dues');
    expect(shown(app.slack, own.manager)).toContain('joined May 10, 2027');
    await click(own.manager, 'plan_joined', own.rep);
    await app.slack.submit(own.manager, { joinedOn: '2027-05-03' });
    expect(await dueOf(own.rep)).toMatchObject({ joinedOn: '2027-05-03' });

    // A button that is still out there says nothing a second time.
    await app.slack.closeModal(own.rep);
    const blank = { channel: app.slack.dmChannel(own.rep), ts: '1800000000.000002' };
    const message = forged({ ...blank, text: 'Old', blocks: [] }, 'plan_joined', own.rep);
    await app.slack.action({ user: own.rep, actionId: 'plan_joined', message });
    const words = `${shown(app.slack, own.rep)} ${app.told(own.rep)}`;
    expect(words).toContain('That was said already: you joined on May 3, 2027');
    expect(await dueOf(own.rep)).toMatchObject({ joinedOn: '2027-05-03' });
  });

  it('is nobody else’s to say', async () => {
    const [mine, theirs] = [await mintPair(app), await mintPair(app)];
    const channel = app.slack.dmChannel(mine.manager);
    const blank = { channel, ts: '1800000000.000001', text: 'Forged', blocks: [] };
    const message = forged(blank, 'plan_joined', theirs.rep);
    await app.slack.action({ user: mine.manager, actionId: 'plan_joined', message });
    expect((await dueOf(theirs.rep))?.isJoinedKnown).toBe(false);
    expect(title(app.slack, mine.manager)).not.toBe('When did they join?');
  });
});
