/**
 * Nobody gets a message twice, and none is lost unheard: the check-ins of many reps due in the same minute, every kind
 * that others wait for, two Bigplans of which one is killed at twenty random moments, and a Slack that drops, refuses,
 * stalls, and revokes the token for a while. The seed decides on the moments and the troubles; EXACTLY_ONCE_SEED sets
 * another one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAY_NOT_HAVE } from '../../src/outbox/message.ts';
import { type AppProcess, appSettings, startApp, startProcess } from '../support/app-process.ts';
import {
  AWAITED_KINDS,
  type AwaitedPair,
  awaitedPairs,
  makeAwaitedNow,
} from '../support/awaited-now.ts';
import { type Chaos, seeded, startChaos } from '../support/chaos.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { makeDueNow } from '../support/due-now.ts';
import { askAgain, giveUpLooking, hurry, lookOnceMore } from '../support/jobs.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const SEED = Number(process.env.EXACTLY_ONCE_SEED ?? 20_270_302);
const PEOPLE = 220;
const KILLS = 20;
/** Of the kills, those between which the token is revoked. */
const REVOKED = { from: 3, until: 6 };
/** One is killed after a number of calls to Slack up to this, or after so long without them; */
const CALLS = 40;
const RUN_MS = 1_500;
/** or while it starts. */
const KILLED_STARTING = 0.15;
const START_MS = 3_000;
const OWN_PACE_MS = 45_000;
const SETTLE_MS = 180_000;
const MANAGER = 'U0MANAGER';
/** What somebody waits for: of each kind so many, each between two of their own. */
const EACH = 9;
const PAIRS = awaitedPairs(EACH);
const ALL = PEOPLE + PAIRS.length;
/** Of each kind one: Slack never gets it, never gets it nor the word about it, refuses it, refuses both. */
const [LOST, LOST_WITH_WORD, REFUSED, REFUSED_WITH_WORD] = [0, 1, 2, 3].map((n) =>
  PAIRS.filter((_, at) => at % EACH === n),
) as [AwaitedPair[], AwaitedPair[], AwaitedPair[], AwaitedPair[]];

const random = seeded(SEED);
const people = Array.from({ length: PEOPLE }, (_, n) => `U0P${n}`);

let test: TestDb;
let slack: FakeSlack;
let chaos: Chaos;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-once-'));
  test = await createTestDb();
  slack = await startFakeSlack();
  const dms = (all: readonly AwaitedPair[], side: 'reader' | 'sender') =>
    all.map((pair) => slack.dmChannel(pair[side]));
  const lost = new Set([
    ...dms([...LOST, ...LOST_WITH_WORD], 'reader'),
    ...dms(LOST_WITH_WORD, 'sender'),
  ]);
  const refused = new Set([
    ...dms([...REFUSED, ...REFUSED_WITH_WORD], 'reader'),
    ...dms(REFUSED_WITH_WORD, 'sender'),
  ]);
  const isPostTo = (channels: Set<string>, method: string, args: URLSearchParams) =>
    method === 'chat.postMessage' && channels.has(args.get('channel') ?? '');
  chaos = await startChaos(slack.apiUrl, random, {
    often: () => 2,
    loses: (method, args) => isPostTo(lost, method, args),
    refuses: (method, args) => (isPostTo(refused, method, args) ? 'channel_not_found' : null),
  });
});
afterAll(async () => {
  await chaos.stop();
  await slack.stop();
  await test.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const settings = () => ({
  ...appSettings(slack, { apiUrl: chaos.apiUrl, databaseUrl: test.url, dataDir }),
  LOG_LEVEL: 'info',
});

const alive: AppProcess[] = [];

/** Two are there; one of them is killed at some moment. */
async function killOne(): Promise<void> {
  while (alive.length < 2) alive.push(startApp(settings()));
  if (random() < KILLED_STARTING) {
    await sleep(random() * START_MS);
  } else {
    await alive.at(-1)?.printed(/Bigplan is running/);
    await chaos.callsSeen(Math.floor(random() * CALLS), RUN_MS);
  }
  const [one] = alive.splice(Math.floor(random() * alive.length), 1);
  await one?.kill();
}

/** What was promised; not what was told of it. */
const rows = () => test.db.delivery.findMany({ where: { kind: { not: MAY_NOT_HAVE } } });
const notices = () => test.db.delivery.findMany({ where: { kind: MAY_NOT_HAVE } });
const count = async (...states: string[]) =>
  (await rows()).filter(({ state }) => states.includes(state)).length;

/** Waits that are longer than `OWN_PACE_MS`, for another try, are shortened. */
async function everythingSent(): Promise<void> {
  const started = Date.now();
  for (let left = ALL; left > 0; left = await notSentYet()) {
    const waited = Date.now() - started;
    if (waited > SETTLE_MS) throw new Error(`Still ${left} to send`);
    if (waited > OWN_PACE_MS) await hurry(test.db);
    await sleep(1_000);
  }
}

async function notSentYet(): Promise<number> {
  const outbox = await rows();
  const open = outbox.filter(({ state }) => state === 'planned' || state === 'sending');
  return open.length + (await noticesToSend()) + Math.max(0, ALL - outbox.length);
}

/** As if minutes had passed: whoever waits for what isn't found is told, among all the trouble. */
async function everybodyTold(): Promise<void> {
  await lookOnceMore(test.db);
  await nothingToDo();
}

/** What is in doubt is looked for again and again; here at once, and without trouble. */
async function everythingLookedFor(): Promise<void> {
  chaos.calm();
  for (let n = 0; n < 3; n++) {
    await hurry(test.db);
    // A look that was hurried past its own end would begin its hour anew.
    await lookOnceMore(test.db);
    await nothingToDo();
  }
}

/** As if an hour had passed. */
async function everythingGivenUp(): Promise<void> {
  await giveUpLooking(test.db);
  await nothingToDo();
  await hurry(test.db);
  await nothingToDo();
}

async function nothingToDo(): Promise<void> {
  const left = async () =>
    (await test.db.delivery.findMany()).filter(
      (row) => row.state === 'planned' || row.state === 'sending' || isLookedFor(row),
    ).length;
  // A look that was hurried past its own end has lost its job: the next minute's tick finds it.
  await expect.poll(left, { timeout: 150_000, interval: 200 }).toBe(0);
}

async function noticesToSend(): Promise<number> {
  return (await notices()).filter(({ state }) => state === 'planned' || state === 'sending').length;
}

/** Whether its next look is now, rather than in some minutes. */
function isLookedFor({ state, leaseUntil }: { state: string; leaseUntil: Date | null }): boolean {
  return state === 'ambiguous' && (leaseUntil?.getTime() ?? Infinity) < Date.now() + 60_000;
}

interface Heard {
  /** It is there. */
  arrived: number;
  /** Whoever caused it has read that it may not be. */
  told: number;
  /** That word isn't there either: it stands on their Home. */
  onHome: number;
}

const WORDS = /may not have|doesn’t have/;

/** Each that somebody waits for is there once, or whoever caused it knows. By kind. */
async function heardOf(): Promise<Record<string, Heard>> {
  const none = () => ({ arrived: 0, told: 0, onHome: 0 });
  const heard: Record<string, Heard> = {};
  const told = await notices();
  for (const pair of PAIRS) {
    const found = heard[pair.kind] ?? none();
    heard[pair.kind] = found;
    const { kind, reader: personId, sender } = pair;
    const { id, state } = await test.db.delivery.findFirstOrThrow({ where: { kind, personId } });
    const there = slack.dm(personId).filter((one) => one.metadata?.event_payload.id === id);
    // What is told is kept true.
    const words = () => slack.dm(sender).filter(({ text }) => WORDS.test(text)).length;
    const about = told.filter(({ subject }) => subject === id);
    expect(slack.dm(sender).length).toBeLessThanOrEqual(about.length);
    if (state === 'sent') {
      found.arrived += 1;
      expect(there).toHaveLength(1);
      await expect.poll(words).toBe(0);
      continue;
    }
    expect({ pair, there, about: about.length }).toEqual({ pair, there: [], about: 1 });
    if (about[0]?.state === 'sent') {
      found.told += 1;
      expect({ pair, words: words() }).toEqual({ pair, words: 1 });
    } else {
      found.onHome += 1;
      expect(about[0]?.state).toMatch(/ambiguous|failed/);
      expect(await homeOf(sender)).toMatch(
        new RegExp(`Not everything arrived.*${personId}> (${WORDS.source})`),
      );
    }
  }
  return heard;
}

async function homeOf(user: string): Promise<string> {
  await slack.openHome(user);
  await expect.poll(() => slack.home(user)).toBeDefined();
  return JSON.stringify(slack.home(user));
}

/** People's moves go to the one that was started last. */
async function connect(): Promise<void> {
  const [line = ''] = (await alive.at(-1)?.printed(/.*Bigplan is running.*/)) ?? [];
  slack.connect(`http://127.0.0.1:${JSON.parse(line).port}`);
}

const sumOf = (heard: Record<string, Heard>, what: keyof Heard) =>
  Object.values(heard).reduce((sum, one) => sum + one[what], 0);

it(`is one message at most for each of ${PEOPLE} people (seed ${SEED})`, async ({ task }) => {
  task.meta.tries = KILLS;
  const started = Date.now();
  for (const userId of people) slack.addPerson(userId);
  for (const { rep, manager } of PAIRS) {
    slack.addPerson(rep);
    slack.addPerson(manager);
  }
  await makeDueNow(test, people, MANAGER);
  await makeAwaitedNow(test, PAIRS);
  for (let n = 0; n < KILLS; n++) {
    if (n === REVOKED.from) slack.refuse('token_revoked');
    if (n === REVOKED.until) {
      // A start asks anew at once where a minute has passed.
      await expect
        .poll(() => test.db.slackPause.count({ where: { refused: 'token_revoked' } }))
        .toBe(1);
      slack.clearFaults();
      await askAgain(test.db);
    }
    await killOne();
  }
  const sentAtLastKill = await count('sent');
  alive.push(startApp(settings()));
  await everythingSent();
  await everybodyTold();
  await everythingLookedFor();
  await connect();
  const heard = await heardOf();
  await everythingGivenUp();
  const heardAnHourLater = await heardOf();
  for (const one of alive) await one.kill();

  const outbox = await rows();
  const readers = [...people, ...PAIRS.map(({ reader }) => reader)];
  const messages = readers.flatMap((userId) => slack.dm(userId));
  const idOf = ({ metadata }: (typeof messages)[number]) => metadata?.event_payload.id;
  const twice = readers.filter((userId) => slack.dm(userId).length > 1);
  const states = { sent: 0, ambiguous: 0, failed: 0, missed: 0 } as Record<string, number>;
  for (const { state } of outbox) states[state] = (states[state] ?? 0) + 1;
  const troubles = Object.entries(chaos.troubles).map(([name, times]) => `${times} ${name}`);
  console.log(
    `Exactly once, seed ${SEED}: ${PEOPLE} people, ${KILLS} kills (the last at ${sentAtLastKill} sent), ` +
      `${troubles.join(', ')} → ${Object.entries(states)
        .map(([state, n]) => `${n} ${state}`)
        .join(', ')}; ` +
      `${twice.length} got two; ${Math.round((Date.now() - started) / 1000)} s`,
  );

  expect(twice).toEqual([]);
  expect(new Set(messages.map(idOf)).size).toBe(messages.length);
  expect(outbox).toHaveLength(ALL);
  // Sent is what is there, and nothing is there that isn't sent.
  const there = new Map(messages.map((message) => [idOf(message), message]));
  for (const { id, state, channelId, ts } of outbox) {
    const message = there.get(id);
    if (state === 'sent') expect(message).toMatchObject({ channel: channelId, ts });
    else
      expect({ state, message }).toEqual({
        state: expect.stringMatching(/ambiguous|failed/),
        message: undefined,
      });
  }
  for (const [when, all] of Object.entries({ Then: heard, 'An hour later': heardAnHourLater })) {
    const words = `${sumOf(all, 'arrived')} arrived, ${sumOf(all, 'told')} were told of, ${sumOf(all, 'onHome')}`;
    console.log(`${when}: of ${PAIRS.length} that somebody waits for ${words} stand on Home`);
  }
  expect(Object.keys(heard).sort()).toEqual([...AWAITED_KINDS].sort());
  for (const [kind, { told, onHome }] of Object.entries(heard)) {
    // Those that were lost, and those that were refused.
    expect({ kind, missing: told + onHome }).toEqual({
      kind,
      missing: expect.toSatisfy((n: number) => n >= 4),
    });
  }
  expect(sumOf(heard, 'told')).toBeGreaterThan(0);
  expect(sumOf(heard, 'onHome')).toBeGreaterThan(0);
  // By then what was in doubt has come once more; what Slack refused waits for whoever sends it again.
  for (const [kind, { arrived }] of Object.entries(heardAnHourLater)) {
    expect({ kind, arrived }).toEqual({ kind, arrived: EACH - 2 });
  }
  // What isn't known to have arrived is listed for the operator.
  const listing = startProcess('src/outbox/resend-cli.ts', settings());
  expect(await listing.ended).toBe(0);
  const listed = listing.output().trim().split('\n').filter(Boolean);
  expect(listed.map((line) => /to (\w+) \(/.exec(line)?.[1]).sort()).toEqual(
    [...outbox, ...(await notices())]
      .filter(({ state }) => state === 'ambiguous' || state === 'failed')
      .map(({ personId }) => personId)
      .sort(),
  );
  // It was put to the test: every kind of trouble, and kills in the middle of it.
  for (const [trouble, times] of Object.entries(chaos.troubles)) {
    expect({ trouble, times }).toEqual({ trouble, times: expect.toSatisfy((n: number) => n > 0) });
  }
  expect(outbox.some(({ attempts }) => attempts > 1)).toBe(true);
  expect(sentAtLastKill).toBeGreaterThan(0);
  expect(states.sent).toBeGreaterThan(PEOPLE * 0.8);
}, 900_000);
