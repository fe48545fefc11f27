/**
 * What a click costs beside a bare Bolt app that reads and writes the same rows: one at a time, and fifty at once.
 * Slack and who clicks are in the same process as both apps, and in the processor time of both.
 */
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { buttonsOf, ENTRIES, lastMessage, mintPair, openOwn } from '../support/plan-app.ts';
import { type Ack, type FakeSlack, type HeardCall, startFakeSlack } from '../support/slack.ts';
import { type BareApp, startBareApp } from './bare-app.ts';
import { addFigure, atMost, type Goal, quantile, rounds } from './figure.ts';
import { processorTime } from './processor-time.ts';

const PEOPLE = 50;
/** So many of them one after the other. */
const IN_A_ROW = 20;

interface Side {
  slack: FakeSlack;
  /** Resolves when nothing is being worked on any more. */
  settled(): Promise<void>;
}

interface Click {
  name: string;
  people: string[];
  act(side: Side, user: string): Promise<Ack>;
  /** The call that shows what became of it, by something that is its own; left out: the answer alone counts. */
  shown?(call: HeardCall): unknown;
  /** What has to be there before so many press. */
  prepare?(side: Side): Promise<void>;
}

/** What a round of clicks took. */
interface Clicked {
  /** In ms, each. */
  took: number[];
  /** Processor time in ms, of one. */
  own: number;
  database: number;
}

let app: DayApp;
let bare: BareApp;
let sides: { ours: Side; bare: Side };
/** Those with an agreed plan, and those who still write theirs. */
const reps: string[] = [];
const planners: string[] = [];
let day = '2027-01-04';

beforeAll(async () => {
  app = await startDayApp();
  for (let n = 0; n < PEOPLE; n++) {
    const { rep } = await mintPair(app);
    await agreePlanOf(app, rep, everyDayDraft());
    reps.push(rep);
    planners.push((await mintPair(app)).rep);
  }
  const [rep = '', planner = ''] = [reps[0], planners[0]];
  await openOwn(app, planner);
  const modal = app.slack.modal(planner);
  await app.slack.submit(planner, ENTRIES[0]);
  const next = app.slack.modal(planner);
  await evening();
  for (const user of reps) await app.slack.openHome(user);
  const home = app.slack.home(rep);
  if (!modal || !next || !home) throw new Error('There is nothing to answer with');
  const message = structuredClone(lastMessage(app.slack, rep));
  const slack = await startFakeSlack();
  for (const user of [...reps, ...planners]) slack.addPerson(user);
  const views = { modal, next, home, message };
  bare = await startBareApp(slack, app.config.databaseUrl ?? '', views);
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const { text, blocks } = message;
  for (const channel of reps) await client.chat.postMessage({ channel, text, blocks });
  sides = {
    ours: { slack: app.slack, settled: () => app.bigplan.settled() },
    bare: { slack, settled: bare.settled },
  };
}, 300_000);
afterAll(async () => {
  await bare?.stop();
  await sides?.bare.slack.stop();
  await app?.stop();
});

/**
 * The next working day on which everybody is asked, in one tick, whether it went as planned: whatever else was to come
 * before. Where a contract is planned there is no such button.
 */
async function evening(): Promise<void> {
  do {
    do day = addDays(day, 1);
    while (['sat', 'sun'].includes(weekdayOf(day)));
    // Whoever has had much this week isn't asked.
    await app.db.delivery.deleteMany();
    app.clock.moveTo(zoneOf('America/New_York').instantAt(day, '16:30'));
    await app.bigplan.tick();
  } while (!buttonsOf(lastMessage(app.slack, reps[0] ?? '')).includes('day_as_planned'));
}

const CLICKS: Click[] = [
  {
    name: 'modal open',
    people: planners,
    act: ({ slack }, user) => slack.command(COMMAND, '', { user }),
    // The form itself, whether or not a placeholder stood there first.
    shown: ({ method, args }) =>
      /^views\.(open|update)$/.test(method) &&
      (args.view as ModalView).callback_id !== 'placeholder' &&
      (args.trigger_id ?? args.view_id),
  },
  {
    name: 'step submitted',
    people: planners,
    act: ({ slack }, user) => slack.submit(user, ENTRIES[0]),
    async prepare({ slack }) {
      if (slack === app.slack) await app.db.plan.deleteMany({ where: { repId: { in: planners } } });
      for (const user of planners) await openOwn({ slack }, user);
    },
  },
  {
    name: 'one tap',
    people: reps,
    act: ({ slack }, user) =>
      slack.action({ user, actionId: 'day_as_planned', message: lastMessage(slack, user) }),
    shown: ({ method, args }) => method === 'chat.update' && args.channel,
    prepare: async ({ slack }) => {
      if (slack === app.slack) await evening();
    },
  },
  {
    name: 'Home published',
    people: reps,
    act: ({ slack }, user) => slack.openHome(user),
    shown: ({ method, args }) => method === 'views.publish' && args.user_id,
  },
];

async function press(click: Click, side: Side, people: readonly string[]): Promise<number[]> {
  const { slack, settled } = side;
  const [started, before] = [performance.now(), slack.calls.length];
  const acks = await Promise.all(people.map((user) => click.act(side, user)));
  await settled();
  for (const { status } of acks) expect(status).toBe(200);
  if (click.shown === undefined) return acks.map(({ ms }) => ms);
  const shown = new Map<unknown, number>();
  for (const call of slack.calls.slice(before)) {
    const key = click.shown(call);
    if (key && !shown.has(key)) shown.set(key, call.heardAt - started);
  }
  expect(shown.size).toBe(people.length);
  return [...shown.values()];
}

/** All of them at once, or some one after the other. */
async function pressAll(click: Click, side: Side, atOnce: number): Promise<Clicked> {
  const people = atOnce === 1 ? click.people.slice(0, IN_A_ROW) : click.people;
  await click.prepare?.(side);
  await side.settled();
  const took: number[] = [];
  const { own, database } = await processorTime(app.db, () =>
    side.slack.unwaited(async () => {
      for (let n = 0; n < people.length; n += atOnce) {
        took.push(...(await press(click, side, people.slice(n, n + atOnce))));
      }
    }),
  );
  return { took, own: own / took.length, database: database / took.length };
}

test.for(CLICKS)('$name', async (click, { task }) => {
  for (const atOnce of [1, PEOPLE]) {
    const found = await rounds({
      bare: () => pressAll(click, sides.bare, atOnce),
      ours: () => pressAll(click, sides.ours, atOnce),
    });
    const name = `${click.name}, ${atOnce} at once`;
    const add = (what: string, of: (round: Clicked) => number, goal: Goal | null) =>
      addFigure(task, { name: `${name}: ${what}`, unit: 'ms', goal }, found, of);
    add('p50', ({ took }) => quantile(took, 0.5), atMost(2));
    add('p99', ({ took }) => quantile(took, 0.99), atMost(2));
    add('processor', ({ own }) => own, atMost(2.5));
    add('database’s processor', ({ database }) => database, null);
  }
});
