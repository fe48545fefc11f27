/** 200 people at once: each trigger is used while it lives, each form comes, and in the order of asking. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { action } from '../../src/slack/action.ts';
import { inTurn } from '../../src/slack/admission.ts';
import { actions, button, section } from '../../src/slack/blocks.ts';
import { message, modal } from '../../src/slack/surfaces.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { ENTRIES, mintPair, mintPerson, openOwn, setUpWorkspace } from '../support/plan-app.ts';
import type { Ack, SlackMessage } from '../support/slack.ts';

const PEOPLE = 200;
const WAITING = /Busy just now: your form comes in a moment|One moment/;
const BROKEN = /Something broke|Slack closed the door|slow just now/;
const PLACES = 4;

const opens = action('test_opens');
const acts = action('test_acts');
const BUTTONS = actions([button('Open', opens.with()), button('Do', acts.with())]);
const aView = (words: string) =>
  modal({ title: 'Made', callbackId: 'test', close: 'Close', blocks: [section(words)] });

let app: TestApp;
/** Whose forms were made, in that order. */
const made: string[] = [];
const people: string[] = [];
/** Those of them who have the first step of their plan in front of them. */
let planners: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  for (let n = 0; n < PEOPLE; n++) {
    people.push(n % 4 === 0 ? (await mintPair(app)).rep : `U0ONE${n}`);
    if (n % 4 !== 0) await mintPerson(app, `U0ONE${n}`, { name: `One ${n}` });
  }
  planners = people.filter((_, n) => n % 4 === 0);
  const { commands, on } = app.bigplan.context;
  commands.subcommand(
    'makes',
    ({ actor, open }) => open(async () => noted(actor.userId)),
    'opens a form',
  );
  commands.subcommand('hangs', ({ actor }) => hang(actor.userId), 'never ends');
  commands.subcommand('says', ({ answer }) => answer(message('Said.', [])), 'may open a form');
  on.click(opens, ({ actor, open }) => open(async () => noted(actor.userId)));
  on.act(acts, async ({ actor }) => noted(actor.userId));
}, 300_000);
afterAll(() => app.stop());
afterEach(async () => {
  app.slack.clearFaults();
  await app.bigplan.settled();
  for (const user of people) while (app.slack.modal(user)) await app.slack.closeModal(user);
  made.length = 0;
  app.logged.length = 0;
});

function noted(user: string) {
  made.push(user);
  return aView(`for ${user}`);
}

function hang(user: string): Promise<never> {
  made.push(user);
  return new Promise(() => {});
}

const inFront = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks ?? null);
const openings = () => app.slack.calls.filter(({ method }) => /^views\.(open|push)$/.test(method));
const opened = () => openings().length;
const troubles = () => app.logged.filter(({ level }) => Number(level) >= 50);
const command = (user: string, text: string) => app.slack.command('/bigplan', text, { user });
const aMessage = (user: string): SlackMessage => ({
  channel: app.slack.dmChannel(user),
  ts: '1.000001',
  text: 'buttons',
  blocks: [BUTTONS],
});
const press = (user: string, actionId: string) =>
  app.slack.action({ user, actionId, message: aMessage(user) });

/** Takes every place until it is let go. */
function allPlaces(): () => void {
  let letGo = () => {};
  const held = new Promise<void>((settle) => (letGo = settle));
  for (let n = 0; n < PLACES; n++) void inTurn(() => held);
  return letGo;
}

/** What each of `users` asks for, in that order: commands and presses that open a form at once or after some work. */
const ASKED = ['', 'log', 'won', 'pipeline', 'settings', 'team', 'review', 'brief', 'touch'];
function ask(user: string, n: number): Promise<Ack> {
  return n % 2 === 0
    ? command(user, ASKED[(n / 2) % ASKED.length] ?? '')
    : press(user, 'test_opens');
}

describe('200 at once', () => {
  it.each([
    ['', 0],
    [', beside a Slack that takes a second', 1_000],
  ])('are each answered and end with their form%s', async (_, delay) => {
    for (const rep of planners) await openOwn(app, rep);
    const forms = planners.map((rep) => {
      const step = /baseSalary/.test(inFront(rep)) ? 1 : 0;
      const next = step === 0 ? /baseSalary/ : /xFactor/;
      return { rep, next, sent: app.slack.submission(rep, ENTRIES[step]) };
    });
    if (delay > 0) {
      for (const method of ['views.open', 'views.update'])
        app.slack.fault(method, { delay }, PEOPLE);
    }
    const letGo = allPlaces();
    const before = opened();
    const askers = people.filter((one) => !planners.includes(one));
    const answers = app.slack.responses.length;
    const asked = askers.map(ask);
    // Whoever waits has what says so in front of them, whatever becomes of the others.
    const answered = (user: string) =>
      app.slack.responses.slice(answers).some((one) => one.user === user && !BROKEN.test(one.text));
    // On a slow machine the first have had their turn by now, and may have been told that they have no plan.
    const hasHeard = (user: string) => app.slack.modal(user) !== undefined || answered(user);
    await eventually(() => expect(askers.filter((user) => !hasHeard(user))).toEqual([]));
    const waited = openings().slice(before, before + askers.length / 2);
    for (const { args } of waited) expect(JSON.stringify(args)).toMatch(WAITING);
    app.slack.ageTriggers(3_001);
    letGo();
    const submitted = await Promise.all(forms.map(({ sent }) => sent.heard()));
    for (const { status } of [...(await Promise.all(asked)), ...submitted])
      expect(status).toBe(200);
    await app.bigplan.settled();
    for (const user of askers) {
      expect(inFront(user)).not.toMatch(WAITING);
      expect(hasHeard(user)).toBe(true);
    }
    expect(askers.filter((user) => BROKEN.test(inFront(user)))).toEqual([]);
    expect(troubles()).toEqual([]);
    for (const [n, { rep, next, sent }] of forms.entries()) {
      // Where the machine was too slow, what was typed has stayed, and counts once.
      if (/slow just now/.test(JSON.stringify(submitted[n]?.body))) await sent.heard();
      expect(inFront(rep)).toMatch(next);
      const rows = await app.db.planVersion.findMany({ where: { plan: { repId: rep } } });
      expect(rows).toHaveLength(1);
    }
  });

  it('get their turn in the order in which they asked, submitted forms before all others', async () => {
    const letGo = allPlaces();
    const before = opened();
    const askers = people.slice(0, 40);
    const done: Promise<unknown>[] = [];
    for (const [n, user] of askers.entries()) {
      done.push(n % 2 === 0 ? command(user, 'makes') : press(user, 'test_opens'));
      await eventually(() => expect(opened() - before).toBe(n + 1));
    }
    const early = made.length;
    let earlier = Number.NaN;
    const form = inTurn(async () => {
      earlier = made.length;
    }, 'form');
    letGo();
    await Promise.all([...done, form]);
    await app.bigplan.settled();
    // As many as are worked on at once may pass each other.
    const passed = askers.map((user, n) => Math.abs(made.indexOf(user) - n));
    expect(Math.max(...passed)).toBeLessThan(2 * PLACES);
    expect(made).toHaveLength(askers.length);
    expect(earlier - early).toBeLessThanOrEqual(PLACES);
  });
});

it('what opens nothing waits for its turn, and what may open something says that it is done', async () => {
  const letGo = allPlaces();
  const [user = '', other = ''] = people;
  const before = opened();
  const pressed = press(user, 'test_acts');
  const said = command(other, 'says');
  await eventually(() => expect(inFront(other)).toMatch(WAITING));
  letGo();
  await Promise.all([pressed, said]);
  expect(made).toEqual([user]);
  expect(app.slack.modal(user)).toBeUndefined();
  expect(opened() - before).toBe(1);
  expect(inFront(other)).toMatch(/That is done/);
  expect(app.slack.responses.at(-1)?.text).toBe('Said.');
});

it('a database that stands still costs no trigger', async () => {
  const holder = new pg.Client({ connectionString: app.config.databaseUrl ?? '' });
  await holder.connect();
  const { rows } = await holder.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const tables = rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations');
  await holder.query(`BEGIN; LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const before = opened();
  const askers = people.slice(1, 31).filter((one) => !planners.includes(one));
  const asked = askers.map((user, n) => command(user, ASKED[n % ASKED.length] ?? ''));
  await eventually(() => expect(opened() - before).toBe(askers.length));
  app.slack.ageTriggers(3_001);
  await holder.query('ROLLBACK');
  await holder.end();
  for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
  for (const user of askers) {
    expect(inFront(user)).not.toMatch(WAITING);
    expect(inFront(user)).not.toMatch(BROKEN);
  }
});

it('a stop doesn’t wait for ever, and tells each of those for whom it isn’t done', async ({
  task,
}) => {
  const hanging = people.slice(0, 12);
  const waiting = people.slice(12, 18);
  const pressing = people.slice(18, 20);
  task.meta.tries = 20;
  const answers = app.slack.responses.length;
  await app.slack.unwaited(async () => {
    for (const user of hanging) await command(user, 'hangs');
    for (const user of waiting) await command(user, 'makes');
    for (const user of pressing) await press(user, 'test_acts');
    await expect.poll(() => made.length).toBe(PLACES);
    await app.bigplan.stop();
  });
  const told = (user: string) => [
    ...app.slack.responses.slice(answers).flatMap((one) => (one.user === user ? one.text : [])),
    ...(inFront(user).match(/hasn’t begun with this/g) ?? []),
  ];
  for (const user of [...hanging, ...waiting, ...pressing]) {
    const words = made.includes(user) ? /restarted in the middle/ : /hasn’t begun with this/;
    expect(told(user), user).toEqual([expect.stringMatching(words)]);
    if (!made.includes(user)) expect(inFront(user)).not.toMatch(WAITING);
  }
  await app.restart();
});
