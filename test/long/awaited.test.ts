/** Every kind of message that somebody waits for: where Slack fails at it, its sender is told, and can send it once more. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lockPerson } from '../../src/db/lock-people.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { saveRoles } from '../../src/people/store.ts';
import { reviewOrder } from '../../src/review/deliveries.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import { ensureReview, saveReview } from '../../src/review/store.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { lookOnceMore } from '../support/jobs.ts';
import { fillWizard, mintPair, openOwn, proposed, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const NOTICE = /may not have/;
const MONTH = '2027-02';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-02-25', '09:30');
});
afterAll(() => app.stop());
afterEach(() => app.slack.clearFaults());

interface Caused {
  /** Who is told. */
  sender: string;
  reader: string;
  /** Of the same pair or not, but nobody who sent it. */
  other: string;
}

interface Row {
  kind: string;
  /** Makes everything that comes before it. */
  before(): Promise<TestPair>;
  /** What brings the message. */
  cause(pair: TestPair): Promise<void>;
  sender: 'rep' | 'manager';
  /** As the notice says it. */
  what: string;
  /** What stands on its reader’s Home, and after `/bigplan` with these words; `shown` left out: there nothing does. */
  waits: { home: RegExp; command?: string; shown?: RegExp };
}

const idOf = (userId: string) => ({ workspaceId: TEAM, userId });

/** Asks the rep about the month, as the clock does some days before the 1:1. */
async function askAbout({ rep }: TestPair): Promise<void> {
  const { context } = app.bigplan;
  const now = context.clock.now();
  await inTransaction(app.db, async (tx) => {
    await lockPerson(tx, idOf(rep));
    const store = { ...context, db: tx };
    const plan = await reviewPlan(store, idOf(rep));
    const span = plan && spansOf(plan.work.period).find((one) => one.month === MONTH);
    if (!plan || !span) throw new Error(`${rep} has no ${MONTH}`);
    const review = await ensureReview(store, plan.rep, { planId: plan.work.planId, month: MONTH });
    const { card, facts } = await askedNow(store, plan, span, plan.zone.dateAt(now));
    const saved = { ...review, askedAt: now, asked: { card, topics: ['worked' as const], facts } };
    await saveReview(store, saved);
    await context.outbox.enqueue(tx, reviewOrder('prep', plan.rep, saved));
  });
  await app.bigplan.tick();
}

const TABLE: readonly Row[] = [
  {
    kind: 'plan_proposed',
    async before() {
      const pair = await mintPair(app);
      await openOwn(app, pair.rep);
      await fillWizard(app.slack, pair.rep);
      return pair;
    },
    cause: async ({ rep }) => void (await app.slack.submit(rep)),
    sender: 'rep',
    what: 'the plan that waits for their signature',
    waits: { home: /proposed, waits for a signature/i, shown: /proposed, waits for a signature/i },
  },
  {
    kind: 'plan_changes_requested',
    async before() {
      const pair = await mintPair(app);
      const message = await proposed(app, pair);
      await app.slack.closeModal(pair.rep);
      await app.slack.action({ user: pair.manager, actionId: 'plan_ask_for_changes', message });
      return pair;
    },
    cause: async ({ manager }) =>
      void (await app.slack.submit(manager, { comment: 'Fewer calls' })),
    sender: 'manager',
    what: 'the changes that you asked for',
    waits: { home: /changes/i, shown: /changes/i },
  },
  {
    kind: 'team_question',
    async before() {
      const pair = await mintPair(app);
      const other = await mintPair(app);
      await app.db.$transaction((tx) =>
        saveRoles(tx, TEAM, { admins: [], leaders: [], managers: [pair.manager, other.manager] }),
      );
      await app.slack.command('/bigplan', 'team', { user: other.manager });
      return { rep: pair.rep, manager: other.manager };
    },
    cause: async ({ rep, manager }) => void (await app.slack.submit(manager, { reps: [rep] })),
    sender: 'manager',
    what: 'the question whether you plan together',
    waits: { home: /wants to plan with you/ },
  },
  {
    kind: 'review_prep',
    before: () => mintAgreed(app),
    cause: askAbout,
    sender: 'manager',
    what: 'the questions before your 1:1',
    waits: { home: /1:1/, command: 'review', shown: /Answer/ },
  },
  {
    kind: 'promise_asked',
    async before() {
      const pair = await mintAgreed(app);
      await app.slack.command('/bigplan', 'promises', { user: pair.rep });
      await app.slack.action({ user: pair.rep, actionId: 'promise_ask_open' });
      return pair;
    },
    cause: async ({ rep }) =>
      void (await app.slack.submit(rep, { text: 'A battle card for Acme', due: '2027-03-05' })),
    sender: 'rep',
    what: 'what you asked for',
    waits: { home: /You owe/i, command: 'promises', shown: /A battle card for Acme/ },
  },
];

async function inDoubt(row: Row): Promise<Caused> {
  const pair = await row.before();
  app.slack.fault('chat.postMessage', { status: 500 });
  await row.cause(pair);
  await app.bigplan.settled();
  const sender = pair[row.sender];
  const reader = pair[row.sender === 'rep' ? 'manager' : 'rep'];
  return { sender, reader, other: reader };
}

const stateOf = ({ reader }: Caused, kind: string) =>
  app.db.delivery.findFirstOrThrow({ where: { kind, personId: reader } });

const there = async (caused: Caused, kind: string) => {
  const { id } = await stateOf(caused, kind);
  return app.slack.dm(caused.reader).filter(({ metadata }) => metadata?.event_payload.id === id);
};

const notices = ({ sender }: Caused) =>
  app.slack.dm(sender).filter(({ text }) => NOTICE.test(text));

async function lookedFor(): Promise<void> {
  await lookOnceMore(app.db);
  await app.bigplan.tick();
  await app.bigplan.settled();
}

it('are all in the table', async () => {
  const awaited = await app.bigplan.context.outbox.awaitedKinds();
  expect(TABLE.map(({ kind }) => kind).sort()).toEqual([...awaited].sort());
});

describe.each(TABLE)('$kind, where Slack answered 500', (row) => {
  it('is told to whoever caused it, waits for its reader, and comes once when asked for', async () => {
    const caused = await inDoubt(row);
    expect(await stateOf(caused, row.kind)).toMatchObject({ state: 'ambiguous', repeats: 0 });
    await lookedFor();
    await lookedFor();
    expect(notices(caused).map(({ text }) => text)).toEqual([
      expect.stringContaining(`<@${caused.reader}> may not have ${row.what}:`),
    ]);

    const message = app.find(caused.sender, NOTICE);
    const { home, command = '', shown } = row.waits;
    await app.slack.openHome(caused.reader);
    expect(JSON.stringify(app.slack.home(caused.reader))).toMatch(home);
    expect(inside(message)).toContain(
      shown ? 'on their Home and in `/bigplan` too.' : 'on their Home too.',
    );
    if (shown) {
      await app.slack.command('/bigplan', command, { user: caused.reader });
      expect(JSON.stringify(app.slack.modal(caused.reader))).toMatch(shown);
      await app.slack.closeModal(caused.reader);
    }

    await app.press(caused.reader, 'send_again', { message });
    expect(app.told(caused.reader)).toContain('isn’t yours');
    expect(await there(caused, row.kind)).toEqual([]);

    await app.press(caused.sender, 'send_again', { message });
    await app.press(caused.sender, 'send_again', { message });
    expect(await there(caused, row.kind)).toHaveLength(1);
    expect(await stateOf(caused, row.kind)).toMatchObject({ state: 'sent', repeats: 1 });
    expect(notices(caused)).toEqual([]);
    expect(inside(app.find(caused.sender, /✓/))).toContain(`has ${row.what}`);
  });
});
