/** What a pair promises each other, in one list, ticked anywhere (spec D2). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { saveCommitment } from '../../src/review/commitments/store.ts';
import { changeAsk } from '../../src/review/promises/ask.ts';
import { ensureReview, saveAnswer, saveReview } from '../../src/review/store.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { mintPair, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-01', '10:00');
});
afterAll(() => app.stop());

const list = async (user: string, args = 'promises') => {
  await app.slack.command('/bigplan', args, { user });
  return JSON.stringify(app.slack.modal(user)?.blocks);
};
const modalOf = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks);

async function ask(
  { rep }: TestPair,
  user: string,
  {
    owner,
    text = 'A battle card for Acme',
    due = '2027-03-05',
  }: { owner?: string; text?: string; due?: string } = {},
) {
  await list(user, user === rep ? 'promises' : `promises <@${rep}>`);
  await app.slack.action({ user, actionId: 'promise_ask_open' });
  const answer = await app.slack.submit(user, { text, due, ...(owner && { owner }) });
  await app.slack.closeModal(user);
  await app.bigplan.settled();
  return JSON.stringify(answer.body ?? '');
}

describe('what a rep asks for', () => {
  it('comes to the manager once, and is ticked in the message or in either list', async () => {
    const pair = await mintAgreed(app);
    expect(await list(pair.rep)).toContain('Nothing is owed');
    await app.slack.closeModal(pair.rep);
    await ask(pair, pair.rep);
    const told = app.find(pair.manager, /asks you/);
    expect(told.text).toContain('A battle card for Acme');
    const owed = await list(pair.rep);
    expect(owed).toContain('You are owed');
    expect(owed).toContain('by Mar 5');
    expect(await list(pair.manager)).toContain('You owe');
    await app.slack.closeModal(pair.manager);

    await app.press(pair.manager, 'promise_tick', { message: told });
    await app.bigplan.settled();
    expect(inside(app.find(pair.manager, /battle card/))).toContain('✓ *Done:*');
    await app.slack.closeModal(pair.rep);
    expect(await list(pair.rep)).toContain(`done, says <@${pair.manager}>`);

    // Taken back from the other side: it is one thing.
    await app.slack.action({ user: pair.rep, actionId: 'promise_tick' });
    expect(modalOf(pair.rep)).toContain('*›* A battle card');
    await app.bigplan.settled();
    expect(inside(app.find(pair.manager, /battle card/))).toContain('asks you');
  });

  it('what one promises oneself sends nothing, and both see it', async () => {
    const pair = await mintAgreed(app);
    await ask(pair, pair.manager, { owner: 'manager', text: 'Talk to legal' });
    expect(app.texts(pair.rep).join()).not.toContain('legal');
    expect(await list(pair.rep)).toContain('Talk to legal');
    expect(await list(pair.manager)).toContain('Talk to legal');
  });

  it('a manager asks a rep, and whoever asked can take it back', async () => {
    const pair = await mintAgreed(app);
    await ask(pair, pair.manager, { text: 'Your pipeline by layer' });
    const told = app.find(pair.rep, /asks you/);
    await list(pair.manager);
    await app.slack.action({
      user: pair.manager,
      actionId: 'promise_tick',
      value: `ask:removed:${(await app.db.ask.findFirstOrThrow({ where: { repId: pair.rep } })).id}`,
    });
    expect(modalOf(pair.manager)).not.toContain('Your pipeline');
    await app.bigplan.settled();
    expect(inside(app.find(pair.rep, /took that back/))).not.toContain('promise_tick');
    await app.press(pair.rep, 'promise_tick', { message: told });
    const row = await app.db.ask.findFirstOrThrow({ where: { repId: pair.rep } });
    expect(row.doneAt).toBeNull();
  });

  it('is kept encrypted, and a day that has passed is refused at its field', async () => {
    const pair = await mintAgreed(app);
    expect(await ask(pair, pair.rep, { due: '2027-02-26' })).toContain('has passed');
    await ask(pair, pair.rep, { text: 'Canary words' });
    const rows = await app.db.ask.findMany({ where: { workspaceId: TEAM } });
    expect(JSON.stringify(rows)).not.toContain('Canary');
  });

  it('is nobody else’s: neither to see, nor to tick, nor to ask', async () => {
    const [pair, other] = [await mintAgreed(app), await mintPair(app)];
    await ask(pair, pair.rep, { text: 'For the two of us' });
    const { id } = await app.db.ask.findFirstOrThrow({ where: { repId: pair.rep } });
    expect(await list(other.manager)).not.toContain('For the two of us');
    await app.slack.command('/bigplan', `promises <@${pair.rep}>`, { user: other.manager });
    expect(app.told(other.manager)).toContain('between the two of them');
    await app.slack.action({
      user: other.manager,
      actionId: 'promise_tick',
      message: app.find(pair.manager, /asks you/),
      value: `ask:done:${id}`,
    });
    expect((await app.db.ask.findUniqueOrThrow({ where: { id } })).doneAt).toBeNull();
  });
});

describe('help asked for where something is in the way', () => {
  const inTheWay = async (rep: string) => {
    const { id } = await app.db.episode.create({
      data: {
        workspaceId: TEAM,
        personId: rep,
        kind: 'volume',
        subject: 'calls',
        openedOn: '2027-03-01',
        figures: {},
      },
    });
    const note = { channel: app.slack.dmChannel(rep), ts: '1.000001', text: '', blocks: [] };
    const message = forged(note, 'pace_obstacle_open', id);
    await app.press(rep, 'pace_obstacle_open', { message });
  };

  it('is a promise of the manager’s from then on; the rest stays with the rep', async () => {
    const pair = await mintAgreed(app);
    await inTheWay(pair.rep);
    await app.slack.submit(pair.rep, {
      causes: ['content'],
      words: 'CANARY of mine',
      help: 'A word with marketing',
    });
    // What was asked is read back, where it can be taken back.
    expect(modalOf(pair.rep)).toContain('A word with marketing');
    expect(modalOf(pair.rep)).toContain('Take it back');
    await app.bigplan.settled();
    const told = app.find(pair.manager, /asks you/);
    expect(told.text).toContain('A word with marketing');
    expect(inside(told)).toContain('by Mar 8');
    expect(app.texts(pair.manager).join()).not.toMatch(/CANARY|content/i);
    expect(await list(pair.manager)).toContain('A word with marketing');
    expect(modalOf(pair.manager)).not.toContain('CANARY');
  });

  it('without a manager nobody can be asked, which is said at the field', async () => {
    const pair = await mintAgreed(app);
    await app.db.person.updateMany({ where: { userId: pair.rep }, data: { teamId: null } });
    await inTheWay(pair.rep);
    const { body } = await app.slack.submit(pair.rep, { causes: ['content'], help: 'Anybody?' });
    expect(JSON.stringify(body)).toMatch(/"help:0":"Nobody manages you/);
    await app.slack.submit(pair.rep, { causes: ['content'], help: '' });
    expect(app.slack.modal(pair.rep)).toBeUndefined();
    expect(await app.db.ask.count({ where: { repId: pair.rep } })).toBe(0);
  });

  it('once done, the rep reads so in the next check-in, and only there', async () => {
    const pair = await mintAgreed(app);
    await ask(pair, pair.rep, { text: 'A battle card for Globex' });
    await ask(pair, pair.rep, { text: 'My own doing' });
    const asks = await app.db.ask.findMany({
      where: { repId: pair.rep },
      orderBy: { createdAt: 'asc' },
    });
    const [one, own] = asks.map(({ id }) => id);
    const { context } = app.bigplan;
    await changeAsk(context, { workspaceId: TEAM, userId: pair.manager }, one ?? '', 'done');
    await changeAsk(context, { workspaceId: TEAM, userId: pair.rep }, own ?? '', 'done');
    await app.to('2027-03-02', '16:31');
    const heard = `✓ Done, says <@${pair.manager}>: A battle card for Globex`;
    expect(inside(app.find(pair.rep, /^Tuesday/))).toContain(heard);
    expect(inside(app.find(pair.rep, /^Tuesday/))).not.toContain('My own doing');
    await app.to('2027-03-03', '16:31');
    expect(inside(app.find(pair.rep, /^Wednesday/))).not.toContain('says');
    const about = app.slack.dm(pair.rep).filter((one) => inside(one).includes('Globex'));
    expect(about).toHaveLength(1);
  });
});

describe('what a leader took on of a cause', () => {
  it('is owed to the rep who named it, who can’t tick it for them', async () => {
    const pair = await mintAgreed(app);
    const rep = { workspaceId: TEAM, userId: pair.rep };
    const { encryption } = app.bigplan.context;
    const at = app.clock.now();
    await inTransaction(app.db, async (tx) => {
      const store = { db: tx, encryption };
      const { id: planId } = await tx.plan.findFirstOrThrow({ where: { repId: pair.rep } });
      const review = await ensureReview(store, rep, { planId, month: '2027-02' });
      const said = { words: null, proposal: null, updatedAt: at };
      await saveAnswer(store, review, { topic: 'calls', causes: ['content'], ...said });
      await saveReview(store, { ...review, answeredAt: at });
      await saveCommitment(store, {
        id: randomUUID(),
        workspaceId: TEAM,
        ownerId: 'U0LEADER',
        text: 'Two case studies',
        due: '2027-03-20',
        origin: { kind: 'cause', cause: 'content', month: '2027-02' },
        week: '2027-03-01',
        doneAt: null,
        doneBy: null,
        removedAt: null,
        createdBy: 'U0LEADER',
        createdAt: at,
      });
    });
    const owed = await list(pair.rep);
    expect(owed).toContain('*You are owed*');
    expect(owed).toContain('Two case studies');
    expect(owed).toContain('<@U0LEADER> · by Mar 20');
    expect(owed).not.toContain('promise_tick');
    // It is neither the manager's, nor of others who didn't name it.
    expect(await list(pair.manager)).not.toContain('Two case studies');
    const other = await mintAgreed(app);
    expect(await list(other.rep)).not.toContain('Two case studies');
  });
});

describe('what else waits', () => {
  it('a plan that was proposed waits for the other one’s signature, in both lists', async () => {
    const pair = await mintPair(app);
    const { proposed } = await import('../support/plan-app.ts');
    await proposed(app, pair);
    await app.slack.closeModal(pair.rep);
    expect(await list(pair.manager)).toContain('Sign version 1 of the plan');
    expect(await list(pair.rep)).toContain('Sign version 1 of the plan');
    expect(modalOf(pair.rep)).toContain('You are owed');
  });
});
