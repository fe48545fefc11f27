/** 200 people at once: whose trigger is dead before their form opens, and whose form is answered too late. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ENTRIES, mintPair, setUpWorkspace } from '../support/plan-app.ts';
import { addFigure, atMost, median } from './figure.ts';

const PEOPLE = 200;
const ROUNDS = 5;
/** So long Slack's triggers live, and so long it waits for the answer to a form. */
const SLACK_WAITS_MS = 3_000;

let app: TestApp;
const people: string[] = [];
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  for (let n = 0; n < PEOPLE; n++) people.push((await mintPair(app)).rep);
});
afterAll(() => app?.stop());

/** How long each of them waited for their form, or its placeholder, in ms; whoever got none is left out. */
async function openAll(): Promise<number[]> {
  const [started, before] = [performance.now(), app.slack.calls.length];
  await Promise.all(people.map((user) => app.slack.command(COMMAND, '', { user })));
  // Acknowledged isn't opened yet.
  await app.bigplan.settled();
  return app.slack.calls
    .slice(before)
    .filter(({ method }) => method === 'views.open')
    .map(({ heardAt }) => heardAt - started);
}

/** How long each of them waited for the answer to their form, in ms. */
async function submitAll(): Promise<number[]> {
  const acks = await Promise.all(people.map((user) => app.slack.submit(user, ENTRIES[0])));
  for (const { status } of acks) expect(status).toBe(200);
  return acks.map(({ ms }) => ms);
}

const inTime = (ms: number) => ms <= SLACK_WAITS_MS;

test('200 at once', async ({ task }) => {
  const [opened, answered]: number[][][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await app.db.plan.deleteMany();
    await app.slack.unwaited(async () => {
      opened?.push(await openAll());
      answered?.push(await submitAll());
      await app.bigplan.settled();
    });
  }
  const add = (name: string, waited: number[][] = []) => {
    const ours = { ours: waited, bare: null };
    const late = { name: `200 at once: ${name}`, unit: `of ${PEOPLE}`, goal: atMost(0) };
    addFigure(task, late, ours, (all) => PEOPLE - all.filter(inTime).length);
    addFigure(task, { name: '200 at once: p50', unit: 'ms' }, ours, median);
  };
  add('triggers lost', opened);
  add('forms late', answered);
});
