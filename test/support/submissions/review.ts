import type { Tx } from '../../../src/db/client.ts';
import type { Store } from '../../../src/db/store.ts';
import { inTransaction } from '../../../src/db/transaction.ts';
import type { NewDelivery } from '../../../src/outbox/delivery.ts';
import { ensureTeam, setChannel } from '../../../src/people/store.ts';
import { reviewOrder, rootOf } from '../../../src/review/deliveries.ts';
import { questionsOf } from '../../../src/review/prep/rules.ts';
import { spansOf } from '../../../src/review/schedule/rules.ts';
import { askedNow, reviewPlan } from '../../../src/review/scorecard/review-plan.ts';
import {
  type AskedMonth,
  ensureReview,
  type Review,
  saveAnswer,
  saveCharts,
  saveReview,
} from '../../../src/review/store.ts';
import { monthOf } from '../../../src/time/local-date.ts';
import { mintAgreed } from '../agreed-rep.ts';
import { type DayApp, forged } from '../day-app.ts';
import type { TestPair } from '../plan-app.ts';
import { TEAM } from '../slack.ts';
import { type Scenario, today } from './scenario.ts';

const channelOf = (rep: string) => `C0${rep.slice(2)}`;

/** A pair with a channel, who hear of their 1:1s alone. */
async function mint(app: DayApp): Promise<TestPair> {
  const pair = await mintAgreed(app);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  for (const personId of [pair.rep, pair.manager]) {
    const create = { workspaceId: TEAM, personId, ...quiet };
    const where = { workspaceId_personId: { workspaceId: TEAM, personId } };
    await app.db.nudgeSettings.upsert({ where, create, update: quiet });
  }
  const channel = channelOf(pair.rep);
  const manager = { workspaceId: TEAM, userId: pair.manager };
  app.slack.addChannel(channel, { name: 'sales' });
  await inTransaction(app.db, async (tx) => {
    await setChannel(tx, (await ensureTeam(tx, manager)).id, channel);
  });
  return pair;
}

/** Has a rep asked about this month: `begin` goes on with the review, within its transaction. */
async function ask(
  app: DayApp,
  rep: string,
  begin: (store: Store<Tx>, review: Review & { asked: AskedMonth }) => Promise<NewDelivery>,
): Promise<void> {
  const { encryption, clock, outbox } = app.bigplan.context;
  await inTransaction(app.db, async (tx) => {
    const store = { db: tx, encryption, clock };
    const plan = await reviewPlan(store, { workspaceId: TEAM, userId: rep });
    const month = monthOf(today(app));
    const span = plan && spansOf(plan.work.period).find((one) => one.month === month);
    if (!plan || !span) throw new Error(`${rep} has no ${month}`);
    const review = await ensureReview(store, plan.rep, { planId: plan.work.planId, month });
    const asked = await askedNow(store, plan, span, today(app));
    // Drawing them takes long, and has its own tests.
    const { asOf } = asked.card;
    await saveCharts(tx, review, {
      [`milestones ${asOf}`]: app.slack.addFile('milestones'),
      [`funnel ${asOf}`]: app.slack.addFile('funnel'),
    });
    await outbox.enqueue(tx, await begin(store, { ...review, askedAt: clock.now(), asked }));
  });
  await app.bigplan.tick();
}

interface Answers {
  /** Nothing was missed: only what worked is asked. */
  met?: boolean;
  /** How many of the questions are answered; all but so many from the end where below zero. */
  given?: number;
}

/** A rep who is asked about this month, in front of what `review_answer` in that message opens. */
async function answering(app: DayApp, { met = false, given = 0 }: Answers = {}): Promise<string> {
  const { rep } = await mint(app);
  await ask(app, rep, async (store, { asked: found, ...review }) => {
    const asked: AskedMonth = met ? { ...found, topics: ['worked'] } : found;
    const saved = { ...review, asked };
    await saveReview(store, saved);
    for (const topic of questionsOf(asked).topics.slice(0, given)) {
      await saveAnswer(store, saved, {
        topic,
        causes: ['lead_supply'],
        words: 'So it went.',
        proposal: null,
        updatedAt: app.clock.now(),
      });
    }
    return reviewOrder('prep', { workspaceId: TEAM, userId: rep }, saved);
  });
  await app.press(rep, 'review_answer');
  return rep;
}

/** A manager in front of the recovery plan, which the thread in their channel leads to. */
async function planning(app: DayApp): Promise<string> {
  const { rep, manager } = await mint(app);
  await ask(app, rep, async (store, review) => {
    const openedAt = app.clock.now();
    const opened = { ...review, openedAt, card: review.asked.card, threads: 1 };
    await saveReview(store, opened);
    return rootOf(opened);
  });
  const [message] = app.slack.messages(channelOf(rep));
  if (!message) throw new Error('nothing stands in the channel');
  await app.press(manager, 'recovery_open', { message });
  return manager;
}

const CARD = { text: 'Battle card against Acme', owner: 'manager' };

/** A rep in front of the schedule of their 1:1s. */
async function atSchedule(app: DayApp): Promise<string> {
  const { rep } = await mint(app);
  await app.slack.command('/bigplan', 'review', { user: rep });
  return rep;
}

/** A rep who leads as well. */
async function leading(app: DayApp): Promise<string> {
  const { rep } = await mint(app);
  await app.db.person.updateMany({ where: { userId: rep }, data: { leader: true } });
  return rep;
}

export const reviewScenarios: readonly Scenario[] = [
  {
    form: 'brief_form',
    what: 'the weekly brief is set up',
    async open(app) {
      const user = await leading(app);
      app.slack.addChannel('C0SYNC', { name: 'weekly-sync' });
      await app.slack.command('/bigplan', 'brief', { user });
      return { user, entries: { channel: 'C0SYNC', marketing: user } };
    },
  },
  {
    form: 'engagement_form',
    what: 'engagement is said',
    async open(app) {
      const user = await leading(app);
      await app.slack.command('/bigplan', 'help', { user });
      const message = forged(app.answered(user), 'engagement_open', '2027-02-22');
      await app.press(user, 'engagement_open', { message });
      return { user, entries: { attendance: '42' } };
    },
  },
  {
    form: 'commitment_form',
    what: 'a leader answers a cause',
    async open(app) {
      const rep = await leading(app);
      const { managerId: manager } = await app.db.team.findFirstOrThrow();
      const about = JSON.stringify({ kind: 'cause', cause: 'lead_supply', month: '2027-02' });
      await app.slack.command('/bigplan', 'help', { user: rep });
      const message = forged(app.answered(rep), 'commitment_open', about);
      await app.press(rep, 'commitment_open', { message });
      return { user: rep, entries: { owner: manager, text: 'Two SDRs', due: '2027-12-30' } };
    },
  },
  {
    form: 'review_answers',
    what: 'the answers are sent, which opens the review',
    async open(app) {
      return { user: await answering(app, { given: Infinity }), entries: { named: ['yes'] } };
    },
  },
  {
    form: 'review_answers',
    what: 'what worked is sent',
    async open(app) {
      const entries = { 'worked.words': 'The webinar.', note: 'Ask for more.' };
      return { user: await answering(app, { met: true }), entries };
    },
  },
  {
    form: 'review_move',
    what: 'a 1:1 is moved from the schedule',
    async open(app) {
      const user = await atSchedule(app);
      await app.slack.action({ user, actionId: 'review_move_month' });
      return { user, entries: { time: '11:30', reason: 'The fair' } };
    },
  },
  {
    form: 'review_move',
    what: 'a 1:1 is moved from a message',
    async open(app) {
      const user = await answering(app);
      await app.slack.closeModal(user);
      await app.press(user, 'review_move_open');
      return { user, entries: { time: '11:30', reason: 'The fair' } };
    },
  },
  {
    form: 'review_skip',
    what: 'a 1:1 is skipped',
    async open(app) {
      const user = await atSchedule(app);
      await app.slack.action({ user, actionId: 'review_skip_month' });
      return { user, entries: { reason: 'A holiday' } };
    },
  },
  {
    form: 'review_settings',
    what: 'how long before the rep is asked',
    async open(app) {
      const user = await atSchedule(app);
      await app.slack.action({ user, actionId: 'review_settings_open', value: user });
      return { user, entries: { prepDays: '5' } };
    },
  },
  {
    form: 'recovery_item',
    what: 'something is agreed on',
    async open(app) {
      const user = await planning(app);
      await app.slack.action({ user, actionId: 'recovery_add' });
      return { user, entries: CARD };
    },
  },
  {
    form: 'recovery_item',
    what: 'what is agreed on is changed',
    async open(app) {
      const user = await planning(app);
      await app.slack.action({ user, actionId: 'recovery_add' });
      await app.slack.submit(user, CARD);
      await app.slack.action({ user, actionId: 'recovery_edit' });
      return { user, entries: { text: 'Two battle cards' } };
    },
  },
  {
    form: 'promise_ask',
    what: 'a rep asks for something',
    async open(app) {
      const { rep: user } = await mint(app);
      await app.slack.command('/bigplan', 'promises', { user });
      await app.slack.action({ user, actionId: 'promise_ask_open' });
      return { user, entries: { text: 'A battle card for Acme' } };
    },
  },
  {
    form: 'review_close',
    what: 'a review with its plan is closed',
    async open(app) {
      const user = await planning(app);
      await app.slack.action({ user, actionId: 'recovery_add' });
      await app.slack.submit(user, CARD);
      await app.slack.action({ user, actionId: 'review_close_open' });
      return { user, entries: {} };
    },
  },
];
