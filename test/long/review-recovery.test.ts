/** The recovery plan: written and ticked by the two of them, carried over, brought to mind once, closed. */
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelAbsence, enterAbsence } from '../../src/activity/time-off/absence.ts';
import type { Tx } from '../../src/db/client.ts';
import { lockPerson } from '../../src/db/lock-people.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { replyOf, rootOf as threadOf } from '../../src/review/deliveries.ts';
import { openItemsOf } from '../../src/review/recovery/open-items.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import {
  ensureReview,
  findReview,
  itemsOf,
  type Review,
  saveAnswer,
  saveReview,
} from '../../src/review/store.ts';
import { beginThread } from '../../src/review/thread/open-review.ts';
import { WHOLE_DAY } from '../../src/time/part-of-day.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import {
  initial,
  joinTeam,
  lastMessage,
  mintPerson,
  shown,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import { type Entries, type Person, type SlackMessage, TEAM } from '../support/slack.ts';

const LONG = '&<*_ü '.repeat(300).slice(0, 300);

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-02', '09:30');
});
afterAll(() => app.stop());

interface Reviewed extends TestPair {
  channel: string;
  review: Review;
}

const idOf = (userId: string) => ({ workspaceId: TEAM, userId });
const store = () => app.bigplan.context;

/** A pair whose review of a month is open, with a thread where they have a channel. */
async function reviewed(
  facts: { rep?: Partial<Person>; manager?: Partial<Person> } = {},
  { month = '2027-02', hasChannel = true } = {},
): Promise<Reviewed> {
  const pair = await mintAgreed(app, {}, facts);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  for (const personId of [pair.rep, pair.manager]) {
    const create = { workspaceId: TEAM, personId, ...quiet };
    const where = { workspaceId_personId: { workspaceId: TEAM, personId } };
    await app.db.nudgeSettings.upsert({ where, create, update: quiet });
  }
  const channel = `C0${pair.rep.slice(2)}`;
  app.slack.addChannel(channel, { name: `sales-${pair.rep.toLowerCase()}` });
  if (hasChannel) await giveChannel(pair.manager, channel);
  return { ...pair, channel, review: await open(pair.rep, month) };
}

const giveChannel = (manager: string, channel: string) =>
  inTransaction(app.db, async (tx) => {
    await setChannel(
      tx,
      (await ensureTeam(tx, { workspaceId: TEAM, userId: manager })).id,
      channel,
    );
  });

const channelOf = async (tx: Tx, manager: string) =>
  (await ensureTeam(tx, { workspaceId: TEAM, userId: manager })).channelId;

async function open(rep: string, month: string): Promise<Review> {
  const { encryption, clock } = store();
  const id = await inTransaction(app.db, async (tx) => {
    await lockPerson(tx, idOf(rep));
    const plan = await reviewPlan({ db: tx, encryption, clock }, idOf(rep));
    const span = plan && spansOf(plan.work.period).find((one) => one.month === month);
    if (!plan || !span) throw new Error(`${rep} has no ${month}`);
    const inTx = { db: tx, encryption };
    const review = await ensureReview(inTx, plan.rep, { planId: plan.work.planId, month });
    const asked = await askedNow(inTx, plan, span, plan.zone.dateAt(clock.now()));
    const now = clock.now();
    const opened = { ...review, askedAt: now, asked, openedAt: now, card: asked.card };
    const threads = plan.manager && (await channelOf(tx, plan.manager.userId)) ? 1 : 0;
    await saveReview(inTx, { ...opened, threads });
    // The first message alone: the replies under it have their own tests, and take long to draw.
    if (threads > 0) await store().outbox.enqueue(tx, threadOf({ ...opened, threads }));
    return review.id;
  });
  await app.bigplan.tick();
  return reviewOf(id);
}

async function reviewOf(id: string): Promise<Review> {
  const review = await findReview(store(), id);
  if (!review) throw new Error('the review is gone');
  return review;
}

const thread = ({ channel }: Reviewed) =>
  app.slack.messages(channel).filter(({ thread_ts }) => thread_ts !== undefined);
const rootOf = ({ channel }: Reviewed): SlackMessage => {
  const root = app.slack.messages(channel).find(({ thread_ts }) => thread_ts === undefined);
  if (!root) throw new Error(`nothing stands in ${channel}`);
  return root;
};
/** The recovery plan in the thread, as it is now. */
const reply = (pair: Reviewed) => {
  const found = thread(pair).filter(({ text }) => text.includes('Recovery plan'));
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0] && structuredClone(found[0]);
};
const mustReply = (pair: Reviewed) => {
  const found = reply(pair);
  if (!found) throw new Error('the thread has no recovery plan');
  return found;
};
const itemsIn = ({ rep, review }: Reviewed) => itemsOf(store(), idOf(rep), { reviewId: review.id });
const itemNamed = async (pair: Reviewed, text: string) => {
  const found = (await itemsIn(pair)).find((item) => item.text === text);
  if (!found) throw new Error(`no item ${text}`);
  return found;
};

/** A button of Bigplan's, wherever it stands. */
const button = (actionId: string, value: string): SlackMessage =>
  forged(
    { channel: 'C0GENERAL', ts: '1800000000.000001', text: 'Buttons', blocks: [] },
    actionId,
    value,
  );

/** Opens the plan with the button of a message, as somebody who found the review's id would. */
const openPlan = (pair: Reviewed, user: string, review = pair.review) =>
  app.press(user, 'recovery_open', { message: button('recovery_open', review.id) });

async function add(user: string, entries: Entries): Promise<void> {
  await app.slack.action({ user, actionId: 'recovery_add' });
  const { body } = await app.slack.submit(user, entries);
  expect(body ?? null, JSON.stringify(body)).toBeNull();
}

const CARD = { text: 'Battle card against Acme', owner: 'manager', due: '2027-03-12' };
const DEMOS = { text: 'Four demos more', owner: 'rep', due: '2027-03-05', kpi: 'demos' };

async function closeModals(user: string): Promise<void> {
  while (app.slack.modal(user)) await app.slack.closeModal(user);
}

const nudges = (user: string) =>
  app.slack.dm(user).filter(({ text }) => /^Due |^✓ \*Done|^\*By /.test(text));

describe('written by both', () => {
  let pair: Reviewed;
  beforeAll(async () => {
    pair = await reviewed();
  });

  it('opens from the thread, and says who will read it', async () => {
    await app.press(pair.manager, 'recovery_open', { message: rootOf(pair) });
    expect(title(app.slack, pair.manager)).toBe('Recovery plan');
    expect(shown(app.slack, pair.manager)).toContain(
      `Everybody in the team’s channel (<#${pair.channel}>) sees this`,
    );
    expect(shown(app.slack, pair.manager)).toContain('nothing is agreed yet');
    expect(reply(pair)).toBeUndefined();
  });

  it('a form that doesn’t fit says why, at its field', async () => {
    const { manager } = pair;
    await app.slack.action({ user: manager, actionId: 'recovery_add' });
    expect(initial(app.slack, manager, 'due')).toBe('2027-03-16');
    const refusal = async (entries: Entries) =>
      JSON.stringify((await app.slack.submit(manager, { ...CARD, ...entries })).body);
    expect(await refusal({ due: '2027-03-01' })).toMatch(/"due:.*That day has passed/);
    expect(await refusal({ due: '2028-03-01' })).toMatch(/"due:.*29 Feb 2028|Feb 29, 2028/);
    expect(await refusal({ due: '2027-03-06' })).toMatch(
      /"due:[^"]*":"Sat, Mar 6 is no working day of Max \d+: Mon, Mar 8 would do/,
    );
    expect(await refusal({ text: 'x'.repeat(301) })).toMatch(/"text:.*300 is the most/);
    expect(await refusal({ text: '  ' })).toMatch(/"text:.*fill this in/);
    expect(await itemsIn(pair)).toEqual([]);
    await app.slack.closeModal(manager);
  });

  it('is due on a working day where nobody says otherwise, and on no day off of who does it', async () => {
    const { rep } = pair;
    const days = [{ from: '2027-03-16', to: '2027-03-17', ...WHOLE_DAY }];
    const { entries } = await enterAbsence(store(), idOf(rep), { person: rep, days });
    await app.press(rep, 'recovery_add', { message: button('recovery_add', pair.review.id) });
    expect(initial(app.slack, rep, 'due')).toBe('2027-03-18');
    const own = { text: 'Own', owner: 'rep', due: '2027-03-17' };
    const { body } = await app.slack.submit(rep, own);
    expect(JSON.stringify(body)).toMatch(/no working day of Dana \d+: Thu, Mar 18 would do/);
    await app.slack.closeModal(rep);
    for (const { id } of entries) await cancelAbsence(store(), idOf(rep), id);
  });

  it('the manager’s first item goes into the thread and to the rep, encrypted at rest', async () => {
    await add(pair.manager, CARD);
    const [item] = await itemsIn(pair);
    expect(item).toMatchObject({ ...CARD, kpi: null, createdBy: pair.manager, doneAt: null });
    const row = await app.db.recoveryItem.findFirstOrThrow({ where: { repId: pair.rep } });
    expect(JSON.stringify(row)).not.toContain('Battle');
    await eventually(() => expect(inside(mustReply(pair))).toContain('Battle card against Acme'));
    expect(mustReply(pair).thread_ts).toBe(rootOf(pair).ts);
    expect(mustReply(pair).text).toBe(`*Recovery plan for <@${pair.rep}>, February* · 1 item`);
    expect(inside(mustReply(pair))).toContain(`<@${pair.manager}> · by Mar 12`);
    await eventually(() =>
      expect(inside(app.find(pair.rep, /Recovery plan/))).toContain('Battle card against Acme'),
    );
    expect(inside(app.find(pair.rep, /Recovery plan/))).toContain(
      `Your team’s channel (<#${pair.channel}>) sees the same`,
    );
    expect(shown(app.slack, pair.manager), 'the modal under the form').toContain('Battle card');
  });

  it('the rep adds to it, and every message follows', async () => {
    const copy = app.find(pair.rep, /Recovery plan/);
    await app.press(pair.rep, 'recovery_open', { message: copy });
    await add(pair.rep, DEMOS);
    for (const message of [mustReply(pair), app.find(pair.rep, /Recovery plan/)]) {
      expect(message.text).toContain('2 items');
      expect(inside(message)).toContain(`<@${pair.rep}> · by Mar 5 · Demos`);
    }
    expect(app.slack.dm(pair.rep).filter(({ text }) => /Recovery plan/.test(text))).toHaveLength(1);
    await closeModals(pair.rep);
    await closeModals(pair.manager);
  });

  it('an item is changed from the plan', async () => {
    const item = await itemNamed(pair, DEMOS.text);
    await openPlan(pair, pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'recovery_edit', value: item.id });
    expect(initial(app.slack, pair.manager, 'text')).toBe(DEMOS.text);
    expect(initial(app.slack, pair.manager, 'kpi')).toBe('demos');
    await app.slack.submit(pair.manager, {
      text: 'Six demos more',
      due: '2027-03-19',
      kpi: 'visits',
    });
    expect(await itemNamed(pair, 'Six demos more')).toMatchObject({
      ...item,
      text: 'Six demos more',
      due: '2027-03-19',
      kpi: 'visits',
    });
    expect(inside(mustReply(pair))).toContain('Six demos more');
    expect(shown(app.slack, pair.manager)).toContain('Six demos more');
    await closeModals(pair.manager);
  });

  it('ticked by either of them, from wherever it shows, and taken back', async () => {
    const mine = await itemNamed(pair, 'Six demos more');
    await app.press(pair.manager, 'recovery_done', { message: mustReply(pair), value: mine.id });
    expect(await itemNamed(pair, mine.text)).toMatchObject({ doneBy: pair.manager });
    expect(inside(mustReply(pair))).toContain(
      `✓ Six demos more\\n<@${pair.rep}> · done on Mar 2 by <@${pair.manager}>`,
    );
    const copy = app.find(pair.rep, /Recovery plan/);
    expect(copy.text).toContain('2 items, 1 done');
    await app.press(pair.rep, 'recovery_undone', { message: copy, value: mine.id });
    expect(await itemNamed(pair, mine.text)).toMatchObject({ doneAt: null, doneBy: null });
    expect(mustReply(pair).text).not.toContain('done');

    await openPlan(pair, pair.rep);
    const theirs = await itemNamed(pair, CARD.text);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_done', value: theirs.id });
    expect(shown(app.slack, pair.rep)).toContain(`by <@${pair.rep}>`);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_undone', value: theirs.id });
    expect(shown(app.slack, pair.rep)).not.toContain('done on');
    await closeModals(pair.rep);
  });

  it('both at once: whoever was first has done it', async () => {
    const item = await itemNamed(pair, CARD.text);
    const message = mustReply(pair);
    await Promise.all(
      [pair.rep, pair.manager, pair.rep].map((user) =>
        app.press(user, 'recovery_done', { message, value: item.id }),
      ),
    );
    const { doneBy } = await itemNamed(pair, CARD.text);
    expect([pair.rep, pair.manager]).toContain(doneBy);
    expect(inside(mustReply(pair))).toContain(`done on Mar 2 by <@${doneBy}>`);
    await app.press(pair.rep, 'recovery_undone', { message: mustReply(pair), value: item.id });
  });

  it('what is ticked is not edited', async () => {
    const item = await itemNamed(pair, CARD.text);
    const before = mustReply(pair);
    await app.press(pair.rep, 'recovery_done', { message: before, value: item.id });
    await app.press(pair.rep, 'recovery_edit', {
      message: button('recovery_edit', item.id),
    });
    expect(app.told(pair.rep)).toContain('ticked already');
    await app.press(pair.rep, 'recovery_undone', { message: mustReply(pair), value: item.id });
  });

  it('taken off the plan, and put back as it was', async () => {
    const item = await itemNamed(pair, CARD.text);
    await openPlan(pair, pair.rep);
    await openPlan(pair, pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'recovery_edit', value: item.id });
    await app.slack.action({ user: pair.rep, actionId: 'recovery_remove', value: item.id });
    expect(shown(app.slack, pair.rep)).toContain(`Removed: ${CARD.text}`);
    expect(inside(mustReply(pair))).not.toContain(CARD.text);
    expect(await itemsIn(pair)).toHaveLength(1);
    const { body } = await app.slack.submit(pair.manager, { text: 'Another card' });
    expect(JSON.stringify(body)).toContain('taken off the plan meanwhile');
    expect(app.slack.modal(pair.rep)?.private_metadata).not.toContain('Battle');

    await app.slack.action({ user: pair.rep, actionId: 'recovery_put_back' });
    expect(await itemNamed(pair, CARD.text)).toEqual(item);
    expect(inside(mustReply(pair))).toContain(CARD.text);
    expect(shown(app.slack, pair.rep)).not.toContain('Removed:');
    await closeModals(pair.rep);
    await closeModals(pair.manager);
  });

  it('the same form sent twice adds one item', async () => {
    await openPlan(pair, pair.rep);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_add' });
    const entries = { text: 'Once', owner: 'rep', due: '2027-03-31' };
    app.slack.fill(pair.rep, entries);
    await Promise.all([app.slack.submit(pair.rep), app.slack.submit(pair.rep).catch(() => null)]);
    expect((await itemsIn(pair)).filter(({ text }) => text === 'Once')).toHaveLength(1);
    await closeModals(pair.rep);
  });

  it('two who add at once both add, and the thread shows both', async () => {
    for (const user of [pair.rep, pair.manager]) {
      await openPlan(pair, user);
      await app.slack.action({ user, actionId: 'recovery_add' });
    }
    const entries = (text: string) => ({ text, owner: 'rep', due: '2027-03-31' });
    await Promise.all([
      app.slack.submit(pair.rep, entries('Hers')),
      app.slack.submit(pair.manager, entries('His')),
    ]);
    await eventually(() => {
      expect(inside(mustReply(pair))).toContain('Hers');
      expect(inside(mustReply(pair))).toContain('His');
    });
    await closeModals(pair.rep);
    await closeModals(pair.manager);
  });
});

describe('what was proposed', () => {
  it('is one press away once it is sent, and only of what was asked or is short', async () => {
    const pair = await reviewed();
    const { asked } = pair.review;
    if (!asked) throw new Error('nobody was asked');
    const at = app.clock.now();
    const answer = { causes: [], words: null, updatedAt: at };
    const lines = asked.card.lines.map((line) => ({ ...line, verdict: 'met' as const }));
    const card = { ...asked.card, lines };
    const sent = { ...pair.review, asked: { ...asked, card, topics: ['newBusiness' as const] } };
    await inTransaction(app.db, async (tx) => {
      const inTx = { db: tx, encryption: store().encryption };
      await saveReview(inTx, sent);
      const proposals = [
        ['newBusiness', 'A webinar with Globex'],
        ['calls', 'Something for myself'],
      ] as const;
      for (const [topic, proposal] of proposals) {
        await saveAnswer(inTx, sent, { ...answer, topic, proposal });
      }
    });
    await openPlan(pair, pair.manager);
    expect(shown(app.slack, pair.manager), 'not sent yet').not.toContain('webinar');
    await inTransaction(app.db, (tx) =>
      saveReview({ db: tx, encryption: store().encryption }, { ...sent, answeredAt: at }),
    );
    await openPlan(pair, pair.manager);
    expect(shown(app.slack, pair.manager)).toContain('A webinar with Globex');
    expect(shown(app.slack, pair.manager)).not.toContain('Something for myself');
    await app.slack.action({
      user: pair.manager,
      actionId: 'recovery_add_this',
      value: 'said.newBusiness',
    });
    expect(initial(app.slack, pair.manager, 'text')).toBe('A webinar with Globex');
    expect(initial(app.slack, pair.manager, 'kpi')).toBe('newBusiness');
    await app.slack.submit(pair.manager);
    expect(await itemNamed(pair, 'A webinar with Globex')).toMatchObject({ kpi: 'newBusiness' });
    expect(shown(app.slack, pair.manager)).not.toContain('recovery_add_this","value":"said');
    await closeModals(pair.manager);
    await app.leave(pair.rep);
  });
});

describe('a team without a channel', () => {
  it('writes all the same, and the thread gets it when there is one', async () => {
    const pair = await reviewed({}, { hasChannel: false });
    await openPlan(pair, pair.manager);
    expect(shown(app.slack, pair.manager)).not.toContain('Everybody in');
    await add(pair.manager, CARD);
    await closeModals(pair.manager);
    expect(app.slack.messages(pair.channel)).toEqual([]);
    expect(inside(app.find(pair.rep, /Recovery plan/))).toContain(
      `<@${pair.manager}> sees the same`,
    );

    await giveChannel(pair.manager, pair.channel);
    await inTransaction(app.db, async (tx) => {
      const plan = await reviewPlan({ ...store(), db: tx }, idOf(pair.rep));
      if (plan) await beginThread(store(), tx, plan, await reviewOf(pair.review.id));
    });
    await app.bigplan.tick();
    await eventually(() => expect(inside(mustReply(pair))).toContain(CARD.text));
    await app.leave(pair.rep);
  });
});

describe('strangers', () => {
  let pair: Reviewed;
  let other: Reviewed;
  beforeAll(async () => {
    pair = await reviewed();
    other = await reviewed();
    await openPlan(pair, pair.manager);
    await add(pair.manager, CARD);
    await closeModals(pair.manager);
    await eventually(() => mustReply(pair));
  });

  it('are told kindly, in the channel too, and change nothing', async () => {
    const item = await itemNamed(pair, CARD.text);
    const actions = [
      ['recovery_open', pair.review.id],
      ['recovery_add', pair.review.id],
      ['review_close_open', pair.review.id],
      ['review_reopen', pair.review.id],
      ['recovery_edit', item.id],
      ['recovery_done', item.id],
      ['recovery_undone', item.id],
    ] as const;
    for (const user of [other.rep, other.manager, 'U0LEADER']) {
      for (const [action, value] of actions) {
        await app.press(user, action, { message: button(action, value) });
        expect(app.told(user), `${user} ${action}`).toContain('between a rep and their manager');
        expect(app.slack.modal(user)).toBeUndefined();
      }
    }
    expect(await itemNamed(pair, CARD.text)).toEqual(item);
    expect((await reviewOf(pair.review.id)).closedAt).toBeNull();
    const refused = app.logged.filter(({ code }) => code === 'not_yours');
    expect(refused.length).toBeGreaterThanOrEqual(3 * actions.length);
  });

  it('forged values lead nowhere', async () => {
    for (const value of ['', 'x', other.review.id.replace(/.$/, '0'), `${other.review.id}x`]) {
      for (const action of [
        'recovery_open',
        'recovery_done',
        'recovery_edit',
        'review_close_open',
      ]) {
        await app.press(pair.rep, action, { message: button(action, value) });
        expect(app.slack.modal(pair.rep), `${action} ${value}`).toBeUndefined();
      }
    }
    expect(app.logged.filter(({ level }) => level === 50 || level === 'error')).toEqual([]);
  });

  it('an item of one pair isn’t taken off through the plan of another', async () => {
    const item = await itemNamed(pair, CARD.text);
    await openPlan(other, other.manager);
    await add(other.manager, { ...CARD, text: 'Their own' });
    const own = await itemNamed(other, 'Their own');
    const modal = app.slack.modal(other.manager);
    const blocks = JSON.parse(JSON.stringify(modal?.blocks).replaceAll(own.id, item.id));
    if (modal) modal.blocks = blocks as KnownBlock[];
    await app.slack.action({ user: other.manager, actionId: 'recovery_remove', value: item.id });
    expect(await itemNamed(pair, CARD.text)).toEqual(item);
    await closeModals(other.manager);
  });

  it('a manager who is none any more between opening and sending', async () => {
    const { manager, rep } = pair;
    const item = await itemNamed(pair, CARD.text);
    await openPlan(pair, manager);
    await app.slack.action({ user: manager, actionId: 'recovery_edit', value: item.id });
    await joinTeam(app, rep, other.manager);
    const { body } = await app.slack.submit(manager, { text: 'Mine still' });
    expect(JSON.stringify(body)).toContain('between a rep and their manager');
    await app.slack.closeModal(manager);
    for (const actionId of ['recovery_done', 'recovery_remove', 'recovery_add']) {
      const value = actionId === 'recovery_add' ? pair.review.id : item.id;
      await app.slack.action({ user: manager, actionId, value });
      expect(shown(app.slack, manager), actionId).toContain('between a rep and their manager');
      await app.slack.closeModal(manager);
    }
    expect(await itemNamed(pair, CARD.text)).toEqual(item);
    await closeModals(manager);
  });

  it('whoever manages the rep now has what the former one promised, and the old channel no news', async () => {
    await openPlan(pair, other.manager);
    expect(shown(app.slack, other.manager)).toContain(`<@${other.manager}> · by Mar 12`);
    const before = inside(mustReply(pair));
    await add(other.manager, { ...CARD, text: 'Between the two of us' });
    expect(inside(mustReply(pair))).toBe(before);
    expect(inside(app.find(pair.rep, /Recovery plan/))).toContain('Between the two of us');
    await closeModals(other.manager);
    await app.leave(pair.rep);
    await app.leave(other.rep);
  });
});

describe('closing', () => {
  let pair: Reviewed;
  const press = (user: string) =>
    app.press(user, 'review_close_open', {
      message: button('review_close_open', pair.review.id),
    });
  beforeAll(async () => {
    pair = await reviewed();
  });

  it('with nothing agreed it asks first', async () => {
    await press(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('Nothing was agreed');
    expect(app.slack.modal(pair.rep)?.submit?.text).toBe('Close anyway');
    await app.slack.closeModal(pair.rep);
    expect((await reviewOf(pair.review.id)).closedAt).toBeNull();
  });

  it('whose items were taken off meanwhile asks too', async () => {
    await openPlan(pair, pair.rep);
    await add(pair.rep, CARD);
    await press(pair.manager);
    expect(app.slack.modal(pair.manager)?.submit?.text).toBe('Close review');
    const item = await itemNamed(pair, CARD.text);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_remove', value: item.id });
    await app.slack.submit(pair.manager);
    expect(shown(app.slack, pair.manager)).toContain('Nothing was agreed');
    expect((await reviewOf(pair.review.id)).closedAt).toBeNull();
    await closeModals(pair.manager);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_put_back' });
    await closeModals(pair.rep);
  });

  it('is recorded once, whoever presses, and the thread says so', async () => {
    await openPlan(pair, pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'review_close_open' });
    await press(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('Agreed: 1 item.');
    await Promise.all([app.slack.submit(pair.manager), app.slack.submit(pair.rep)]);
    const { closedAt, closedBy } = await reviewOf(pair.review.id);
    expect(closedAt).not.toBeNull();
    expect([pair.rep, pair.manager]).toContain(closedBy);
    expect(app.slack.modal(pair.manager)).toBeUndefined();
    const said = `Closed on Mar 2 by <@${closedBy}>: 1 item agreed`;
    await eventually(() => expect(inside(rootOf(pair))).toContain(said));
    await press(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain(`closed on Mar 2 by <@${closedBy}>`);
    await closeModals(pair.rep);
  });

  it('then nothing is added or taken off, but ticked and changed', async () => {
    const item = await itemNamed(pair, CARD.text);
    await openPlan(pair, pair.rep);
    expect(shown(app.slack, pair.rep)).not.toMatch(/recovery_add|recovery_remove/);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_edit', value: item.id });
    await app.slack.submit(pair.rep, { due: '2027-03-15' });
    expect(await itemNamed(pair, CARD.text)).toMatchObject({ due: '2027-03-15' });
    await app.slack.action({ user: pair.rep, actionId: 'recovery_done', value: item.id });
    expect((await itemNamed(pair, CARD.text)).doneBy).toBe(pair.rep);
    const message = button('recovery_add', pair.review.id);
    await closeModals(pair.rep);
    await app.press(pair.rep, 'recovery_add', { message });
    expect(app.told(pair.rep)).toContain('That review is closed');
  });

  it('a plan that was open in a view when the other closed it', async () => {
    await app.press(pair.rep, 'review_reopen', {
      message: button('review_reopen', pair.review.id),
    });
    expect((await reviewOf(pair.review.id)).closedAt).toBeNull();
    await eventually(() => expect(inside(rootOf(pair))).not.toContain('Closed on'));
    await openPlan(pair, pair.rep);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_add' });
    await press(pair.manager);
    await app.slack.submit(pair.manager);
    const { body } = await app.slack.submit(pair.rep, { ...CARD, text: 'Too late' });
    expect(JSON.stringify(body)).toContain('That review is closed');
    await closeModals(pair.rep);
  });

  it('reopened in the view, until the next review opens', async () => {
    await openPlan(pair, pair.manager);
    await app.slack.action({ user: pair.manager, actionId: 'review_reopen' });
    expect(shown(app.slack, pair.manager)).toContain('recovery_add');
    await closeModals(pair.manager);
    await press(pair.manager);
    await app.slack.submit(pair.manager);
    await open(pair.rep, '2027-03');
    await openPlan(pair, pair.manager);
    expect(shown(app.slack, pair.manager)).not.toContain('review_reopen');
    await closeModals(pair.manager);
    await app.press(pair.manager, 'review_reopen', {
      message: button('review_reopen', pair.review.id),
    });
    expect(app.told(pair.manager)).toContain('The next review is open already');
    expect((await reviewOf(pair.review.id)).closedAt).not.toBeNull();
    await app.leave(pair.rep);
  });

  it('a review that isn’t open yet has no plan', async () => {
    const early = await reviewed();
    const next = await inTransaction(app.db, (tx) =>
      ensureReview({ db: tx, encryption: store().encryption }, idOf(early.rep), {
        planId: early.review.planId,
        month: '2027-04',
      }),
    );
    for (const action of ['recovery_open', 'recovery_add', 'review_close_open']) {
      await app.press(early.manager, action, { message: button(action, next.id) });
      expect(app.told(early.manager), action).toContain('isn’t open yet');
    }
    await app.leave(early.rep);
  });
});

describe('what stays open', () => {
  let pair: Reviewed;
  let next: Review;
  beforeAll(async () => {
    pair = await reviewed();
    await openPlan(pair, pair.rep);
    await add(pair.rep, CARD);
    await add(pair.rep, DEMOS);
    await closeModals(pair.rep);
    next = await open(pair.rep, '2027-03');
  });

  const carried = () => thread(pair).find(({ text }) => /Still open from before/.test(text))?.text;

  it('is carried over, with its month', async () => {
    const carried = await openItemsOf(store(), idOf(pair.rep), '2027-03');
    expect(carried.map(({ text, month }) => [month, text])).toEqual([
      ['2027-02', DEMOS.text],
      ['2027-02', CARD.text],
    ]);
    expect(await openItemsOf(store(), idOf(pair.rep), '2027-02')).toEqual([]);
    await openPlan(pair, pair.manager, next);
    expect(shown(app.slack, pair.manager)).toContain('Open from before');
    expect(shown(app.slack, pair.manager)).toContain('from February');
  });

  it('stands in the next review’s thread', async () => {
    await inTransaction(app.db, (tx) => store().outbox.enqueue(tx, replyOf(next, 'openItems')));
    await eventually(() =>
      expect(carried()).toContain(`• ${DEMOS.text} (<@${pair.rep}>, due Mar 5)`),
    );
  });

  it('is ticked there and back, and where it came from follows', async () => {
    const item = await itemNamed(pair, DEMOS.text);
    const february = () =>
      thread(pair).find(({ text }) => /Recovery plan for .* February/.test(text))?.text;
    await app.slack.action({ user: pair.manager, actionId: 'recovery_done', value: item.id });
    expect(shown(app.slack, pair.manager)).toContain(`done on Mar 2 by <@${pair.manager}>`);
    expect(february()).toContain('2 items, 1 done');
    await eventually(() => expect(carried()).toContain(`✓ ${DEMOS.text} (<@${pair.rep}>, done)`));
    expect(carried()).toContain(`• ${CARD.text}`);
    await app.slack.action({ user: pair.manager, actionId: 'recovery_undone', value: item.id });
    expect(february()).not.toContain('done');
    await eventually(() =>
      expect(carried()).toContain(`• ${DEMOS.text} (<@${pair.rep}>, due Mar 5)`),
    );
  });

  it('is changed there: the view under the form is still that of the later review', async () => {
    const item = await itemNamed(pair, DEMOS.text);
    await app.slack.action({ user: pair.manager, actionId: 'recovery_edit', value: item.id });
    await app.slack.submit(pair.manager, { text: 'Five demos more' });
    expect(shown(app.slack, pair.manager)).toContain('Five demos more');
    expect(shown(app.slack, pair.manager)).toContain('Open from before');
    expect((await itemNamed(pair, 'Five demos more')).reviewId).toBe(pair.review.id);
  });

  it('is taken off there and put back, also where its own review is closed', async () => {
    const at = { closedAt: app.clock.now(), closedBy: pair.rep };
    await app.db.review.update({ where: { id: pair.review.id }, data: at });
    const item = await itemNamed(pair, 'Five demos more');
    await app.slack.action({ user: pair.manager, actionId: 'recovery_remove', value: item.id });
    expect(await itemsIn(pair)).toHaveLength(1);
    await app.slack.action({ user: pair.manager, actionId: 'recovery_put_back' });
    expect(await itemNamed(pair, 'Five demos more')).toEqual(item);
    await closeModals(pair.manager);
    await app.leave(pair.rep);
  });
});

describe('sixty items of 300 characters', () => {
  it('are written, shown cut in messages, and all there in the view', async () => {
    const pair = await reviewed();
    await openPlan(pair, pair.manager);
    await add(pair.manager, { ...CARD, text: LONG });
    const [first] = await itemsIn(pair);
    const row = await app.db.recoveryItem.findFirstOrThrow({ where: { reviewId: pair.review.id } });
    expect(first?.text).toBe(LONG.trim());
    const { encryption } = store();
    for (let n = 1; n < 60; n++) {
      const id = crypto.randomUUID();
      const aad = { workspaceId: TEAM, userId: pair.rep, field: `item:${id}` };
      const data = { ...row, id, text: encryption.encrypt(LONG, aad) };
      await app.db.recoveryItem.create({ data });
    }
    await app.press(pair.rep, 'recovery_done', { message: mustReply(pair), value: row.id });
    expect(mustReply(pair).text).toContain('60 items, 1 done');
    expect(inside(mustReply(pair))).toMatch(/\d\d more under \*All items\*/);
    await app.press(pair.rep, 'recovery_open', { message: mustReply(pair) });
    const seen = new Set<string>();
    for (let page = 0; page < 5; page++) {
      for (const [, id = ''] of shown(app.slack, pair.rep).matchAll(
        /recovery_(?:un)?done","value":"([^"]+)/g,
      )) {
        seen.add(id);
      }
      if (page < 4) {
        const actionId = `recovery_page.${page + 1}`;
        await app.slack.action({ user: pair.rep, actionId, value: String(page + 1) });
      }
    }
    expect(seen.size).toBe(60);
    await app.slack.closeModal(pair.rep);
    await app.press(pair.rep, 'review_close_open', {
      message: button('review_close_open', pair.review.id),
    });
    expect(shown(app.slack, pair.rep)).toContain('And 40 more.');
    await app.slack.submit(pair.rep);
    await eventually(() => expect(inside(rootOf(pair))).toContain('60 items agreed'));
    await app.leave(pair.rep);
  });
});

describe('overdue', () => {
  const INDIA = 'Asia/Kolkata';
  let pair: Reviewed;
  beforeAll(async () => {
    pair = await reviewed({ manager: { tz: INDIA, locale: 'en-GB' } });
    await openPlan(pair, pair.rep);
    await add(pair.rep, { ...CARD, due: '2027-03-04' });
    await add(pair.rep, { ...DEMOS, due: '2027-03-05' });
    await closeModals(pair.rep);
  });

  it('the owner hears of it at nine where they are, the working morning after, once', async () => {
    await app.to('2027-03-05', '08:59', INDIA);
    expect([nudges(pair.manager), nudges(pair.rep)]).toEqual([[], []]);
    await app.to('2027-03-05', '09:00', INDIA);
    expect(nudges(pair.manager)).toHaveLength(1);
    const nudge = app.last(pair.manager);
    expect(nudge.text).toBe(`Due 4 Mar, yesterday: ${CARD.text}`);
    expect(inside(nudge)).toContain(`For <@${pair.rep}>, from the February review`);
    expect(inside(nudge)).toContain('nudge_menu');
    await app.to('2027-03-08', '08:59');
    expect(nudges(pair.rep), 'over the weekend').toEqual([]);
    await app.to('2027-03-08', '09:00');
    expect(app.last(pair.rep).text).toBe(`Due Mar 5, 3 days ago: ${DEMOS.text}`);
    await app.to('2027-03-09', '12:00');
    expect([nudges(pair.manager), nudges(pair.rep)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('done there, it says so, and back', async () => {
    const item = await itemNamed(pair, DEMOS.text);
    await app.press(pair.rep, 'recovery_done', { message: nudges(pair.rep)[0] as SlackMessage });
    expect(await itemNamed(pair, DEMOS.text)).toMatchObject({ doneBy: pair.rep });
    expect(app.last(pair.rep).text).toBe(`✓ *Done*: ${DEMOS.text}`);
    expect(inside(mustReply(pair))).toContain(`done on 9 Mar by <@${pair.rep}>`);
    await app.press(pair.rep, 'recovery_undone', { value: item.id });
    expect(app.last(pair.rep).text).toBe(`Due Mar 5, 4 days ago: ${DEMOS.text}`);
    await app.to('2027-03-10', '12:00');
    expect(nudges(pair.rep), 'taken back is no new date').toHaveLength(1);
  });

  it('another date is another promise', async () => {
    await app.press(pair.rep, 'recovery_edit', { message: nudges(pair.rep)[0] as SlackMessage });
    expect(title(app.slack, pair.rep)).toBe('Edit item');
    await app.slack.submit(pair.rep, { text: 'Words alone' });
    expect(app.slack.modal(pair.rep), 'the date that has passed may stay').toBeUndefined();
    expect(app.last(pair.rep).text).toBe('Due Mar 5, 5 days ago: Words alone');
    await app.press(pair.rep, 'recovery_edit');
    await app.slack.submit(pair.rep, { due: '2027-03-11' });
    expect(app.last(pair.rep).text).toBe('*By Mar 11* now: Words alone');
    await app.to('2027-03-12', '09:00');
    expect(nudges(pair.rep)).toHaveLength(2);
    expect(app.last(pair.rep).text).toBe('Due Mar 11, yesterday: Words alone');
  });

  it('ticked before its morning, nobody hears of it', async () => {
    await openPlan(pair, pair.rep);
    await add(pair.rep, { text: 'In time', owner: 'rep', due: '2027-03-12' });
    const item = await itemNamed(pair, 'In time');
    await app.slack.action({ user: pair.rep, actionId: 'recovery_done', value: item.id });
    await closeModals(pair.rep);
    await app.to('2027-03-15', '10:00');
    expect(nudges(pair.rep)).toHaveLength(2);
  });

  it('who is away or has paused hears of it on the first working morning back', async () => {
    await openPlan(pair, pair.rep);
    await add(pair.rep, { text: 'While away', owner: 'rep', due: '2027-03-15' });
    await add(pair.rep, { text: 'While paused', owner: 'manager', due: '2027-03-16' });
    await closeModals(pair.rep);
    await app.slack.command('/bigplan', 'away 16 Mar - 18 Mar 2027', { user: pair.rep });
    await app.press(pair.manager, 'nudge_menu', {
      message: nudges(pair.manager)[0] as SlackMessage,
      value: 'pause',
    });
    const which = app.answered(pair.manager);
    await app.press(pair.manager, 'nudge_pause.quiet', { message: which });
    await app.to('2027-03-18', '18:00');
    expect([nudges(pair.manager), nudges(pair.rep)].map(({ length }) => length)).toEqual([1, 2]);
    await app.to('2027-03-19', '09:00');
    expect(app.last(pair.rep).text).toBe('Due Mar 15, 4 days ago: While away');
    await app.to('2027-03-22', '09:00', INDIA);
    expect(app.last(pair.manager).text).toBe('Due 16 Mar, 6 days ago: While paused');
  });

  it('a leave taken back is noticed the next morning', async () => {
    await openPlan(pair, pair.rep);
    await add(pair.rep, { text: 'Back early', owner: 'rep', due: '2027-03-22' });
    await closeModals(pair.rep);
    await app.slack.command('/bigplan', 'away 23 Mar - 31 Mar 2027', { user: pair.rep });
    await app.to('2027-03-23', '12:00');
    const before = nudges(pair.rep).length;
    await app.db.timeOff.deleteMany({ where: { personId: pair.rep } });
    await app.to('2027-03-24', '09:00');
    expect(nudges(pair.rep)).toHaveLength(before + 1);
  });

  it('what the former manager promised is the new one’s, who hears of it once', async () => {
    const heir = `${pair.manager}B`;
    await mintPerson(app, heir, { name: 'Priya' });
    const old = lastMessage(app.slack, pair.manager);
    await joinTeam(app, pair.rep, heir);
    await inTransaction(app.db, (tx) =>
      app.bigplan.context.scheduler.reschedule(tx, { workspaceId: TEAM, userId: pair.rep }),
    );
    await app.to('2027-03-25', '09:00');
    const told = nudges(heir).map(({ text }) => text.replace(/^.*: /, ''));
    expect(told.sort()).toEqual([CARD.text, 'While paused'].sort());
    await app.press(pair.manager, 'recovery_done', { message: old });
    expect(app.told(pair.manager)).toContain('between a rep and their manager');
    await app.press(heir, 'recovery_done', { message: nudges(heir)[0] as SlackMessage });
    await app.to('2027-03-26', '12:00');
    expect(nudges(heir)).toHaveLength(2);
  });

  it('stopped from its menu, none comes until they turn it on again', async () => {
    const before = nudges(pair.rep).length;
    const nudge = app.find(pair.rep, /Back early/);
    await app.press(pair.rep, 'nudge_menu', { message: nudge, value: 'stop:overdueItems' });
    await openPlan(pair, pair.rep);
    await add(pair.rep, { text: 'In silence', owner: 'rep', due: '2027-03-29' });
    await closeModals(pair.rep);
    await app.to('2027-03-31', '12:00');
    expect(nudges(pair.rep)).toHaveLength(before);
    const on = { overdueItems: true };
    await app.db.nudgeSettings.updateMany({ where: { personId: pair.rep }, data: on });
    await inTransaction(app.db, (tx) =>
      app.bigplan.context.scheduler.reschedule(tx, { workspaceId: TEAM, userId: pair.rep }),
    );
    await app.to('2027-03-31', '12:01');
    expect(nudges(pair.rep)).toHaveLength(before + 1);
    expect(nudges(pair.rep).at(-1)?.text).toBe('Due Mar 29, 2 days ago: In silence');
  });

  it('one that didn’t come on its morning comes on the next, once', async () => {
    await openPlan(pair, pair.rep);
    await add(pair.rep, { text: 'In an outage', owner: 'rep', due: '2027-03-31' });
    await closeModals(pair.rep);
    const item = await itemNamed(pair, 'In an outage');
    await app.to('2027-04-01', '09:00');
    const before = nudges(pair.rep).length;
    expect(nudges(pair.rep).at(-1)?.text).toBe('Due Mar 31, yesterday: In an outage');
    // As if Slack had been away that morning.
    await app.db.delivery.updateMany({
      where: { subject: item.id, kind: 'recovery_overdue' },
      data: { state: 'missed', channelId: null, ts: null },
    });
    await app.to('2027-04-02', '09:00');
    expect(nudges(pair.rep)).toHaveLength(before + 1);
    expect(nudges(pair.rep).at(-1)?.text).toBe('Due Mar 31, 2 days ago: In an outage');
    await app.to('2027-04-05', '12:00');
    expect(nudges(pair.rep)).toHaveLength(before + 1);
  });

  it('taken off the plan, the nudge says so', async () => {
    const item = await itemNamed(pair, 'Back early');
    await openPlan(pair, pair.rep);
    await app.slack.action({ user: pair.rep, actionId: 'recovery_remove', value: item.id });
    expect(app.find(pair.rep, /Back early/).text).toBe('Off the recovery plan: Back early');
    await closeModals(pair.rep);
  });
});
