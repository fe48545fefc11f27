/**
 * Nobody gets a message about a review twice, nobody reads of a month before its rep had their say, and of whatever is
 * missing of a thread its manager knows: reviews due in the same minute, half of them answered, late answers coming in;
 * two Bigplans of which one is killed at random moments, and a Slack that drops, refuses, stalls, and revokes the token
 * for a while. EXACTLY_ONCE_SEED sets another seed.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Delivery as Row } from '../../src/db/generated/client.ts';
import { makeHome } from '../../src/home/show-home.ts';
import { createLog } from '../../src/log.ts';
import { type AtRest, openBigplan } from '../../src/main.ts';
import { MAY_NOT_HAVE } from '../../src/outbox/message.ts';
import { REVIEW_DELIVERY } from '../../src/review/deliveries.ts';
import { findReview, type Review } from '../../src/review/store.ts';
import { repost } from '../../src/review/thread/repost.ts';
import { systemClock } from '../../src/time/clock.ts';
import { acrossAll } from '../support/app.ts';
import { type AppProcess, appSettings, startApp } from '../support/app-process.ts';
import { type Chaos, seeded, startChaos } from '../support/chaos.ts';
import { createTestDb, TEST_KEYS, type TestDb } from '../support/db.ts';
import { askAgain, expireLeases, giveUpLooking, hurry } from '../support/jobs.ts';
import {
  agreeItem,
  giveAnswers,
  makeReviewDue,
  makeReviewTeams,
  saidBy,
  sendGiven,
} from '../support/reviews-due.ts';
import { type FakeSlack, type SlackMessage, startFakeSlack, TEAM } from '../support/slack.ts';

const SEED = Number(process.env.EXACTLY_ONCE_SEED ?? 20_270_405);
const KILLS = 6;
/** A run is killed over one of its first posts, up to this, or after so long without them; */
const POSTS = 15;
const RUN_MS = 15_000;
/** The run in which the token is revoked, and how long it lasts. */
const REVOKED = 2;
const REVOKED_MS = 3_000;
/** or while it starts. */
const KILLED_STARTING = 0.15;
const START_MS = 2_000;
/** Reviews are due so long after they are made: Bigplan runs by then. */
const AHEAD_MS = 5_000;
const HOUR_MS = 3_600_000;
/** Far over what it takes: a busy machine must not fail this. */
const SETTLE_MS = 240_000;

/**
 * What a rep does. `sends`: before the deadline; `late`: once it is open; `silent`: has begun; `unsent`:
 * has answered it all, an hour before the deadline; `asked`: now, and answers, hours before it.
 */
type Part = 'sends' | 'late' | 'silent' | 'unsent' | 'asked';

const FULL: Part[] = [
  'sends',
  'silent',
  'sends',
  'late',
  'sends',
  'late',
  'silent',
  'unsent',
  'asked',
];
/** Channels, and the reps of the team behind each. */
const CHANNELS = {
  C0NORTH: FULL,
  C0SOUTH: FULL,
  /** Is archived in the middle of it. */
  C0ARCHIVED: ['sends', 'silent', 'late'],
  /** Bigplan was never invited. */
  C0UNINVITED: ['sends', 'silent'],
  /** Slack gets no thread that begins here. */
  C0LOST: ['silent', 'sends'],
} satisfies Record<string, Part[]>;

interface Rep {
  id: string;
  managerId: string;
  channelId: string;
  part: Part;
}

const reps = Object.entries(CHANNELS).flatMap(([channelId, parts]) =>
  parts.map((part, n): Rep => {
    const team = channelId.slice(2);
    return { id: `U0${team}${n}`, managerId: `U0LEADS${team}`, channelId, part };
  }),
);
const channels = Object.keys(CHANNELS);
const managers = [...new Set(reps.map(({ managerId }) => managerId))];
/** Whose own messages Slack refuses, too. */
const DEAF = 'U0LEADSLOST';
const isOpening = ({ part }: Rep) => part !== 'unsent' && part !== 'asked';

const random = seeded(SEED);
let test: TestDb;
let slack: FakeSlack;
let chaos: Chaos;
let dataDir: string;
/** Beside the process that is killed: the people's clicks come in here. */
let beside: AtRest;
/** By rep. */
const made = new Map<string, Review>();
let deadline: Date;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-once-'));
  test = await createTestDb();
  slack = await startFakeSlack();
  chaos = await startChaos(slack.apiUrl, random, {
    often: (method) => (method === 'chat.postMessage' ? 3 : 1),
    loses: (method, args) =>
      method === 'chat.postMessage' && args.get('channel') === 'C0LOST' && !args.has('thread_ts'),
    refuses: (method, args) =>
      method === 'chat.postMessage' && args.get('channel') === slack.dmChannel(DEAF)
        ? 'channel_not_found'
        : null,
  });
  const { botToken, signingSecret } = slack;
  const opened = await openBigplan(
    {
      slack: { mode: 'http', botToken, signingSecret, apiUrl: chaos.apiUrl },
      port: 0,
      databaseUrl: test.url,
      dataDir,
      health: null,
      encryptionKeys: TEST_KEYS,
      logLevel: 'silent',
    },
    { clock: systemClock, log: createLog('silent') },
  );
  beside = {
    ...opened,
    context: { ...acrossAll(opened.context), db: test.db },
    outbox: acrossAll(opened.outbox),
    scheduler: acrossAll(opened.scheduler),
  };
  await makeWorkspace();
}, 120_000);
afterAll(async () => {
  await beside.stop();
  await chaos.stop();
  await slack.stop();
  await test.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function makeWorkspace(): Promise<void> {
  const store = beside.context;
  for (const id of [...managers, ...reps.map((rep) => rep.id)]) slack.addPerson(id);
  for (const id of channels) slack.addChannel(id, { joined: id !== 'C0UNINVITED' });
  await makeReviewTeams(
    store,
    channels.map((channelId) => {
      const team = reps.filter((rep) => rep.channelId === channelId);
      const managerId = team[0]?.managerId ?? '';
      return { managerId, channelId, repIds: team.map(({ id }) => id) };
    }),
  );
  deadline = new Date(Date.now() + AHEAD_MS);
  for (const [n, rep] of reps.entries()) {
    const { id, part } = rep;
    const anHourLater = new Date(deadline.getTime() + HOUR_MS);
    const opens = isOpening(rep) ? deadline : part === 'unsent' ? anHourLater : null;
    const review = await makeReviewDue(store, id, opens);
    made.set(id, review);
    if (part === 'sends' || part === 'unsent') await giveAnswers(store, review);
    if (part === 'silent') await giveAnswers(store, review, 1);
    if (n % 2 === 0) await agreeItem(store, review, true);
    if (n % 3 === 0) await agreeItem(store, review, false);
  }
}

const settings = () => ({
  ...appSettings(slack, { apiUrl: chaos.apiUrl, databaseUrl: test.url, dataDir }),
  LOG_LEVEL: 'info',
});

const alive: AppProcess[] = [];

/** Two are there; one of them is killed at some moment, while people do what they do. */
async function liveShortly({ isRevoked }: { isRevoked: boolean }): Promise<void> {
  await expireLeases(test.db);
  if (isRevoked) slack.refuse('token_revoked');
  while (alive.length < 2) alive.push(startApp(settings()));
  let sending = Promise.resolve();
  if (isRevoked) {
    await expect
      .poll(() => test.db.slackPause.count({ where: { refused: 'token_revoked' } }))
      .toBe(1);
    sending = someSend(1);
    await sleep(random() * REVOKED_MS);
  } else if (random() < KILLED_STARTING) {
    await sleep(random() * START_MS);
  } else {
    await alive.at(-1)?.printed(/Bigplan is running/);
    sending = someSend(1);
    const posts = 1 + Math.floor(random() * POSTS);
    await chaos.callsSeen(posts, RUN_MS, 'chat.postMessage');
  }
  const [one] = alive.splice(Math.floor(random() * alive.length), 1);
  await one?.kill();
  await sending;
  if (isRevoked) {
    slack.clearFaults();
    await askAgain(test.db);
  }
}

/** As a rep who presses the button: everything is answered and sent. */
async function send({ id, part }: Rep): Promise<void> {
  const review = reviewOf(id);
  if (part === 'late') await giveAnswers(beside.context, review);
  const actor = { workspaceId: TEAM, userId: id };
  await sendGiven(beside.context, actor, review.id);
}

/** Of every kind that many: those who send, those who are late for what is open, those just asked. */
async function someSend(most: number): Promise<void> {
  const rows = new Map((await test.db.review.findMany()).map((row) => [row.id, row]));
  const rowOf = ({ id }: Rep) => rows.get(reviewOf(id).id);
  const waiting = reps.filter((rep) => rowOf(rep)?.answeredAt === null);
  const senders = waiting.filter(({ part }) => part === 'sends');
  const late = waiting.filter(
    (rep) => rep.part === 'late' && rep.channelId !== 'C0ARCHIVED' && rowOf(rep)?.openedAt,
  );
  for (const rep of [...senders.slice(0, 2 * most), ...late.slice(0, most)]) await send(rep);
  for (const rep of waiting) {
    if (rep.part === 'asked' && rowOf(rep)?.askedAt) {
      await giveAnswers(beside.context, reviewOf(rep.id));
    }
  }
}

function reviewOf(repId: string): Review {
  const review = made.get(repId);
  if (!review) throw new Error(`There is no review of ${repId}`);
  return review;
}

const rows = () => test.db.delivery.findMany({ orderBy: { createdAt: 'asc' } });
const isInDoubt = ({ state, leaseUntil }: Row) => state === 'ambiguous' && leaseUntil !== null;

/** What is left to do; replies wait for a root in doubt. */
async function undone(): Promise<Row[]> {
  const outbox = await rows();
  const doubtful = new Set(outbox.filter(isInDoubt).map(({ id }) => id));
  return outbox.filter(
    ({ state, rootId, dueAt }) =>
      (state === 'planned' && dueAt <= new Date() && !doubtful.has(rootId ?? '')) ||
      state === 'sending',
  );
}

/** With all waits shortened, and a minute’s tick every second. */
async function until(isDone: () => Promise<boolean>): Promise<void> {
  const started = Date.now();
  while (!(await isDone())) {
    if (Date.now() - started > SETTLE_MS) {
      const left = (await undone()).map(
        ({ kind, state, problem }) => `${kind} ${state} ${problem}`,
      );
      throw new Error(`Still to do: ${left.join(', ')}`);
    }
    await beside.outbox.sweep(new Date());
    await hurry(test.db);
    await sleep(1_000);
  }
}

const allDone = async () => (await undone()).length === 0;
const allOpen = async () => {
  const due = reps.filter(isOpening).map(({ id }) => reviewOf(id).id);
  return (await test.db.review.count({ where: { id: { in: due }, openedAt: null } })) === 0;
};
const noneLookedFor = async () =>
  (await rows()).every((row) => !isInDoubt(row) || Number(row.leaseUntil) > Date.now() + 60_000);

/** Runs on to the end: what is in doubt is looked for once more, and then counts as unknown. */
async function runToTheEnd(): Promise<void> {
  for (const one of alive.splice(0)) await one.kill();
  await expireLeases(test.db);
  const last = startApp(settings());
  await last.printed(/Bigplan is running/);
  await until(allOpen);
  for (let n = 0; n < reps.length; n++) await someSend(1);
  const late = reps.filter(({ channelId, part }) => channelId === 'C0ARCHIVED' && part === 'late');
  for (const rep of late) await send(rep);
  await until(allDone);
  chaos.calm();
  await hurry(test.db);
  await expect.poll(noneLookedFor, { timeout: 90_000 }).toBe(true);
  await until(allDone);
  await giveUpLooking(test.db);
  await expect.poll(async () => (await rows()).some(isInDoubt), { timeout: 90_000 }).toBe(false);
  await until(allDone);
  await last.kill();
}

const THREAD: string[] = [
  REVIEW_DELIVERY.root,
  REVIEW_DELIVERY.scorecard,
  REVIEW_DELIVERY.chart,
  REVIEW_DELIVERY.whys,
  REVIEW_DELIVERY.split,
  REVIEW_DELIVERY.openItems,
  REVIEW_DELIVERY.late,
  REVIEW_DELIVERY.recovery,
];
const idOf = ({ metadata }: SlackMessage) => String(metadata?.event_payload.id);
const at = ({ ts }: SlackMessage) => Number(ts) * 1_000;
const inside = (message: SlackMessage) => JSON.stringify([message.text, message.blocks]);
const pictures = ({ blocks }: SlackMessage) =>
  blocks.flatMap((block) =>
    block.type === 'image' && 'slack_file' in block && 'id' in block.slack_file
      ? [String(block.slack_file.id)]
      : [],
  );

it(`is one message at most, after the rep’s say, for each part of ${reps.length} reviews (seed ${SEED})`, async () => {
  const started = Date.now();
  await someSend(3);
  for (let n = 0; n < KILLS; n++) {
    await liveShortly({ isRevoked: n === REVOKED });
    if (n === 3) slack.addChannel('C0ARCHIVED', { archived: true });
  }
  const sentAtLastKill = await test.db.delivery.count({ where: { state: 'sent' } });
  await runToTheEnd();

  const outbox = await rows();
  const row = new Map(outbox.map((one) => [one.id, one]));
  const posted = channels.flatMap((id) => slack.messages(id));
  const toManagers = managers.flatMap((id) => slack.dm(id));
  const messages = [...posted, ...toManagers, ...reps.flatMap(({ id }) => slack.dm(id))];
  const there = new Map(messages.map((message) => [idOf(message), message]));
  const reviews = new Map<string, Review>();
  for (const { id } of reps) {
    const review = await findReview(beside.context, reviewOf(id).id);
    if (review) reviews.set(id, review);
  }
  const channelsLost = new Set<string>();
  /** Managers who have no word of what is missing. */
  const untold = new Set<string>();
  const states: Record<string, number> = {};
  for (const { state } of outbox) states[state] = (states[state] ?? 0) + 1;
  console.log(
    `Exactly once, seed ${SEED}: ${reps.length} reviews, ${KILLS} kills (the last at ${sentAtLastKill} sent), ` +
      `${Object.entries(chaos.troubles)
        .map(([name, times]) => `${times} ${name}`)
        .join(', ')} → ` +
      `${Object.entries(states)
        .map(([state, n]) => `${n} ${state}`)
        .join(', ')}; ` +
      `${posted.filter(({ thread_ts }) => thread_ts === undefined).length} threads, ` +
      `${slack.uploads().length} pictures; ${messages.length - there.size} came twice; ` +
      `${Math.round((Date.now() - started) / 1000)} s`,
  );

  // Nothing is there twice; what is there is sent, and what is sent is there, in its place.
  expect(messages.length - there.size).toBe(0);
  expect([...there.keys()].filter((id) => !row.has(id))).toEqual([]);
  for (const { id, kind, state, problem, leaseUntil, channelId, ts, rootId, heldFor } of outbox) {
    const message = there.get(id);
    const root = rootId === null ? undefined : row.get(rootId);
    const about = { kind, problem };
    if (state === 'sent') {
      expect({ ...about, ...message }).toMatchObject({ ...about, channel: channelId, ts });
      expect({ ...about, ts: message?.thread_ts }).toEqual({ ...about, ts: root?.ts ?? undefined });
      expect({ ...about, channel: channelId }).toEqual({
        ...about,
        channel: root?.channelId ?? channelId,
      });
    } else {
      // At night, or over its reader's budget, a message waits: it is held, not lost.
      const isHeld = state === 'planned' && heldFor !== null;
      expect({ ...about, state: isHeld ? 'cancelled' : state, message }).toEqual({
        ...about,
        state: expect.stringMatching(/^(ambiguous|failed|cancelled)$/),
        message: undefined,
      });
      expect({ ...about, leaseUntil }).toEqual({ ...about, leaseUntil: null });
    }
  }
  // A channel's own messages are the threads' first ones.
  for (const message of posted) {
    if (message.thread_ts === undefined)
      expect(row.get(idOf(message))?.kind).toBe(REVIEW_DELIVERY.root);
  }

  for (const rep of reps) {
    const review = reviews.get(rep.id);
    if (!review) throw new Error(`${rep.id} has no review`);
    const { answeredAt, openedAt } = review;
    const own = outbox.filter(({ subject }) => subject.split(':')[0] === review.id);
    const of = (kind: string) => own.filter((one) => one.kind === kind);
    const told = own.flatMap((one) => there.get(one.id) ?? []);
    const thread = own.filter(({ kind }) => THREAD.includes(kind));
    if (!isOpening(rep)) {
      // Nothing of it is anywhere but with the rep.
      expect({ rep, openedAt, thread }).toEqual({ rep, openedAt: null, thread: [] });
      expect(posted.filter((message) => inside(message).includes(rep.id))).toEqual([]);
      for (const message of toManagers.filter((one) => inside(one).includes(rep.id))) {
        // Or that what the rep was asked may not be there.
        const kinds = [REVIEW_DELIVERY.headsUp, MAY_NOT_HAVE];
        expect(kinds).toContain(row.get(idOf(message))?.kind);
        expect(inside(message)).not.toMatch(/missed|✗|Said by|too few leads/i);
      }
      const asked = rep.part === 'asked' ? 1 : 0;
      const ahead = await test.db.reviewAhead.count({ where: { reviewId: review.id } });
      expect([of(REVIEW_DELIVERY.prep).length, ahead]).toEqual([asked, asked]);
      continue;
    }
    // Once each, and not before the rep has answered or the time for it was over.
    const [root, ...others] = of(REVIEW_DELIVERY.root);
    if (!root) throw new Error(`${rep.id} has no thread`);
    expect([others.length, of(REVIEW_DELIVERY.repCopy).length, review.threads]).toEqual([0, 1, 1]);
    const from = Math.min(deadline.getTime(), answeredAt?.getTime() ?? Infinity);
    for (const message of told) expect(at(message)).toBeGreaterThanOrEqual(from);

    // Its replies in their order; an answer after what it was too late for.
    const replies = thread
      .flatMap((one) => (there.has(one.id) && one.rootId !== null ? [one] : []))
      .sort((a, b) => Number(a.ts) - Number(b.ts));
    const positions = replies
      .filter(({ kind }) => kind !== REVIEW_DELIVERY.late)
      .map(({ position }) => position ?? 0);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    const late = replies.findIndex(({ kind }) => kind === REVIEW_DELIVERY.late);
    const after = late < 0 ? [] : replies.slice(late);
    expect(after.every(({ position }) => (position ?? 0) >= 6)).toBe(true);
    expect(replies.every(({ rootId }) => rootId === root.id)).toBe(true);

    // What was not sent was not to be, or could not be.
    const first = answeredAt !== null && openedAt !== null && answeredAt <= openedAt;
    const isLost = root.state !== 'sent';
    const carried = await test.db.recoveryItem.count({
      where: { repId: rep.id, reviewId: { not: review.id } },
    });
    for (const { kind, state, problem } of thread.filter((one) => one !== root)) {
      if (isLost)
        expect({ kind, state, problem }).toEqual({
          kind,
          state: 'cancelled',
          problem: 'no_thread',
        });
      else if (state === 'cancelled') {
        expect({ kind, problem }).toEqual({
          kind: expect.toSatisfy(
            (one) =>
              one === (first ? null : REVIEW_DELIVERY.whys) ||
              (carried === 0 && one === REVIEW_DELIVERY.openItems),
          ),
          problem: null,
        });
      }
    }

    // Words go into the thread of whoever said them, once they were sent.
    const said = told.flatMap((message) => inside(message).match(/Said by \w+\./g) ?? []);
    expect(new Set(said)).toEqual(
      new Set(said.length > 0 && answeredAt !== null ? [saidBy(rep.id)] : []),
    );

    // What was lost is told to the manager, once: what was refused, and what nobody knows of.
    const lost = new Set(
      thread.map(({ state }) => state).filter((one) => one === 'failed' || one === 'ambiguous'),
    );
    if (lost.size > 0) channelsLost.add(rep.channelId);
    const notes = of(REVIEW_DELIVERY.noChannel);
    expect({ rep, notes: notes.map(({ personId }) => personId) }).toEqual({
      rep,
      notes: Array.from(lost, () => rep.managerId),
    });
    for (const { id, state, personId, heldFor } of notes) {
      expect(there.has(id)).toBe(state === 'sent');
      // Of many on one day the last ones wait for the next.
      if (state === 'planned') expect(heldFor).not.toBeNull();
      else if (state !== 'sent') {
        expect(state).toMatch(/failed|ambiguous/);
        untold.add(personId);
      }
    }
  }
  // Where that word couldn't be said either, it stands on their Home.
  expect([...untold]).toContain(DEAF);
  for (const userId of managers) {
    const { view } = await makeHome(beside.context, { workspaceId: TEAM, userId }, {});
    const part = /Not everything arrived.*(could not be posted|may be missing)/;
    expect(part.test(JSON.stringify(view))).toBe(untold.has(userId));
  }

  // A picture shows in the messages of one review only, and was uploaded.
  const uploaded = new Set(slack.uploads().map(({ id }) => id));
  const shownIn = new Map<string, string>();
  for (const message of messages) {
    for (const id of pictures(message)) {
      const subject = row.get(idOf(message))?.subject ?? '';
      expect(uploaded.has(id)).toBe(true);
      expect(shownIn.get(id) ?? subject).toBe(subject);
      shownIn.set(id, subject);
    }
  }
  expect(shownIn.size).toBeGreaterThan(0);

  // It was put to the test: troubles before and after Slack took a post, limits, kills in the middle of it.
  const { troubles } = chaos;
  expect(troubles['dropped before'] + troubles['500 before']).toBeGreaterThan(0);
  expect(troubles['dropped after'] + troubles['500 after']).toBeGreaterThan(0);
  expect(troubles['429 with a time'] + troubles['429 without']).toBeGreaterThan(0);
  for (const id of ['C0ARCHIVED', 'C0UNINVITED', 'C0LOST']) expect([...channelsLost]).toContain(id);
  expect(outbox.some(({ attempts }) => attempts > 1)).toBe(true);
  expect(sentAtLastKill).toBeGreaterThan(0);
  expect(states.sent).toBeGreaterThan(60);
}, 900_000);

it('what was lost comes once, when the managers have mended it and say so', async () => {
  slack.addChannel('C0ARCHIVED', { archived: false });
  slack.addChannel('C0UNINVITED', { joined: true });
  const notes = await test.db.delivery.findMany({ where: { kind: REVIEW_DELIVERY.noChannel } });
  const said = new Set<string>();
  for (const { personId: userId, subject } of notes) {
    const [reviewId = '', problem = ''] = subject.split(':');
    const review = await findReview(beside.context, reviewId);
    if (!review) throw new Error(`${reviewId} is gone`);
    const press = () =>
      repost(beside.context, { workspaceId: TEAM, userId }, { reviewId, threads: 1, problem });
    await press();
    await expect(press(), 'it is on its way').rejects.toMatchObject({ code: 'posted' });
    said.add(review.repId);
  }
  const last = startApp(settings());
  await last.printed(/Bigplan is running/);
  await until(allDone);
  await last.kill();

  const outbox = await rows();
  const messages = [...channels.flatMap((id) => slack.messages(id))];
  expect(new Set(messages.map(idOf)).size).toBe(messages.length);
  const there = new Set(messages.map(idOf));
  for (const repId of said) {
    const { id } = reviewOf(repId);
    const review = await findReview(beside.context, id);
    const thread = outbox.filter(
      ({ subject, kind, key }) =>
        subject === id && THREAD.includes(kind) && key === `${id}:${review?.threads}`,
    );
    const left = thread.filter((one) => !there.has(one.id));
    expect(thread.length - left.length).toBeGreaterThanOrEqual(4);
    // Nothing is left but what was not to be.
    expect(left.filter(({ state, problem }) => state !== 'cancelled' || problem !== null)).toEqual(
      [],
    );
  }
}, 120_000);
