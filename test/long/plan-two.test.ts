/** Two people at once, buttons that are old, and requests that Slack would never have sent. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { submitByHand } from '../support/by-hand.ts';
import {
  agreed,
  buttonsOf,
  fillWizard,
  initial,
  joinTeam,
  lastMessage,
  lastWords,
  mintPair,
  mintPerson,
  openAsManager,
  openOwn,
  proposed,
  setUpWorkspace,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import { type SlackMessage, TEAM } from '../support/slack.ts';

let app: TestApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  pair = await mintPair(app);
});

const version = async () => (await storedPlan(app, pair.rep)).version;
const status = async () => (await version()).status;
const dms = (user: string) => app.slack.dm(user).map(({ text }) => text);
const deliveries = (kind: string) =>
  app.db.delivery.findMany({
    where: { kind, personId: { in: [pair.rep, pair.manager] } },
    orderBy: { createdAt: 'asc' },
  });
const goTo = (user: string, step: string) =>
  app.slack.action({ user, actionId: 'plan_go_to', enter: step });
/** No bug was hit: a bug gives a reference id. */
const noBug = (user: string) => expect(lastWords(app.slack, user)).not.toContain('Something broke');

describe('two editors', () => {
  it('of one step: the second is told, sees their own words, and decides', async () => {
    const { rep, manager } = pair;
    await openOwn(app, rep);
    await openAsManager(app, pair);
    await app.slack.submit(rep, { 'goal.income': '250k' });
    await app.slack.submit(manager, { 'goal.income': '300k' });
    expect(title(app.slack, manager)).toBe('Goal');
    expect(shown(app.slack, manager)).toContain(`<@${rep}> changed this`);
    expect(initial(app.slack, manager, 'goal.income')).toBe('300k');
    expect((await version()).draft.goal?.income).toBe(25_000_000);
    await app.slack.submit(manager, { 'goal.income': '300k' });
    expect((await version()).draft.goal?.income).toBe(30_000_000);
  });

  it('of one step: a dispatched field or a closed window doesn’t make the second forget the first', async () => {
    const { rep, manager } = pair;
    await openOwn(app, rep);
    await openAsManager(app, pair);
    await app.slack.submit(rep, { 'goal.income': '250k' });
    const livingCosts = 'plan_field.goal.livingCosts';
    await app.slack.action({ user: manager, actionId: livingCosts, enter: '90k' });
    expect(shown(app.slack, manager)).toContain(`<@${rep}> changed this`);
    expect((await version()).draft.goal).toEqual({ income: 25_000_000, livingCosts: null });
    await app.slack.action({ user: manager, actionId: 'plan_drop_typed' });
    expect(initial(app.slack, manager, 'goal.income')).toBe('250,000');
    expect(initial(app.slack, manager, 'goal.livingCosts')).toBeUndefined();
    expect(shown(app.slack, manager)).not.toContain('changed this');

    // Kept on one device, overtaken, and opened on another.
    await goTo(rep, 'goal');
    await app.slack.action({ user: manager, actionId: livingCosts, enter: '80k' });
    await app.slack.submit(rep, { 'goal.income': '260k' });
    await openAsManager(app, pair);
    await goTo(manager, 'goal');
    expect(initial(app.slack, manager, 'goal.livingCosts')).toBe('80k');
    expect(shown(app.slack, manager)).toContain(`<@${rep}> changed this`);
    expect((await version()).draft.goal?.income).toBe(26_000_000);
  });

  it('of different steps and rows: both are kept', async () => {
    const { rep, manager } = pair;
    await openOwn(app, rep);
    await openAsManager(app, pair);
    await Promise.all([goTo(rep, 'renewals'), goTo(manager, 'renewals')]);
    await Promise.all(
      [rep, manager].map((user) =>
        app.slack.action({ user, actionId: 'plan_row_add', value: 'renewals' }),
      ),
    );
    await Promise.all([
      app.slack.submit(rep, { account: 'Acme', amount: '1k', date: '2027-03-31' }),
      app.slack.submit(manager, { account: 'Globex', amount: '2k', date: '2027-03-31' }),
    ]);
    const accounts = (await version()).draft.renewals.map(({ account }) => account);
    expect(accounts.sort()).toEqual(['Acme', 'Globex']);
    await Promise.all([goTo(rep, 'pipeline'), goTo(manager, 'milestones')]);
    await Promise.all([
      app.slack.submit(rep, { xFactor: '4' }),
      app.slack.submit(manager, { weekday: 'fri' }),
    ]);
    expect((await version()).draft).toMatchObject({
      pipeline: { xFactor: 4 },
      reviews: { weekday: 'fri' },
    });
  });

  it('of one row, and a row that the other has taken out', async () => {
    const { rep, manager } = pair;
    await openOwn(app, rep);
    await goTo(rep, 'expansion');
    await app.slack.action({ user: rep, actionId: 'plan_row_add', value: 'expansion' });
    await app.slack.submit(rep, { account: 'Acme', buyingCenter: 'HR', target: '1k' });
    await openAsManager(app, pair);
    const [row] = (await version()).draft.expansion;
    const edit = `edit:expansion:${row?.id}`;
    await app.slack.action({ user: rep, actionId: 'plan_row_menu', value: edit });
    await app.slack.action({ user: manager, actionId: 'plan_row_menu', value: edit });
    await app.slack.submit(rep, { target: '2k' });
    await app.slack.submit(manager, { target: '3k' });
    expect(shown(app.slack, manager)).toContain(`<@${rep}> changed this`);
    expect((await version()).draft.expansion[0]?.target).toBe(200_000);
    const remove = `remove:expansion:${row?.id}`;
    await app.slack.action({ user: rep, actionId: 'plan_row_menu', value: remove });
    expect((await version()).draft.expansion).toEqual([]);
    await app.slack.submit(manager, { target: '3k' });
    expect((await version()).draft.expansion).toEqual([]);
    noBug(manager);
    expect(app.slack.modals(manager)).toHaveLength(2);
  });
});

describe('signing', () => {
  it('both propose at once: one proposal, one message, a word to the other', async () => {
    const { rep, manager } = pair;
    await openOwn(app, rep);
    await fillWizard(app.slack, rep);
    await openAsManager(app, pair);
    await Promise.all([app.slack.submit(rep), app.slack.submit(manager)]);
    expect(await status()).toBe('proposed');
    expect(await deliveries('plan_proposed')).toHaveLength(1);
    expect(dms(rep).length + dms(manager).length).toBe(1);
    const late = dms(manager).length === 1 ? manager : rep;
    expect(shown(app.slack, late)).toContain('waits for');
    noBug(rep);
    noBug(manager);
  });

  it('a double click on Agree signs once and tells once', async () => {
    const message = await proposed(app, pair);
    const agree = () => app.slack.action({ user: pair.manager, actionId: 'plan_agree', message });
    // Both leave before the first one's answer has changed the message.
    await Promise.all([agree(), agree(), agree()]);
    expect(await status()).toBe('agreed');
    expect(await deliveries('plan_agreed')).toHaveLength(1);
    expect(dms(pair.rep)).toEqual(['Your plan is agreed and signed by both.']);
    const events = await app.db.planEvent.findMany({ where: { actorId: pair.manager } });
    expect(events.map(({ kind }) => kind)).toEqual(['agreed']);
    noBug(pair.manager);
    expect(buttonsOf(message)).not.toContain('plan_agree');
  });

  it('agreeing while it is taken back ends in one of the two', async () => {
    const message = await proposed(app, pair);
    await Promise.all([
      app.slack.action({ user: pair.manager, actionId: 'plan_agree', message }),
      app.slack.action({ user: pair.rep, actionId: 'plan_take_back' }),
    ]);
    const now = await status();
    expect(['agreed', 'draft']).toContain(now);
    expect(await deliveries('plan_agreed')).toHaveLength(now === 'agreed' ? 1 : 0);
    noBug(pair.rep);
    noBug(pair.manager);
  });

  it('does not agree to what has changed since the message', async () => {
    const message = structuredClone(await proposed(app, pair));
    await app.slack.action({ user: pair.rep, actionId: 'plan_take_back' });
    await goTo(pair.rep, 'pipeline');
    await app.slack.submit(pair.rep, { xFactor: '5' });
    await goTo(pair.rep, 'review');
    await app.slack.submit(pair.rep);
    await app.slack.action({ user: pair.manager, actionId: 'plan_agree', message });
    expect(await status()).toBe('proposed');
    expect(lastWords(app.slack, pair.manager)).toContain('changed since that message');
    const fresh = lastMessage(app.slack, pair.manager);
    expect(fresh.ts).not.toBe(message.ts);
    await app.slack.action({ user: pair.manager, actionId: 'plan_agree', message: fresh });
    expect(await status()).toBe('agreed');
  });

  it('nobody signs their own proposal, or sends it back twice', async () => {
    const { rep, manager } = pair;
    const message = structuredClone(await proposed(app, pair));
    const own: SlackMessage = { ...message, channel: app.slack.dmChannel(rep) };
    await app.slack.action({ user: rep, actionId: 'plan_agree', message: own });
    expect(await status()).toBe('proposed');
    expect(lastWords(app.slack, rep)).toContain('You proposed this one');
    // Two windows, of which the second is sent when the first has been answered.
    await app.slack.action({ user: manager, actionId: 'plan_ask_for_changes', message });
    const first = structuredClone(app.slack.modal(manager));
    if (!first) throw new Error('no form');
    await app.slack.closeModal(manager);
    await app.slack.action({ user: manager, actionId: 'plan_ask_for_changes', message });
    await submitByHand(app, manager, first, { comment: 'More renewals' });
    const late = await app.slack.submit(manager, { comment: 'Even more' });
    expect(JSON.stringify(late.body)).toContain('no longer open');
    expect(await status()).toBe('changes_requested');
    expect(dms(rep)).toHaveLength(1);
    noBug(manager);
  });

  it('an old message’s buttons answer kindly after a new version', async () => {
    const { rep, manager } = pair;
    const old = structuredClone(await agreed(app, pair));
    await app.slack.action({ user: manager, actionId: 'plan_change', message: old });
    await goTo(manager, 'review');
    await app.slack.submit(manager);
    await app.slack.closeModal(manager);
    await app.slack.action({
      user: rep,
      actionId: 'plan_agree',
      message: lastMessage(app.slack, rep),
    });
    expect(await version()).toMatchObject({ number: 2, status: 'agreed' });
    // “Change it” of version 1: there is nothing in the making, and nothing is said to be.
    await app.slack.action({ user: manager, actionId: 'plan_change', message: old });
    noBug(manager);
    const now = await version();
    if (now.number === 2) expect(shown(app.slack, manager)).not.toContain('until you have both');
    else expect(now).toMatchObject({ number: 3, status: 'draft' });
    await app.slack.closeModal(manager);
    await app.slack.action({ user: manager, actionId: 'plan_history', message: old });
    expect(shown(app.slack, manager)).toContain('*Version 1* · agreed, replaced since');
  });

  it('two who change an agreed plan at once get the same new version', async () => {
    const message = await agreed(app, pair);
    await openOwn(app, pair.rep);
    await Promise.all([
      app.slack.action({ user: pair.manager, actionId: 'plan_change', message }),
      app.slack.action({ user: pair.rep, actionId: 'plan_change' }),
    ]);
    expect(await version()).toMatchObject({ number: 2, status: 'draft' });
    expect(await app.db.planVersion.count({ where: { planId: (await version()).planId } })).toBe(2);
  });
});

describe('people who come and go', () => {
  it('a former manager neither sees nor signs; the next one does', async () => {
    const message = await proposed(app, pair);
    const former = pair.manager;
    await mintPerson(app, `${former}X`, { name: 'Nia' });
    await joinTeam(app, pair.rep, `${former}X`);
    for (const actionId of ['plan_agree', 'plan_ask_for_changes', 'plan_history']) {
      await app.slack.action({ user: former, actionId, message: structuredClone(message) });
      expect(lastWords(app.slack, former)).toContain('belongs to somebody else');
      expect(app.slack.modal(former)?.blocks.length ?? 0).toBeLessThan(2);
    }
    expect(await status()).toBe('proposed');
    await openAsManager(app, { rep: pair.rep, manager: `${former}X` });
    await app.slack.action({ user: `${former}X`, actionId: 'plan_agree' });
    expect(await status()).toBe('agreed');
  });

  it('a proposal whose proposer has left is taken back by whoever stays', async () => {
    await openAsManager(app, pair);
    await fillWizard(app.slack, pair.manager);
    await app.slack.submit(pair.manager);
    const message = lastMessage(app.slack, pair.rep);
    await mintPerson(app, `${pair.manager}X`, { name: 'Nia' });
    await joinTeam(app, pair.rep, `${pair.manager}X`);
    await app.slack.action({ user: pair.rep, actionId: 'plan_agree', message });
    expect(await status()).toBe('proposed');
    expect(lastWords(app.slack, pair.rep)).toContain('no longer part of the pair');
    await openOwn(app, pair.rep);
    expect(buttonsOf({ blocks: (app.slack.modal(pair.rep)?.blocks ?? []) as never })).toContain(
      'plan_take_back',
    );
    await app.slack.action({ user: pair.rep, actionId: 'plan_take_back' });
    expect(await status()).toBe('draft');
  });

  it('a manager whose account is deactivated is not asked to sign', async () => {
    await openOwn(app, pair.rep);
    await fillWizard(app.slack, pair.rep);
    await app.db.person.updateMany({
      where: { userId: pair.manager },
      data: { deactivated: true },
    });
    await openOwn(app, pair.rep);
    await mintPerson(app, `${pair.manager}X`, { name: 'Nia' });
    await app.slack.submit(pair.rep, { managerId: `${pair.manager}X` });
    expect(await status()).toBe('proposed');
    expect(dms(pair.manager)).toEqual([]);
    expect(dms(`${pair.manager}X`).join()).toContain('proposed');
  });

  it('somebody of another team or workspace gets nothing', async () => {
    const message = structuredClone(await proposed(app, pair));
    const stranger = await mintPair(app);
    for (const user of [stranger.manager, stranger.rep]) {
      for (const actionId of ['plan_agree', 'plan_history', 'plan_explain']) {
        await app.slack.action({ user, actionId, message, enter: 'income.target' });
        expect(lastWords(app.slack, user)).toContain('belongs to somebody else');
      }
    }
    const foreign = {
      type: 'block_actions',
      team: { id: 'T0OTHER', domain: 'other' },
      user: { id: pair.manager, team_id: 'T0OTHER' },
      trigger_id: '1.x',
      response_url: '',
      container: { type: 'message' },
      actions: [
        { type: 'button', action_id: 'plan_agree', block_id: 'b', value: agreeValue(message) },
      ],
    };
    await send(foreign);
    expect(await status()).toBe('proposed');
  });
});

describe('forged', () => {
  const view = (callback: string, metadata: string, values: object = {}) => ({
    type: 'view_submission',
    team: { id: TEAM, domain: 'fake' },
    user: { id: pair.rep, team_id: TEAM },
    trigger_id: '1.x',
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: callback,
      private_metadata: metadata,
      blocks: [{ type: 'input', block_id: 'goal.income:0' }],
      state: { values },
    },
  });
  const income = { 'goal.income:0': { a: { type: 'plain_text_input', value: '1' } } };

  it('metadata of another’s plan, of no plan, of nothing known', async () => {
    const other = await mintPair(app);
    await openOwn(app, other.rep);
    await openOwn(app, pair.rep);
    const { id } = (await storedPlan(app, other.rep)).version;
    const mine = await version();
    const state = { versionId: mine.id, step: 'goal', rev: '0', base: '', page: 0 };
    const nobody = '01932f6e-0000-7000-8000-000000000009';
    const forged: [string, object | string, RegExp][] = [
      ['plan_step', { ...state, versionId: id }, /belongs to somebody else/],
      ['plan_step', { ...state, versionId: nobody }, /no longer here/],
      ['plan_step', { ...state, versionId: "1' OR '1'='1" }, /before an update/],
      ['plan_step', { ...state, step: '__proto__' }, /before an update/],
      ['plan_step', { ...state, page: -1 }, /before an update/],
      ['plan_row', { ...state, list: 'constructor', rowId: null }, /before an update/],
      ['plan_row', { ...state, versionId: id, list: 'renewals', rowId: null }, /somebody else/],
      ['plan_paste', { ...state, versionId: id, list: 'renewals' }, /somebody else|least one line/],
      ['plan_step', 'not json', /before an update/],
      ['plan_comment', id, /belongs to somebody else/],
      ['plan_comment', nobody, /no longer here/],
      ['plan_comment', 'no-uuid', /no longer here/],
    ];
    for (const [callback, metadata, words] of forged) {
      const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
      const { status, body } = await send(view(callback, text, income));
      expect(status).toBe(200);
      expect(JSON.stringify(body), `${callback} ${text}`).toMatch(words);
    }
    expect((await storedPlan(app, other.rep)).version).toMatchObject({
      revision: 0,
      status: 'draft',
      typed: {},
    });
  });

  it('a row that is none changes no other', async () => {
    await openOwn(app, pair.rep);
    const { id } = await version();
    const state = { versionId: id, step: 'goal', rev: '0', base: '', page: 0 };
    const metadata = JSON.stringify({ ...state, list: 'lifeGoals', rowId: 'never' });
    const { status } = await send(view('plan_row', metadata, income));
    expect(status).toBe(200);
    expect((await version()).draft.lifeGoals).toEqual([]);
  });

  it('values of buttons', async () => {
    const message = await agreed(app, pair);
    for (const value of ['', ':', 'no-uuid:1', '__proto__', `${'9'.repeat(1500)}`]) {
      for (const action of [
        'plan_agree',
        'plan_take_back',
        'plan_change',
        'plan_close',
        'plan_open',
      ]) {
        const { status } = await send({
          type: 'block_actions',
          team: { id: TEAM, domain: 'fake' },
          user: { id: pair.manager, team_id: TEAM },
          trigger_id: '1.x',
          container: { type: 'message', message_ts: message.ts, channel_id: message.channel },
          actions: [{ type: 'button', action_id: action, block_id: 'b', value }],
        });
        expect(status).toBe(200);
      }
    }
    expect(dms(pair.manager).filter((text) => text.includes('Something broke'))).toEqual([]);
    expect(await status()).toBe('agreed');
  });
});

function agreeValue({ blocks }: SlackMessage): string {
  const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  const agree = elements.find((element) => element.action_id === 'plan_agree');
  return agree?.type === 'button' ? (agree.value ?? '') : '';
}

function send(payload: object) {
  return app.slack.send({
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    contentType: 'application/x-www-form-urlencoded',
  });
}
