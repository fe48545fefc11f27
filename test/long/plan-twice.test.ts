/** What Slack sends twice, since its answer was lost or somebody pressed twice, is done once. */
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { submitByHand, type Typed } from '../support/by-hand.ts';
import {
  fillWizard,
  lastMessage,
  mintPair,
  openOwn,
  setUpWorkspace,
  storedPlan,
} from '../support/plan-app.ts';

let app: TestApp;
let rep: string;
let manager: string;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  ({ rep, manager } = await mintPair(app));
  await openOwn(app, rep);
});

const version = async () => (await storedPlan(app, rep)).version;
const front = () => structuredClone(app.slack.modal(rep) as ModalView);

/** Opens what `actionId` opens for a list, and returns it as it was shown. */
async function editor(actionId: 'plan_row_add' | 'plan_row_paste', list: string) {
  await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: list });
  await app.slack.action({ user: rep, actionId, value: list });
  return front();
}

/** Submits the same form twice, one after the other or at once. */
async function twice(view: ModalView, typed: Typed, again = typed, atOnce = false) {
  const first = submitByHand(app, rep, view, typed);
  if (!atOnce) await first;
  const [one, other] = await Promise.all([first, submitByHand(app, rep, view, again)]);
  expect([one.status, other.status]).toEqual([200, 200]);
  return other.body;
}

const ROW = { account: 'Acme', amount: '120k', date: '2027-03-31', likelihood: '80%' };
const PERIOD = { 'period.start': '2027-01-01', 'period.end': '2027-12-31' };
const renewals = async () => (await version()).draft.renewals;

beforeEach(() => app.slack.submit(rep, { ...PERIOD, 'goal.income': '250,000' }));

describe('a row', () => {
  it.each([false, true])('is added once (at once: %s)', async (atOnce) => {
    await twice(await editor('plan_row_add', 'renewals'), ROW, ROW, atOnce);
    expect(await renewals()).toMatchObject([{ account: 'Acme', amount: 12_000_000 }]);
  });

  it('is added twice with two editors', async () => {
    for (let times = 0; times < 2; times++) {
      await editor('plan_row_add', 'renewals');
      await app.slack.submit(rep, ROW);
    }
    expect(await renewals()).toHaveLength(2);
  });

  it('holds what was put right before the second time', async () => {
    await twice(await editor('plan_row_add', 'renewals'), ROW, { ...ROW, amount: '130k' });
    expect(await renewals()).toMatchObject([{ amount: 13_000_000 }]);
  });

  it('that was taken out since stays out', async () => {
    const view = await editor('plan_row_add', 'renewals');
    await app.slack.submit(rep, ROW);
    const [row] = await renewals();
    const value = `remove:renewals:${row?.id}`;
    await app.slack.action({ user: rep, actionId: 'plan_row_menu', enter: value, value });
    expect(await renewals()).toEqual([]);
    await submitByHand(app, rep, view, ROW);
    expect(await renewals()).toEqual([]);
  });

  it('is changed once, and is no surprise to itself', async () => {
    await editor('plan_row_add', 'renewals');
    await app.slack.submit(rep, ROW);
    const [row] = await renewals();
    const value = `edit:renewals:${row?.id}`;
    await app.slack.action({ user: rep, actionId: 'plan_row_menu', enter: value, value });
    const { revision } = await version();
    const body = await twice(front(), { ...ROW, amount: '1k' });
    expect(JSON.stringify(body)).not.toContain('changed this');
    expect(await version()).toMatchObject({ revision: revision + 1 });
    expect(await renewals()).toMatchObject([{ amount: 100_000 }]);
  });
});

describe('a pasted list', () => {
  const lines = 'Acme, 100, 2027-03-31, 80%\nGlobex, 200, 2027-04-30, 50%';

  it.each([false, true])('is added once (at once: %s)', async (atOnce) => {
    const view = await editor('plan_row_paste', 'renewals');
    await twice(view, { lines }, { lines }, atOnce);
    expect((await renewals()).map(({ account }) => account)).toEqual(['Acme', 'Globex']);
  });

  it('asks about a line that is there twice, however often it is submitted', async () => {
    const view = await editor('plan_row_paste', 'renewals');
    const same = 'Acme, 100, 2027-03-31, 80%\nAcme, 100, 2027-03-31, 80%';
    await twice(view, { lines: same });
    expect(await renewals()).toHaveLength(1);
  });

  it('adds what was put right before the second time, and nothing else', async () => {
    const view = await editor('plan_row_paste', 'renewals');
    await twice(view, { lines: `${lines}\nBad` }, { lines: `Bad, 5, 2027-05-31, 10%\n${lines}` });
    expect((await renewals()).map(({ account }) => account)).toEqual(['Acme', 'Globex', 'Bad']);
  });
});

describe('a step', () => {
  it.each([false, true])('is saved once (at once: %s)', async (atOnce) => {
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'pipeline' });
    const { revision } = await version();
    const typed = { xFactor: '4x', winRate: '25%' };
    const body = await twice(front(), typed, typed, atOnce);
    expect(JSON.stringify(body)).not.toContain('changed this');
    const now = await version();
    expect(now).toMatchObject({ revision: revision + 1, draft: { pipeline: { xFactor: 4 } } });
    expect(now.typed).not.toHaveProperty([`${rep}/pipeline`]);
  });

  it('takes what was put right after an answer that was lost', async () => {
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'pipeline' });
    const typed = { xFactor: '4x', winRate: '25%' };
    const body = await twice(front(), typed, { ...typed, xFactor: '5x' });
    expect(JSON.stringify(body)).not.toContain('changed this');
    expect((await version()).draft.pipeline).toMatchObject({ xFactor: 5, winRate: 0.25 });
  });
});

it('a plan is proposed once, and shown as proposed the second time', async () => {
  await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'goal' });
  await fillWizard(app.slack, rep);
  const body = await twice(front(), {});
  expect(JSON.stringify(body)).toContain('It waits for');
  const events = await app.db.planEvent.findMany({ where: { actorId: rep, kind: 'proposed' } });
  expect(events).toHaveLength(1);
});

describe('a comment', () => {
  /** Opens the form for a comment on what the rep has proposed. */
  async function asking(): Promise<ModalView> {
    const message = lastMessage(app.slack, manager);
    await app.slack.action({ user: manager, actionId: 'plan_ask_for_changes', message });
    return structuredClone(app.slack.modal(manager) as ModalView);
  }
  /** Proposes what was sent back once more. */
  async function proposeAgain(): Promise<void> {
    await openOwn(app, rep);
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'review' });
    await app.slack.submit(rep);
  }
  const comments = async () => {
    const where = { actorId: manager, kind: 'changes_requested' } as const;
    return app.db.planEvent.count({ where });
  };
  const COMMENT = { comment: 'More renewals, please.' };

  beforeEach(async () => {
    await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'goal' });
    await fillWizard(app.slack, rep);
    await app.slack.submit(rep);
  });

  it('that comes late once more sends nothing back that was proposed since', async () => {
    const view = await asking();
    await app.slack.submit(manager, COMMENT);
    await proposeAgain();
    const { status, body } = await submitByHand(app, manager, view, COMMENT);
    expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringContaining('no longer')]);
    expect([await comments(), (await version()).status]).toEqual([1, 'proposed']);
  });

  it('may be made twice in the same words', async () => {
    for (let times = 0; times < 2; times++) {
      await asking();
      await app.slack.submit(manager, COMMENT);
      await app.slack.closeModal(manager);
      if (times === 0) await proposeAgain();
    }
    expect([await comments(), (await version()).status]).toEqual([2, 'changes_requested']);
  });
});
