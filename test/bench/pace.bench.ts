/** What share of Slack's limit goes out, on a simulated clock and a real database, and how often Slack refuses. */
import { afterAll, beforeAll, test } from 'vitest';
import { SLACK_LIMITS } from '../../src/outbox/limit-rules.ts';
import { createPace } from '../../src/outbox/pace.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { StrictSlack, sendAtPace } from '../support/strict-slack.ts';
import { addFigure, atLeast, atMost } from './figure.ts';

const START = new Date('2027-03-02T16:30:00Z').getTime();
const MINUTE = 60_000;
/** One for each that is refused again while it waits would be a storm. */
const NO_STORM = 5;
/** As Slack publishes it, of messages in a minute: “several hundred”. */
const SLACK_TAKES = 300;

let database: TestDb;
beforeAll(async () => {
  database = await createTestDb();
});
afterAll(() => database?.drop());

interface Company {
  /** Of what Slack would have taken in the time. */
  share: number;
  refusals: number;
}

async function sendTo(workspaceId: string, count: number): Promise<Company> {
  const slack = new StrictSlack(SLACK_TAKES);
  const pace = createPace(database.db, SLACK_LIMITS);
  const { end } = await sendAtPace(pace, workspaceId, slack, { count, from: START });
  const share = count / SLACK_TAKES / ((end - START) / MINUTE);
  return { share, refusals: slack.refusals.length };
}

test('ten thousand people in one workspace', async ({ task }) => {
  const found = { ours: [await sendTo('T1', 10_000)], bare: null };
  const name = 'share of Slack’s limit, 10,000 people in one workspace';
  addFigure(task, { name, unit: '', goal: atLeast(0.95) }, found, ({ share }) => share);
  const refused = { name: 'refusals on the way', unit: '', goal: atMost(NO_STORM) };
  addFigure(task, refused, found, ({ refusals }) => refusals);
});

test('many workspaces of two hundred', async ({ task }) => {
  const many = process.env.BENCH_FULL ? 500 : 50;
  const all = Array.from({ length: many }, (_, n) => sendTo(`TM${n}`, 200));
  const found = { ours: [await Promise.all(all)], bare: null };
  const name = `share of Slack’s limit, the least of ${many} workspaces of 200`;
  const least = (companies: Company[]) => Math.min(...companies.map(({ share }) => share));
  addFigure(task, { name, unit: '', goal: atLeast(0.95) }, found, least);
});
