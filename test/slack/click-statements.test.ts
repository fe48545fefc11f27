/** What a click costs, in what it asks of the database: that is the same on every machine, however busy. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { ENTRIES, mintPair, openOwn } from '../support/plan-app.ts';
import type { SlackMessage } from '../support/slack.ts';
import { hearStatements, type Statements } from '../support/statements.ts';

let statements: Statements;
let app: DayApp;
let planner: string;
let rep: string;
let question: SlackMessage;
beforeAll(async () => {
  statements = hearStatements();
  app = await startDayApp();
  planner = (await mintPair(app)).rep;
  rep = (await mintAgreed(app)).rep;
  await app.to('2027-01-06', '16:45');
  question = app.find(rep, /go\?/);
});
afterAll(async () => {
  await app.stop();
  statements.end();
});

const listed = (sent: readonly string[]) => sent.join('\n');

it('/bigplan opens its modal in seven statements, and nothing is written', async () => {
  await openOwn(app, planner);
  const sent = await statements.during(() => openOwn(app, planner));
  expect(app.slack.modal(planner)?.title.text).toBe('Goal');
  expect(sent.length, listed(sent)).toBeLessThanOrEqual(7);
  const written = sent.filter((sql) => /\b(INSERT|UPDATE|DELETE)\b/.test(sql));
  expect(written).toEqual([]);
});

it('a step is submitted and acknowledged in eight, in one transaction', async () => {
  const sent = await statements.during(() => app.slack.submit(planner, ENTRIES[0]));
  expect(app.slack.modal(planner)?.title.text).not.toBe('Goal');
  expect(sent.length, listed(sent)).toBeLessThanOrEqual(8);
  expect(sent.filter((sql) => sql === 'BEGIN')).toHaveLength(1);
});

it('one tap logs the day in one transaction, and shows that', async () => {
  const press = () => app.press(rep, 'day_as_planned', { message: question });
  await press();
  await app.db.activityDay.deleteMany({ where: { personId: rep } });
  const sent = await statements.during(press);
  const [day] = await app.db.activityDay.findMany({ where: { personId: rep } });
  expect(day?.state).toBe('logged');
  const until = sent.indexOf('COMMIT');
  expect(until, listed(sent)).toBeLessThanOrEqual(12);
  expect(sent.filter((sql) => sql === 'BEGIN')).toHaveLength(1);
  // With the job that shows it in the message.
  expect(sent.length, listed(sent)).toBeLessThanOrEqual(27);
});

it('Home is published in as many as it shows parts', async () => {
  await app.slack.openHome(rep);
  const sent = await statements.during(() => app.slack.openHome(rep));
  expect(app.slack.callsOf('views.publish').length).toBeGreaterThanOrEqual(2);
  expect(sent.length, listed(sent)).toBeLessThanOrEqual(49);
});

it('whoever only looks has no Home made anew, and whoever writes has it made once', async () => {
  const made = (sent: readonly string[]) =>
    sent.filter((sql) => /UPDATE home_shown SET stale_at = \$1 WHERE/.test(sql)).length;
  const looked = await statements.during(() =>
    app.slack.command('/bigplan', 'status', { user: rep }),
  );
  expect(listed(looked)).not.toContain('home_shown');
  const wrote = await statements.during(() =>
    app.slack.command('/bigplan', 'log 12 calls', { user: rep }),
  );
  expect(made(wrote), listed(wrote)).toBe(1);
});
