/** Slack refuses the token: what is due waits in two processes, who clicks reads why, and the operator sees it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { askAgain } from '../support/jobs.ts';
import type { TestPair } from '../support/plan-app.ts';

const REPS = 40;
const WHY =
  /^Slack doesn’t let Bigplan in just now \(token_revoked\)\. Whoever runs Bigplan has to mend that\./;

let app: DayApp;
let other: Bigplan;
let pairs: TestPair[];

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-03-02T14:00:00Z'));
  pairs = [];
  for (let at = 0; at < REPS; at++) pairs.push(await mintAgreed(app, LATE_REVIEWS));
  const write = (line: string) => void app.logged.push(JSON.parse(line));
  other = await startBigplan(app.config, {
    clock: app.clock,
    log: createLog('info', { write }),
    host: '127.0.0.1',
    warmUp: false,
  });
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

const get = async (path: string) => (await fetch(`${app.bigplan.url}${path}`)).text();
const rep = () => pairs[0]?.rep ?? '';
const refusals = () =>
  app.logged.filter(({ msg }) => /Slack refuses this workspace/.test(String(msg)));
const asked = (user: string) =>
  app.slack.dm(user).filter(({ text }) => /how did it go/i.test(text)).length;
const states = () => app.bigplan.context.outbox.counts();

/** As both processes do each minute. */
async function minute(): Promise<void> {
  await askAgain(app.db);
  await Promise.all([app.bigplan, other].map((one) => one.tick()));
}

it('40 check-ins that fall due meanwhile come once each when it works again', async ({ task }) => {
  task.meta.tries = REPS;
  app.slack.refuse('token_revoked');
  app.logged.length = 0;
  const before = await states();
  app.clock.moveTo(new Date('2027-03-02T21:31:00Z'));
  await minute();
  await minute();
  await minute();
  expect(pairs.map(({ rep: user }) => asked(user)).filter((count) => count > 0)).toEqual([]);
  const waiting = await states();
  expect(waiting.planned - before.planned).toBeGreaterThanOrEqual(REPS);
  expect(waiting).toMatchObject({ failed: before.failed, ambiguous: 0, missed: before.missed });
  expect(await get('/readyz')).toBe('not ready: token (token_revoked)\n');
  expect(await get('/metrics')).toContain('bigplan_workspaces_refused{code="token_revoked"} 1');
  expect(refusals()).toHaveLength(1);
  expect(refusals()[0]?.msg).toContain('mends SLACK_BOT_TOKEN');
  app.slack.clearFaults();
  await minute();
  const counts = () => pairs.map(({ rep: user }) => asked(user));
  await expect.poll(() => Math.min(...counts())).toBe(1);
  await minute();
  expect(counts()).toEqual(pairs.map(() => 1));
  expect(await states()).toMatchObject({ failed: before.failed, ambiguous: 0 });
  expect(await get('/readyz')).toBe('ready\n');
  expect(await get('/metrics')).not.toContain('bigplan_workspaces_refused{');
});

describe('who clicks meanwhile', () => {
  beforeEach(() => {
    app.slack.clearFaults();
    app.logged.length = 0;
  });

  it('reads what is true, and not to try again in a moment: a command', async () => {
    app.slack.refuse('token_revoked');
    await app.slack.command('/bigplan', '', { user: rep() });
    const text = app.slack.responses.at(-1)?.text ?? '';
    expect(text).toMatch(WHY);
    expect(text).toMatch(/What was saved stays saved, and messages that wait come/);
    expect(text).not.toMatch(/in a moment|Something broke/);
  });

  it('under a message', async () => {
    const message = app.find(rep(), /how did it go/i);
    app.slack.refuse('token_revoked');
    await app.press(rep(), 'day_log', { message });
    expect(app.slack.responses.at(-1)?.text).toMatch(WHY);
  });

  it('a scope that is missing is named', async () => {
    app.slack.refuse('missing_scope', { more: { needed: 'users:read' } });
    await app.slack.command('/bigplan', '', { user: rep() });
    expect(app.slack.responses.at(-1)?.text).toMatch(/\(missing_scope: users:read\)/);
  });

  it('nobody’s press is a line for its operator', async () => {
    await app.slack.openHome(rep());
    app.slack.refuse('token_revoked');
    await app.slack.openHome(rep());
    await app.slack.command('/bigplan', '', { user: rep() });
    expect(app.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
