/** What a pair promises each other, in one list, ticked anywhere (spec D2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
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
