/** The pace of what is sent, by the rows of a real database, against a Slack that is no kinder than it promises. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SLACK_LIMITS } from '../../src/outbox/limit-rules.ts';
import { createPace, type SharedPace } from '../../src/outbox/pace.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { StrictSlack, sendAtPace } from '../support/strict-slack.ts';

const POST = 'chat.postMessage';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = new Date('2027-03-02T16:30:00Z').getTime();

let test: TestDb;
let pace: SharedPace;
beforeAll(async () => {
  test = await createTestDb();
  pace = createPace(test.db, SLACK_LIMITS);
}, 60_000);
afterAll(() => test.drop());
beforeEach(() => test.db.slackPace.deleteMany());

/** What was sent of all that a Slack would have taken in the time, as a fraction. */
const shareOf = (count: number, perMinute: number, end: number, from = START) =>
  count / perMinute / ((end - from) / MINUTE);

const rateOf = async () => (await test.db.slackPace.findFirstOrThrow()).perMinute;

it('ten thousand of one workspace go at 95 % of what Slack takes or more, with hardly a refusal', async () => {
  const slack = new StrictSlack(300);
  const { end } = await sendAtPace(pace, 'T1', slack, { count: 10_000, from: START });
  expect(shareOf(10_000, 300, end)).toBeGreaterThanOrEqual(0.95);
  expect(slack.refusals.length).toBeLessThanOrEqual(2);
}, 300_000);

it('what somebody waits for goes before them', async () => {
  const slack = new StrictSlack(300);
  const { waits } = await sendAtPace(pace, 'T1', slack, {
    count: 1_500,
    from: START,
    urgentEvery: 7_000,
  });
  expect(waits.length).toBeGreaterThan(30);
  // All but those that come while Slack takes nothing at all.
  const late = waits.filter((ms) => ms > 1_000).length;
  expect(late).toBeLessThanOrEqual(slack.refusals.length * 5);
}, 120_000);

describe('how much Slack takes is learnt', () => {
  it('where it is more than published: the next ones go faster', async () => {
    const slack = new StrictSlack(500);
    const first = await sendAtPace(pace, 'T1', slack, { count: 8_000, from: START });
    expect(await rateOf()).toBeGreaterThan(450);
    const from = first.end + HOUR;
    const { end } = await sendAtPace(pace, 'T1', slack, { count: 3_000, from });
    expect(shareOf(3_000, 500, end, from)).toBeGreaterThanOrEqual(0.9);
  }, 300_000);

  it('where it is far less: a few refusals, each a pause, and no storm of them', async () => {
    const slack = new StrictSlack(100);
    await sendAtPace(pace, 'T1', slack, { count: 1_000, from: START });
    expect(slack.refusals.length).toBeLessThanOrEqual(8);
    expect(await rateOf()).toBeLessThan(100);
  }, 120_000);

  it('and after a bad hour it comes back by itself', async () => {
    const slack = new StrictSlack(60);
    const bad = await sendAtPace(pace, 'T1', slack, { count: 400, from: START });
    slack.perMinute = 300;
    const back = await sendAtPace(pace, 'T1', slack, { count: 12_000, from: bad.end });
    expect(await rateOf()).toBeGreaterThan(200);
    expect(back.end).toBeGreaterThan(bad.end);
  }, 300_000);

  it('those refused at the same moment count as one refusal', async () => {
    await pace.take('T1', POST, new Date(START));
    const before = await rateOf();
    const told = { now: new Date(START), until: new Date(START + 30_000) };
    await Promise.all(Array.from({ length: 5 }, () => pace.slowDown('T1', POST, told)));
    expect(await rateOf()).toBeCloseTo(before * 0.96);
    expect(await pace.take('T1', POST, new Date(START + 29_000))).toBeNull();
    expect(await pace.take('T1', POST, new Date(START + 30_001))).not.toBeNull();
  });
});

it('five hundred workspaces don’t wait for each other', async () => {
  const ends = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      sendAtPace(pace, `T${n}`, new StrictSlack(300), { count: 20, from: START }),
    ),
  );
  for (const { end } of ends) expect(end).toBeLessThanOrEqual(START + 3_000);
}, 240_000);

it('of many who take at once, in any process, no more do than the bucket holds', async () => {
  const others = Array.from({ length: 40 }, () => createPace(test.db, SLACK_LIMITS));
  const taken = await Promise.all(others.map((one) => one.take('T1', POST, new Date(START))));
  expect(taken.filter((one) => one !== null)).toHaveLength(SLACK_LIMITS[POST].burst);
});

it('whoever takes the next turn has one of their own, however many ask', async () => {
  const at = new Date(START);
  const turns = await Promise.all(
    Array.from({ length: 60 }, () => pace.takeNext('T1', 'chat.update', at)),
  );
  const { burst, perMinute } = SLACK_LIMITS['chat.update'];
  // The rate grows while they ask, so that the last of the burst may fall a moment later.
  const atOnce = turns.filter((turn) => turn !== null && turn <= at).length;
  expect(burst - atOnce).toBeOneOf([0, 1]);
  // A little sooner: the rate has grown meanwhile.
  const last = Math.max(...turns.map((turn) => turn?.getTime() ?? 0)) - START;
  const slowest = ((60 - burst) / perMinute) * MINUTE;
  expect(last).toBeLessThanOrEqual(slowest);
  expect(last).toBeGreaterThan(slowest * 0.9);
});
