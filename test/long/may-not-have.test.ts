/** A message that may not have arrived and that somebody waits for: it comes all the same, or its sender is told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { giveUpLooking, lookOnceMore } from '../support/jobs.ts';
import { fillWizard, mintPair, openOwn, type TestPair } from '../support/plan-app.ts';

const NOTICE = /may not have the plan that waits for their signature/;

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());
afterEach(() => app.slack.clearFaults());

/** A plan whose proposal gets no answer from Slack: `arrives` after all, or not. */
async function proposedInDoubt({ arrives = false } = {}): Promise<TestPair> {
  const pair = await mintPair(app);
  await openOwn(app, pair.rep);
  await fillWizard(app.slack, pair.rep);
  app.slack.fault('chat.postMessage', arrives ? { drop: 'after' } : { status: 500 });
  await app.slack.submit(pair.rep);
  expect(await rowOf(pair)).toMatchObject({ state: 'ambiguous', repeats: 0 });
  return pair;
}

const rowOf = ({ manager }: TestPair) =>
  app.db.delivery.findFirstOrThrow({ where: { kind: 'plan_proposed', personId: manager } });
const proposals = ({ manager }: TestPair) =>
  app.slack.dm(manager).filter(({ blocks }) => /plan_agree/.test(JSON.stringify(blocks))).length;
const notices = ({ rep }: TestPair) =>
  app.slack.dm(rep).filter(({ blocks }) => /signature/.test(JSON.stringify(blocks)));

/** Until what is looked for and sent by that is over. */
async function doing(step: (db: DayApp['db']) => Promise<void>): Promise<void> {
  await step(app.db);
  await app.bigplan.tick();
  await app.bigplan.settled();
}

describe('a proposal that Slack answered with a 500', () => {
  it('is told to whoever proposed it after some minutes, and comes once when they press', async () => {
    const pair = await proposedInDoubt();
    await doing(lookOnceMore);
    await doing(lookOnceMore);
    const [notice, more] = notices(pair);
    expect(more).toBeUndefined();
    expect(notice?.text).toMatch(NOTICE);
    expect(notice?.text).toContain(`<@${pair.manager}>`);
    await app.press(pair.rep, 'send_again', { message: app.find(pair.rep, NOTICE) });
    expect(proposals(pair)).toBe(1);
    expect(notices(pair)[0]?.text).toContain('✓');
    expect(inside(app.find(pair.rep, /✓/))).not.toContain('Send it again');
    expect(await rowOf(pair)).toMatchObject({ state: 'sent', repeats: 1 });
  });

  it('waits for its reader on their Home and in /bigplan meanwhile', async () => {
    const pair = await proposedInDoubt();
    await app.slack.openHome(pair.manager);
    const home = JSON.stringify(app.slack.home(pair.manager));
    await app.slack.command('/bigplan', '', { user: pair.manager });
    const list = JSON.stringify(app.slack.modal(pair.manager));
    for (const found of [home, list]) expect(found).toMatch(/proposed, waits for a signature/i);
    await app.slack.closeModal(pair.manager);
    await doing(giveUpLooking);
  });

  it('is sent once more by itself when it was looked for for an hour', async () => {
    const pair = await proposedInDoubt();
    await doing(giveUpLooking);
    expect(proposals(pair)).toBe(1);
    expect(await rowOf(pair)).toMatchObject({ state: 'sent', repeats: 1 });
    expect(notices(pair)).toEqual([]);
  });

  it('is never sent a third time by itself, and its sender is told', async () => {
    const pair = await proposedInDoubt();
    app.slack.fault('chat.postMessage', { status: 500 });
    await doing(giveUpLooking);
    expect(await rowOf(pair)).toMatchObject({ state: 'ambiguous', repeats: 1 });
    await doing(giveUpLooking);
    await doing(giveUpLooking);
    expect(await rowOf(pair)).toMatchObject({ state: 'ambiguous', leaseUntil: null, repeats: 1 });
    expect(proposals(pair)).toBe(0);
    expect(notices(pair).map(({ text }) => NOTICE.test(text))).toEqual([true]);
    await app.press(pair.rep, 'send_again', { message: app.find(pair.rep, NOTICE) });
    expect(proposals(pair)).toBe(1);
  });

  it('is not sent again where the DM could not be read', async () => {
    const pair = await proposedInDoubt();
    app.slack.fault('conversations.history', { status: 500 });
    await doing(giveUpLooking);
    expect(await rowOf(pair)).toMatchObject({ state: 'ambiguous', leaseUntil: null, repeats: 0 });
    expect(proposals(pair)).toBe(0);
    expect(notices(pair)).toHaveLength(1);
  });

  it('is found where it had arrived, and nobody is told', async () => {
    const pair = await proposedInDoubt({ arrives: true });
    await doing(lookOnceMore);
    await doing(giveUpLooking);
    expect(await rowOf(pair)).toMatchObject({ state: 'sent', repeats: 0 });
    expect(proposals(pair)).toBe(1);
    expect(notices(pair)).toEqual([]);
  });

  it('is sent again by nobody but its sender', async () => {
    const pair = await proposedInDoubt();
    await doing(lookOnceMore);
    const message = app.find(pair.rep, NOTICE);
    await app.press(pair.manager, 'send_again', { message });
    expect(app.told(pair.manager)).toContain('isn’t yours');
    expect(proposals(pair)).toBe(0);
  });
});

it('one that Slack refused for its reader is told as well', async () => {
  const pair = await mintPair(app);
  await openOwn(app, pair.rep);
  await fillWizard(app.slack, pair.rep);
  app.slack.fault('chat.postMessage', { error: 'channel_not_found' });
  await app.slack.submit(pair.rep);
  expect(await rowOf(pair)).toMatchObject({ state: 'failed' });
  expect(notices(pair)[0]?.text).toMatch(/doesn’t have the plan that waits for their signature/);
  await app.press(pair.rep, 'send_again');
  expect(proposals(pair)).toBe(1);
});

describe('a word about it that Slack’s trouble met as well', () => {
  /** Refused for its reader; and what its sender is told of that gets no answer. */
  async function untold(): Promise<TestPair> {
    const pair = await mintPair(app);
    await openOwn(app, pair.rep);
    await fillWizard(app.slack, pair.rep);
    app.slack.fault('chat.postMessage', { error: 'channel_not_found' });
    app.slack.fault('chat.postMessage', { status: 500 });
    await app.slack.submit(pair.rep);
    await app.slack.closeModal(pair.rep);
    expect(await rowOf(pair)).toMatchObject({ state: 'failed' });
    expect(await wordOf(pair)).toMatchObject({ state: 'ambiguous' });
    expect(notices(pair)).toEqual([]);
    return pair;
  }
  const wordOf = ({ rep }: TestPair) =>
    app.db.delivery.findFirstOrThrow({ where: { kind: 'may_not_have', personId: rep } });
  async function homeOf({ rep }: TestPair): Promise<string> {
    await app.slack.openHome(rep);
    return JSON.stringify(app.slack.home(rep));
  }
  const UNTOLD = /Not everything arrived.*doesn’t have the plan that waits for their signature/;

  it('stands on its sender’s Home, and is gone from there once they have sent it again', async () => {
    const pair = await untold();
    expect(await homeOf(pair)).toMatch(UNTOLD);
    await app.slack.action({ user: pair.rep, actionId: 'send_again' });
    expect(proposals(pair)).toBe(1);
    expect(JSON.stringify(app.slack.home(pair.rep))).not.toMatch(/Not everything arrived/);
    await doing(giveUpLooking);
    expect(notices(pair)).toEqual([]);
  });

  it('is on nobody’s Home any more once things have gone on', async () => {
    const pair = await untold();
    expect(await homeOf(pair)).toMatch(UNTOLD);
    await app.slack.action({ user: pair.rep, actionId: 'plan_take_back' });
    expect(await homeOf(pair)).not.toMatch(/Not everything arrived/);
    await doing(giveUpLooking);
    expect(notices(pair)).toEqual([]);
  });

  it('is sent once more by itself when it was looked for for an hour, and stands there no more', async () => {
    const pair = await untold();
    await doing(giveUpLooking);
    expect(await wordOf(pair)).toMatchObject({ state: 'sent', repeats: 1 });
    expect(notices(pair)).toHaveLength(1);
    expect(await homeOf(pair)).not.toMatch(/Not everything arrived/);
  });

  it('stays there where it failed for good', async () => {
    const pair = await untold();
    app.slack.fault('chat.postMessage', { error: 'restricted_action' });
    await doing(giveUpLooking);
    expect(await wordOf(pair)).toMatchObject({ state: 'failed', repeats: 1 });
    expect(await homeOf(pair)).toMatch(UNTOLD);
  });
});
