/** A review's thread that can't be posted, or not all of it: told to the manager, and posted once they ask. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockPerson } from '../../src/db/lock-people.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { closePlan } from '../../src/plan/approval/transitions.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { addVersion, findVersion, moveTo } from '../../src/plan/store.ts';
import { closeReview } from '../../src/review/recovery/close-review.ts';
import { recoveryReply } from '../../src/review/recovery/open-items.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import { ensureReview, findReview, type Review, saveReview } from '../../src/review/store.ts';
import { beginThread } from '../../src/review/thread/open-review.ts';
import { agreePlanOf, everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { giveUpLooking, hurry } from '../support/jobs.ts';
import { joinTeam, mintPerson, type TestPair } from '../support/plan-app.ts';
import { agreeItem, giveAnswers, sendGiven } from '../support/reviews-due.ts';
import { type SlackMessage, TEAM } from '../support/slack.ts';

let app: DayApp;
/** Pairs whose February was reviewed by itself; where nothing else is said, their team has no channel. */
const lived = {} as Record<(typeof LIVED)[number], Reviewed>;
let heardEarly: string[];
const YEARS = {
  old: { start: '2027-01-01', end: '2027-02-28' },
  next: { start: '2027-03-01', end: '2027-12-31' },
};
const LIVED = [
  'unheard',
  'late',
  'closed',
  'refused',
  'moves',
  'back',
  'gone',
  'renewed',
  'ended',
  'earlier',
  'waits',
  'midway',
  'picks',
] as const;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-02-10', '09:30');
  for (const name of LIVED) {
    const isEnding = name === 'renewed' || name === 'ended';
    const changes = name === 'earlier' ? LATE_REVIEWS : isEnding ? { period: YEARS.old } : {};
    const pair = await mintQuiet(changes);
    lived[name] = { ...pair, channel: `C0${name.toUpperCase()}`, reviewId: '' };
    app.slack.addChannel(lived[name].channel);
  }
  const { refused, moves, back, gone, renewed, ended } = lived;
  for (const { manager, channel } of [refused, moves, back, gone, renewed, ended]) {
    await setChannelOf(manager, channel);
  }
  app.slack.addChannel(refused.channel, { archived: true });
  for (const { manager, channel } of [lived.waits, lived.midway, lived.picks]) {
    await setChannelOf(manager, channel);
    await archived(channel, true);
  }
  for (const [{ rep: personId }, pausedUntil] of [
    [back, '2027-02-27'],
    [gone, '2027-03-20'],
  ] as const) {
    await app.db.nudgeSettings.updateMany({ where: { personId }, data: { pausedUntil } });
  }
  await app.to('2027-02-26', '12:00');
  heardEarly = app.texts(back.rep);
  for (const { rep, manager } of [renewed, ended]) {
    const { id } = await app.db.planVersion.findFirstOrThrow({ where: { plan: { repId: rep } } });
    await closePlan(store(), { workspaceId: TEAM, userId: manager }, id);
  }
  await agreePlanOf(app, renewed.rep, everyDayDraft({ period: YEARS.next }));
  await app.to('2027-03-02', '12:00');
  await agreeAnew(lived.earlier.rep, everyDayDraft());
  for (const name of LIVED) {
    const { rep: repId } = lived[name];
    lived[name].reviewId = (await app.db.review.findFirstOrThrow({ where: { repId } })).id;
  }
});
afterAll(() => app.stop());

interface Reviewed extends TestPair {
  channel: string;
  reviewId: string;
}

const store = () => app.bigplan.context;

const setChannelOf = (manager: string, channel: string | null) =>
  inTransaction(app.db, async (tx) => {
    await setChannel(
      tx,
      (await ensureTeam(tx, { workspaceId: TEAM, userId: manager })).id,
      channel,
    );
  });

/** A channel is archived, or opened again, and Slack tells so. */
const archived = (channel: string, isArchived: boolean) => {
  app.slack.addChannel(channel, { archived: isArchived });
  return app.slack.event({ type: isArchived ? 'channel_archive' : 'channel_unarchive', channel });
};

/** A second version of the plan, signed now. */
async function agreeAnew(repId: string, draft: PlanDraft): Promise<void> {
  const { encryption, clock, scheduler } = store();
  const at = clock.now();
  const row = await app.db.planVersion.findFirstOrThrow({ where: { plan: { repId } } });
  await inTransaction(app.db, async (tx) => {
    const inTx = { db: tx, encryption };
    const first = await findVersion(inTx, row.id);
    const plan = { id: row.planId, workspaceId: TEAM, repId };
    const id = await addVersion(inTx, plan, { number: 2, draft, actorId: repId, at });
    const second = await findVersion(inTx, id);
    if (!first || !second) throw new Error('no version');
    const by = { actorId: repId, at, comment: null };
    await moveTo(inTx, first, 'superseded', { kind: 'superseded', ...by });
    await moveTo(inTx, second, 'agreed', { kind: 'agreed', ...by });
    await scheduler.reschedule(tx, { workspaceId: TEAM, userId: repId });
  });
  await app.bigplan.tick();
}

/** A pair of whom nothing but reviews is heard. */
async function mintQuiet(changes: Partial<PlanDraft> = {}): Promise<TestPair> {
  const pair = await mintAgreed(app, changes);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  for (const personId of [pair.rep, pair.manager]) {
    const create = { workspaceId: TEAM, personId, ...quiet };
    const where = { workspaceId_personId: { workspaceId: TEAM, personId } };
    await app.db.nudgeSettings.upsert({ where, create, update: quiet });
  }
  return pair;
}

/** A pair whose review is open, without a message of it anywhere. */
async function reviewed({ channels = 1, hasItem = false } = {}): Promise<Reviewed> {
  const pair = await mintQuiet();
  const channel = `C0${pair.rep.slice(2)}`;
  for (let n = 0; n < channels; n++) app.slack.addChannel(`${channel}${n || ''}`);
  if (channels > 0) await setChannelOf(pair.manager, channel);
  const { clock } = store();
  const reviewId = await inTransaction(app.db, async (tx) => {
    const inTx = { ...store(), db: tx };
    const plan = await reviewPlan(inTx, { workspaceId: TEAM, userId: pair.rep });
    const span = plan && spansOf(plan.work.period).find(({ month }) => month === '2027-02');
    if (!plan || !span) throw new Error(`${pair.rep} has no February`);
    const { planId } = plan.work;
    const review = await ensureReview(inTx, plan.rep, { planId, month: span.month });
    const now = clock.now();
    const asked = await askedNow(inTx, plan, span, plan.zone.dateAt(now));
    await saveReview(inTx, { ...review, askedAt: now, asked, openedAt: now, card: asked.card });
    if (hasItem) await agreeItem(inTx, review, false);
    return review.id;
  });
  return { ...pair, channel, reviewId };
}

/** Has the thread begun, as the opening of a review does. */
const begin = ({ rep, reviewId }: Reviewed) =>
  inTransaction(app.db, async (tx) => {
    const who = { workspaceId: TEAM, userId: rep };
    await lockPerson(tx, who);
    const inTx = { ...store(), db: tx };
    const plan = await reviewPlan(inTx, who);
    const review = await findReview(inTx, reviewId);
    if (!plan || !review) throw new Error('the review is gone');
    await beginThread(store(), tx, plan, review);
  });

/**
 * Its first message is posted, and its replies wait until `hurry`: Slack’s answer was lost, and the first
 * look for it failed.
 */
async function beginUntilTheReplies(pair: Reviewed): Promise<void> {
  app.slack.fault('chat.postMessage', { drop: 'after' });
  app.slack.fault('conversations.history', { status: 500 });
  await begin(pair);
  await eventually(async () => {
    const where = { subject: pair.reviewId, kind: 'review_thread' };
    const root = await app.db.delivery.findFirst({ where });
    expect(root).toMatchObject({ state: 'ambiguous' });
    expect(Number(root?.leaseUntil)).toBeGreaterThan(Date.now() + 60_000);
  });
  expect(app.slack.messages(pair.channel)).toHaveLength(1);
}

const notices = ({ manager }: TestPair) =>
  app.slack
    .dm(manager)
    .filter(({ text }) => /could not be posted|may be missing|in part/.test(text));
async function notice(pair: Reviewed, n = 1): Promise<SlackMessage> {
  await eventually(() => expect(notices(pair)).toHaveLength(n));
  await settled(pair);
  const found = notices(pair)[n - 1];
  if (!found) throw new Error('no notice');
  return structuredClone(found);
}

/** Waits until nothing of the review is on its way. */
const settled = ({ reviewId }: Reviewed) =>
  eventually(async () => {
    const rows = await app.db.delivery.findMany({ where: { subject: { startsWith: reviewId } } });
    expect(rows.filter(({ state }) => state === 'planned' || state === 'sending')).toEqual([]);
  });

const post = (user: string, message: SlackMessage) =>
  app.press(user, 'review_post_again', { message });

/** Once more: it is said that there is nothing to post. */
async function pressInVain(pair: Reviewed, message: SlackMessage): Promise<void> {
  await post(pair.manager, message);
  expect(app.told(pair.manager)).toBe('It is posted, or on its way.');
  await settled(pair);
}

/** The first lines of what stands in a channel: the thread’s first message, then its replies. */
async function posted(channel: string, replies: number): Promise<string[]> {
  await eventually(() => expect(app.slack.messages(channel)).toHaveLength(replies + 1));
  const [root, ...rest] = app.slack.messages(channel);
  for (const reply of rest) expect(reply.thread_ts).toBe(root?.ts);
  return rest.map(kindOf);
}

function kindOf(message: SlackMessage): string {
  const all = inside(message);
  if (/"type":"table"/.test(all)) return 'scorecard';
  if (/"type":"image"/.test(all)) return 'charts';
  if (/Recovery plan/.test(all)) return 'recovery';
  if (/has answered/.test(all)) return 'answers';
  return 'split';
}

describe('a channel archived midway', () => {
  let pair: Reviewed;
  let first: SlackMessage;
  beforeAll(async () => {
    pair = await reviewed({ hasItem: true });
    await beginUntilTheReplies(pair);
    app.slack.addChannel(pair.channel, { archived: true });
    await hurry(app.db);
    first = await notice(pair);
  });

  it('is told to the manager once, as a part', () => {
    expect(first.text).toBe(
      `*A part of <@${pair.rep}>’s February review* could not be posted.\n` +
        `<#${pair.channel}> is archived: open it again, or pick another one with \`/bigplan team\`, then press the button.`,
    );
    expect(labelsOf(first)).toEqual(['Post what is missing']);
    expect(app.slack.messages(pair.channel)).toHaveLength(1);
  });

  it('nobody else can have it posted', async () => {
    const stranger = 'U0STRANGER';
    await mintPerson(app, stranger);
    await post(stranger, forged(first, 'review_post_again', valueIn(first)));
    expect(app.told(stranger)).toContain('between a rep and their manager');
    await settled(pair);
    expect(notices(pair)).toHaveLength(1);
  });

  it('pressed too early, it fails again, and that is told again', async () => {
    await post(pair.manager, first);
    expect(app.told(pair.manager)).toBe(`✓ What was missing is on its way to <#${pair.channel}>.`);
    await notice(pair, 1);
    const second = notices(pair)[0];
    expect(second?.ts).not.toBe(first.ts);
    expect(labelsOf(second ?? first)).toEqual(['Post what is missing']);
  });

  it('once it is open again, the missing replies come into the same thread, once', async () => {
    app.slack.addChannel(pair.channel, { archived: false });
    const second = await notice(pair, 1);
    await Promise.all([post(pair.manager, second), post(pair.manager, second)]);
    expect(await posted(pair.channel, 4)).toEqual(['scorecard', 'charts', 'split', 'recovery']);
    await pressInVain(pair, second);
    expect(app.slack.messages(pair.channel)).toHaveLength(5);
  });
});

describe('a notice that Slack’s trouble met as well', () => {
  it('stands on the manager’s Home, and all is posted once from there', async () => {
    const pair = await reviewed();
    app.slack.addChannel(pair.channel, { archived: true });
    // The thread’s first message, and the word about it.
    app.slack.fault('chat.postMessage', { error: 'is_archived' });
    app.slack.fault('chat.postMessage', { status: 500 });
    await begin(pair);
    await eventually(async () => {
      const where = { kind: 'review_no_channel', personId: pair.manager };
      expect(await app.db.delivery.findFirst({ where })).toMatchObject({ state: 'ambiguous' });
    });
    const home = async () => {
      await app.slack.openHome(pair.manager);
      return JSON.stringify(app.slack.home(pair.manager));
    };
    expect(await home()).toMatch(/Not everything arrived.*could not be posted/);
    app.slack.addChannel(pair.channel, { archived: false });
    const answers = app.slack.responses.length;
    const user = pair.manager;
    await app.slack.action({ user, actionId: 'review_post_again' });
    expect(JSON.stringify(app.slack.home(user))).not.toMatch(/Not everything arrived/);
    expect(await posted(pair.channel, 3)).toEqual(['scorecard', 'charts', 'split']);
    await giveUpLooking(app.db);
    await app.bigplan.tick();
    await settled(pair);
    expect(notices(pair)).toEqual([]);
    expect(app.slack.messages(pair.channel)).toHaveLength(4);
    expect(app.slack.responses.slice(answers)).toEqual([]);
  });
});

describe('a channel archived midway, and another one picked', () => {
  it('has all of it in the other one, once', async () => {
    const pair = await reviewed({ channels: 2 });
    await beginUntilTheReplies(pair);
    app.slack.addChannel(pair.channel, { archived: true });
    await hurry(app.db);
    const first = await notice(pair);
    const other = `${pair.channel}1`;
    await setChannelOf(pair.manager, other);
    await post(pair.manager, first);
    expect(app.told(pair.manager)).toBe(`✓ On its way to <#${other}>.`);
    expect(await posted(other, 3)).toEqual(['scorecard', 'charts', 'split']);
    await pressInVain(pair, first);
    expect(app.slack.messages(other)).toHaveLength(4);
    expect(app.slack.messages(pair.channel)).toHaveLength(1);
  });
});

describe('a team that takes another channel midway', () => {
  it('has all of it there when the manager says so', async () => {
    const pair = await reviewed({ channels: 2 });
    await beginUntilTheReplies(pair);
    const other = `${pair.channel}1`;
    await setChannelOf(pair.manager, other);
    await hurry(app.db);
    const first = await notice(pair);
    expect(first.text).toBe(
      `*<@${pair.rep}>’s February review stands in <#${pair.channel}> in part*: that isn’t your team’s channel any more.\n` +
        `Press the button, and all of it comes to <#${other}>.`,
    );
    expect(labelsOf(first)).toEqual(['Post it now']);
    await post(pair.manager, first);
    expect(await posted(other, 3)).toEqual(['scorecard', 'charts', 'split']);
    expect(app.slack.messages(pair.channel)).toHaveLength(1);
  });

  it('and has none for now: says so, and loses nothing', async () => {
    const pair = await reviewed();
    await beginUntilTheReplies(pair);
    await setChannelOf(pair.manager, null);
    await hurry(app.db);
    const first = await notice(pair);
    expect(first.text).toContain(
      'Pick the one for it with `/bigplan team`, then press the button.',
    );
    await post(pair.manager, first);
    expect(app.told(pair.manager)).toContain('Your team has no channel yet');
    // The same one once more.
    await setChannelOf(pair.manager, pair.channel);
    await post(pair.manager, first);
    await eventually(() => expect(app.slack.messages(pair.channel)).toHaveLength(5));
    await pressInVain(pair, first);
    expect(app.slack.messages(pair.channel)).toHaveLength(5);
  });
});

describe('a reply that nobody knows to have arrived', () => {
  it('is told apart from what was refused, and only that is posted again', async () => {
    const pair = await reviewed();
    await beginUntilTheReplies(pair);
    app.slack.fault('chat.postMessage', { drop: 'before' });
    await hurry(app.db);
    await eventually(async () => {
      const where = { subject: pair.reviewId, kind: 'review_scorecard' };
      expect(await app.db.delivery.findFirst({ where })).toMatchObject({ state: 'ambiguous' });
    });
    expect(await posted(pair.channel, 2)).toEqual(['charts', 'split']);
    expect(notices(pair)).toEqual([]);
    await giveUpLooking(app.db);
    const first = await notice(pair);
    expect(first.text).toBe(
      `*A part of <@${pair.rep}>’s February review may be missing.*\n` +
        `Slack didn’t say whether all of it arrived. Look into its thread in <#${pair.channel}>: only if something isn’t there, press the button.`,
    );
    await post(pair.manager, first);
    expect(await posted(pair.channel, 3)).toEqual(['charts', 'split', 'scorecard']);
    await pressInVain(pair, first);
  });
});

describe('a thread whose first message is deleted before its replies', () => {
  it('is posted anew when the manager says so', async () => {
    const pair = await reviewed();
    await beginUntilTheReplies(pair);
    app.slack.fault('chat.postMessage', { error: 'thread_not_found' });
    await hurry(app.db);
    const first = await notice(pair);
    expect(first.text).toContain(`Its first message in <#${pair.channel}> is gone.`);
    expect(labelsOf(first)).toEqual(['Post it now']);
    await post(pair.manager, first);
    await eventually(() => expect(app.slack.messages(pair.channel)).toHaveLength(7));
  });
});

describe('a recovery plan that Slack refuses', () => {
  it('is told to the manager, and comes when they say so', async () => {
    const pair = await reviewed();
    await begin(pair);
    await posted(pair.channel, 3);
    await settled(pair);
    app.slack.fault('chat.postMessage', { error: 'not_in_channel' });
    await inTransaction(app.db, async (tx) => {
      const inTx = { ...store(), db: tx };
      const review = await findReview(inTx, pair.reviewId);
      if (!review) throw new Error('the review is gone');
      await agreeItem(inTx, review, false);
      await recoveryReply(store(), tx, review);
    });
    const first = await notice(pair);
    expect(labelsOf(first)).toEqual(['Post what is missing']);
    await post(pair.manager, first);
    expect(await posted(pair.channel, 4)).toEqual(['scorecard', 'charts', 'split', 'recovery']);
  });
});

/** As after a change of whatever decides on the review. */
async function lookAgain({ rep }: Reviewed): Promise<void> {
  await inTransaction(app.db, (tx) =>
    store().scheduler.reschedule(tx, { workspaceId: TEAM, userId: rep }),
  );
  await app.bigplan.tick();
}

async function sendLate(pair: Reviewed): Promise<void> {
  const who = { workspaceId: TEAM, userId: pair.rep };
  await giveAnswers(store(), { id: pair.reviewId, workspaceId: TEAM, repId: pair.rep } as Review);
  await sendGiven(store(), who, pair.reviewId);
}

const rootIn = (channel: string) => inside(app.slack.messages(channel)[0] as SlackMessage);

describe('a team without a channel', () => {
  it('has it told once, and posted as soon as there is one', async () => {
    const { unheard } = lived;
    const first = await notice(unheard);
    expect(first.text).toBe(
      `*<@${unheard.rep}>’s February review is ready*, and could not be posted.\n` +
        'Your team has no channel for it yet: pick one with `/bigplan team`, and it is posted by itself.',
    );
    expect(labelsOf(first)).toEqual([]);
    await setChannelOf(unheard.manager, unheard.channel);
    await lookAgain(unheard);
    await posted(unheard.channel, 3);
    await settled(unheard);
    expect(notices(unheard)).toHaveLength(1);
  });

  it('gets the answers that came meanwhile along with it', async () => {
    const { late } = lived;
    await sendLate(late);
    await setChannelOf(late.manager, late.channel);
    await lookAgain(late);
    expect(await posted(late.channel, 4)).toEqual(['scorecard', 'charts', 'split', 'answers']);
    expect(rootIn(late.channel)).toContain('has answered since: see below');
  });

  it('gets it also where it was closed before', async () => {
    const { closed } = lived;
    const entry = { reviewId: closed.reviewId, evenEmpty: true };
    await closeReview(store(), { workspaceId: TEAM, userId: closed.rep }, entry);
    await setChannelOf(closed.manager, closed.channel);
    await lookAgain(closed);
    await posted(closed.channel, 3);
    expect(rootIn(closed.channel)).toContain(`by <@${closed.rep}>: nothing was agreed`);
    await lookAgain(closed);
    expect(app.slack.messages(closed.channel)).toHaveLength(4);
  });
});

describe('a month that wasn’t over when its rep was asked', () => {
  it('is asked about whole once it is', async () => {
    const { unheard } = lived;
    const review = await findReview(store(), unheard.reviewId);
    // In that minute: the clock goes on while they are asked.
    expect(review?.askedAt?.toISOString()).toMatch(/^2027-02-25T14:00/);
    expect(review?.asked?.card.asOf).toBeNull();
    const asked = inside(app.find(unheard.rep, /at quota/));
    expect(asked).toContain('February, at quota:');
    expect(asked).not.toContain('up to');
  });
});

describe('a channel of which its manager knows that it takes nothing', () => {
  const told = ({ manager, channel }: Reviewed) =>
    app.slack.dm(manager).flatMap(({ text }) => (text.includes(channel) ? [text] : []));
  const WAITS = expect.stringContaining('was archived,* and it is your team’s channel');
  const AGAIN = expect.stringContaining('takes your team’s reviews again');
  const rootOf = ({ reviewId }: Reviewed) =>
    app.db.delivery.findFirst({
      where: { subject: reviewId, kind: 'review_thread' },
      orderBy: { createdAt: 'desc' },
    });

  it('has a review wait without a second word, and come by itself once it is open', async () => {
    const { waits } = lived;
    await lookAgain(waits);
    await settled(waits);
    expect(await rootOf(waits)).toBeNull();
    expect(notices(waits)).toEqual([]);
    expect(told(waits)).toEqual([WAITS]);
    const ahead = () => inside(app.find(waits.manager, /Your 1:1/));
    await eventually(() => expect(ahead()).toContain(`<#${waits.channel}> takes nothing now`));
    await archived(waits.channel, false);
    await app.bigplan.tick();
    expect(await posted(waits.channel, 3)).toEqual(['scorecard', 'charts', 'split']);
    await eventually(() => expect(ahead()).toContain(`for <#${waits.channel}> to read`));
    expect(notices(waits)).toEqual([]);
    expect(told(waits)).toEqual([AGAIN]);
  });

  it('the same where it is shut while a review is on its way, closed meanwhile or not', async () => {
    const { midway } = lived;
    await archived(midway.channel, false);
    app.slack.fault('chat.postMessage', { rateLimit: 600 });
    await app.bigplan.tick();
    await eventually(async () => expect(await app.db.slackPause.count()).toBe(1));
    expect(await rootOf(midway)).toMatchObject({ state: 'planned' });
    await archived(midway.channel, true);
    await hurry(app.db);
    await eventually(async () =>
      expect(await rootOf(midway)).toMatchObject({ problem: 'is_archived' }),
    );
    const entry = { reviewId: midway.reviewId, evenEmpty: true };
    await closeReview(store(), { workspaceId: TEAM, userId: midway.rep }, entry);
    await lookAgain(midway);
    await settled(midway);
    expect(notices(midway)).toEqual([]);
    expect(told(midway)).toEqual([AGAIN, WAITS]);
    await archived(midway.channel, false);
    await app.bigplan.tick();
    expect(await posted(midway.channel, 3)).toEqual(['scorecard', 'charts', 'split']);
    expect(notices(midway)).toEqual([]);
  });

  it('or comes to another one that is picked', async () => {
    const { picks } = lived;
    app.slack.addChannel('C0PICKSB');
    await setChannelOf(picks.manager, 'C0PICKSB');
    await lookAgain(picks);
    expect(await posted('C0PICKSB', 3)).toEqual(['scorecard', 'charts', 'split']);
    expect(notices(picks)).toEqual([]);
  });

  it('what is missing in a thread that stands is told all the same: its button posts it', async () => {
    const pair = await reviewed();
    await beginUntilTheReplies(pair);
    await archived(pair.channel, true);
    await hurry(app.db);
    const first = await notice(pair);
    expect(labelsOf(first)).toEqual(['Post what is missing']);
    // They say that it is open, and Slack has told nothing of it.
    app.slack.addChannel(pair.channel, { archived: false });
    await post(pair.manager, first);
    expect(await posted(pair.channel, 3)).toEqual(['scorecard', 'charts', 'split']);
  });
});

describe('a rep who plans with somebody else by now', () => {
  async function takeOver(pair: Reviewed, channel: string | null): Promise<string> {
    const taker = `${pair.manager}B`;
    await mintPerson(app, taker);
    await joinTeam(app, pair.rep, taker);
    if (channel !== null) await setChannelOf(taker, channel);
    return taker;
  }

  it('has the thread that was refused in the new team’s channel', async () => {
    const { refused } = lived;
    expect((await notice(refused)).text).toContain('is archived');
    app.slack.addChannel('C0REFUSEDB');
    await takeOver(refused, 'C0REFUSEDB');
    await lookAgain(refused);
    expect(await posted('C0REFUSEDB', 3)).toEqual(['scorecard', 'charts', 'split']);
    expect(app.slack.messages(refused.channel)).toEqual([]);
  });

  it('answers late: the former channel reads nothing of it, the new one all', async () => {
    const { moves } = lived;
    expect(app.slack.messages(moves.channel)).toHaveLength(4);
    const before = structuredClone(app.slack.messages(moves.channel));
    const taker = await takeOver(moves, null);
    await sendLate(moves);
    await inTransaction(app.db, (tx) =>
      app.bigplan.context.outbox.refresh(tx, { workspaceId: TEAM, subject: moves.reviewId }),
    );
    await settled(moves);
    expect(app.slack.messages(moves.channel)).toEqual(before);
    app.slack.addChannel('C0MOVESB');
    await setChannelOf(taker, 'C0MOVESB');
    await lookAgain(moves);
    expect(await posted('C0MOVESB', 4)).toEqual(['scorecard', 'charts', 'split', 'answers']);
    expect(app.slack.messages(moves.channel)).toEqual(before);
    await lookAgain(moves);
    expect(app.slack.messages('C0MOVESB')).toHaveLength(5);
  });
});

describe('a version with an earlier day for 1:1s', () => {
  it('drops no month: whose meeting it puts into the past is asked now, and opens some hours later', async () => {
    const { earlier } = lived;
    expect(app.texts(earlier.rep)[0]).toContain('at quota');
    const review = await findReview(store(), earlier.reviewId);
    expect(review).toMatchObject({ month: '2027-02', openedAt: null });
    expect(review?.askedAt?.toISOString()).toMatch(/^2027-03-02T17:0/);
  });
});

describe('a plan that is closed in its last month', () => {
  it.each(['renewed', 'ended'] as const)('is still judged for it: %s', async (name) => {
    const pair = lived[name];
    const { plan, month } = await app.db.review
      .findUniqueOrThrow({ where: { id: pair.reviewId } })
      .then(async (row) => ({
        ...row,
        plan: await app.db.plan.findUniqueOrThrow({ where: { id: row.planId } }),
      }));
    expect([month, plan.closedAt]).toEqual(['2027-02', expect.any(Date)]);
    expect(await posted(pair.channel, 2)).toEqual(['scorecard', 'charts']);
    expect(rootIn(pair.channel)).toContain('February, Q1 and the period 1:1');
    expect(rootIn(pair.channel)).toContain('1:1: Tue, Mar 2');
    expect(app.texts(pair.rep)).toContainEqual(expect.stringMatching(/Your 1:1 is Tue, Mar 2/));
    await sendLate(pair);
    expect(await posted(pair.channel, 3)).toEqual(['scorecard', 'charts', 'answers']);
    expect(await app.db.review.count({ where: { repId: pair.rep, month: '2027-02' } })).toBe(1);
  });
});

describe('a rep who has paused when they would be asked', () => {
  it('is asked on the day that they are back', () => {
    expect(heardEarly).toEqual([]);
    expect(app.texts(lived.back.rep)[0]).toMatch(/^\*?Your 1:1 is/);
    expect(rootIn(lived.back.channel)).toContain('was asked on Feb 25');
  });

  it('isn’t said to have been asked before the review opened, and can still answer', async () => {
    const { gone } = lived;
    expect(app.texts(gone.rep), 'a pause is a pause').toEqual([]);
    await app.to('2027-03-22', '09:30');
    expect(rootIn(gone.channel)).toContain('Not answered yet: their view comes');
    const repCopy = app.last(gone.rep);
    expect(repCopy.text).toContain('February 1:1');
    await app.press(gone.rep, 'review_answer', { message: repCopy });
    expect(app.slack.modal(gone.rep)).toBeDefined();
    await app.slack.closeModal(gone.rep);
  });
});

/** What its buttons say. */
const labelsOf = ({ blocks }: SlackMessage) =>
  blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.map((one) => ('text' in one ? (one.text?.text ?? '') : ''))
      : [],
  );

function valueIn(message: SlackMessage): string {
  const found = /"value":"([^"]+)"/.exec(JSON.stringify(message.blocks))?.[1];
  if (!found) throw new Error('a message without a button');
  return found;
}
