/**
 * How soon a modal is open after `/bigplan`, the form itself or the placeholder that it fills: alone, fifty
 * at once, and both beside loops that keep every core busy.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPair, openOwn, setUpWorkspace } from '../support/plan-app.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';
import { startBareApp } from './bare-app.ts';
import { compareSpread } from './compare.ts';

const AT_ONCE = 50;

let app: TestApp;
let slack: FakeSlack;
let bare: App;
const reps: string[] = [];
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  for (let n = 0; n < AT_ONCE; n++) {
    const { rep } = await mintPair(app);
    await openOwn(app, rep);
    reps.push(rep);
  }
  slack = await startFakeSlack();
  bare = await startBareApp(slack);
}, 120_000);
afterAll(async () => {
  await bare.stop();
  await slack.stop();
  await app.stop();
});

/** How long it took until each modal was asked for, in ms from the commands on. */
async function open(on: FakeSlack, people: number): Promise<number[]> {
  const [started, before] = [Date.now(), on.callsOf('views.open').length];
  const asked = reps.slice(0, people);
  await Promise.all(asked.map((user) => on.command(COMMAND, '', { user })));
  const opened = on.callsOf('views.open').slice(before);
  expect(opened).toHaveLength(people);
  return opened.map(({ at }) => at - started);
}

const measure = (rounds: number, people: number) =>
  compareSpread(
    rounds,
    () => open(slack, people),
    () => open(app.slack, people),
  );

/** With a loop for each core that does nothing but keep it busy. */
async function besideLoops(work: () => Promise<void>): Promise<void> {
  const loops = Array.from({ length: availableParallelism() }, () => {
    return new Worker('for (;;);', { eval: true });
  });
  await work();
  await Promise.all(loops.map((one) => one.terminate()));
}

test('/bigplan, until a modal opens: a bare Bolt app with a constant modal → Bigplan', () =>
  measure(100, 1));

test('the same, fifty at once', () => measure(6, AT_ONCE));

test('the same, beside busy loops', () => besideLoops(() => measure(60, 1)));

test('the same, fifty at once beside busy loops', () => besideLoops(() => measure(4, AT_ONCE)));
