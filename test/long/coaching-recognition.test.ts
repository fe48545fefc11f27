/** What went well is told where its rep wants it, and nowhere before they say so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  changeDeal,
  mustFindDeal,
  putBackDeal,
  undoDeal,
} from '../../src/actuals/won/record-deal.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureReview, saveAnswer, saveReview } from '../../src/review/store.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { shown, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const WINS = 'C0WINS';
let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  app.slack.addChannel(WINS, { name: 'wins' });
  pair = await mintAgreed(app, LATE_REVIEWS);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
  await app.to('2027-02-01', '10:00');
});
afterAll(() => app.stop());

const told = () => app.slack.messages(WINS).map(({ text }) => text);
const won = (words: string) => app.slack.command('/bigplan', `won ${words}`, { user: pair.rep });
async function choose(entries: Record<string, string | string[]>) {
  while (app.slack.modal(pair.rep)) await app.slack.closeModal(pair.rep);
  await app.slack.command('/bigplan', 'coach', { user: pair.rep });
  await app.slack.action({ user: pair.rep, actionId: 'recognition_open' });
  return app.slack.submit(pair.rep, entries);
}

it('nothing is told of anybody who did not ask for it, nor of what was before', async () => {
  await won('Before 24k new');
  await app.to('2027-02-01', '12:00');
  const { body } = await choose({ kinds: ['wins'] });
  expect(JSON.stringify(body)).toContain('Pick where it is told');
  await app.slack.submit(pair.rep, { kinds: ['wins'], channelId: WINS });
  expect(shown(app.slack, pair.rep)).toContain(`Told in <#${WINS}>`);
  await app.to('2027-02-02', '12:00');
  expect(told()).toEqual([]);
});

it('a deal is told with its account and thanks, once, and without its amount', async () => {
  await won('Acme 24k new');
  await app.to('2027-02-02', '12:05');
  expect(told()).toEqual([]);
  await app.to('2027-02-03', '12:00');
  expect(told()).toEqual([
    `:tada: *<@${pair.rep}> won Acme*. Thank you to everybody who had a part in it.`,
  ]);
  expect(JSON.stringify(app.slack.messages(WINS))).not.toMatch(/24k|24,000|\$/);
});

it('one that was undone in time is not told', async () => {
  await won('Globex 10k new');
  await app.slack.action({
    user: pair.rep,
    actionId: 'deal_undo',
    message: app.answered(pair.rep),
  });
  await app.to('2027-02-03', '13:00');
  expect(told()).toHaveLength(1);
});

it('the amount is told where the rep wants it', async () => {
  await choose({ kinds: ['wins'], channelId: WINS, more: ['amounts'] });
  await won('Initech 30k new');
  await app.to('2027-02-03', '15:00');
  expect(told().at(-1)).toContain('won Initech*, $30,000.');
});

it('changed in what isn’t told of it, such as its day, it stands as it was told', async () => {
  const { id } = await app.db.deal.findFirstOrThrow({ where: { account: 'Initech' } });
  const { context } = app.bigplan;
  const rep = { workspaceId: TEAM, userId: pair.rep };
  await choose({ kinds: ['wins'], channelId: WINS, more: [] });
  const edits = () => app.slack.callsOf('chat.update').filter(({ args }) => args.channel === WINS);
  const before = edits().length;
  const deal = await mustFindDeal(context, rep, id);
  await changeDeal(context, rep, id, { ...deal, renewal: null, date: '2027-02-02' });
  await app.bigplan.settled();
  expect(edits()).toHaveLength(before);
  expect(told().at(-1)).toContain('won Initech*, $30,000.');
  await choose({ kinds: ['wins'], channelId: WINS, more: ['amounts'] });
});

it('one that turns out otherwise after it was told is mended in its place, and nothing new is told', async () => {
  const entered = await app.db.deal.findFirstOrThrow({ where: { account: 'Initech' } });
  const { context } = app.bigplan;
  const rep = { workspaceId: TEAM, userId: pair.rep };
  const before = told().length;
  const deal = await mustFindDeal(context, rep, entered.id);
  const last = () => told().at(-1);
  await changeDeal(context, rep, deal.id, { ...deal, renewal: null, amount: 2_500_000 });
  await eventually(() => expect(last()).toContain('won Initech*, $25,000.'));
  // What they want told by now changes neither that it is mended, nor that it shows no more than they want.
  await choose({ kinds: ['conversion'], channelId: WINS, more: [] });
  await undoDeal(context, rep, deal.id);
  await eventually(() => expect(last()).toContain('taken back'));
  expect(JSON.stringify(app.slack.messages(WINS).at(-1))).not.toMatch(/Initech|25,000|<@/);
  await putBackDeal(context, rep, deal);
  await eventually(() => expect(last()).toContain('won Initech*. Thank you'));
  await app.to('2027-02-03', '16:00');
  expect(told()).toHaveLength(before);
});

it('a stage beyond chance is told once its rep has told their manager, and without the plan', async () => {
  await choose({ kinds: ['conversion'], channelId: WINS });
  const line = { kind: 'stage', stage: 'demoToProposal', n: 30, rate: 0.82, low: 0.71, high: 0.9 };
  const episode = (answer: string) =>
    app.db.episode.create({
      data: {
        workspaceId: TEAM,
        personId: pair.rep,
        kind: 'conversion_high',
        subject: answer,
        openedOn: '2027-02-03',
        answer,
        figures: { line: { ...line, plan: 0.66 }, catchUp: null },
      },
    });
  await episode('kept');
  await episode('told_manager');
  const before = told().length;
  await app.to('2027-02-04', '09:05');
  expect(told()).toHaveLength(before + 1);
  expect(told().at(-1)).toContain('Demo → proposal 82% of the last 30');
  expect(told().at(-1)).not.toContain('66');
});

it('what worked is told in its own words, once it was sent', async () => {
  await choose({ kinds: ['sharing'], channelId: WINS });
  const before = told().length;
  await app.to('2027-02-05', '09:05');
  expect(told()).toHaveLength(before);
  const { encryption, clock } = app.bigplan.context;
  await inTransaction(app.db, async (tx) => {
    const store = { db: tx, encryption };
    const rep = { workspaceId: TEAM, userId: pair.rep };
    const { id: planId } = await tx.plan.findFirstOrThrow({ where: { repId: pair.rep } });
    const review = await ensureReview(store, rep, { planId, month: '2027-01' });
    const said = { words: 'I called *back* the same day', proposal: null };
    const at = clock.now();
    await saveAnswer(store, review, { topic: 'worked', causes: [], ...said, updatedAt: at });
    await saveReview(store, { ...review, answeredAt: at });
  });
  await app.to('2027-02-06', '09:05');
  const [last] = app.slack.messages(WINS).slice(-1);
  expect(last?.text).toBe(`:bulb: *<@${pair.rep}> on what worked:*`);
  expect(JSON.stringify(last)).toContain('I called ∗back∗ the same day');
  await app.to('2027-02-07', '12:00');
  expect(told()).toHaveLength(before + 1);
});

it('a channel that Bigplan is not in is told once, and what comes once it is let in', async () => {
  app.slack.addChannel('C0OUTSIDE', { name: 'outside', joined: false });
  await choose({ kinds: ['wins'], channelId: 'C0OUTSIDE' });
  const NOT_IN = /I am not in <#C0OUTSIDE>.* where what goes well for you is told/;
  const heard = () => app.texts(pair.rep).filter((text) => NOT_IN.test(text));
  await won('Umbrella 12k new');
  await app.to('2027-02-07', '13:00');
  await won('Wonka 12k new');
  await app.to('2027-02-07', '14:00');
  expect(heard()).toHaveLength(1);
  expect(inside(app.find(pair.rep, NOT_IN))).toContain('recognition_open');
  app.slack.addChannel('C0OUTSIDE', { joined: true });
  await won('Soylent 12k new');
  await app.to('2027-02-07', '15:00');
  expect(app.slack.messages('C0OUTSIDE')).toHaveLength(1);
  expect(heard()).toEqual([]);
});

it('a channel that does not take it is let go, and its rep hears of it', async () => {
  await choose({ kinds: ['wins'], channelId: WINS });
  app.slack.fault('chat.postMessage', { error: 'restricted_action' });
  await won('Hooli 12k new');
  await app.to('2027-02-08', '12:00');
  expect(inside(app.find(pair.rep, /doesn’t let me in/))).toContain('recognition_open');
  const settings = await app.db.recognitionSettings.findFirstOrThrow();
  expect(settings.channelId).toBeNull();
});
