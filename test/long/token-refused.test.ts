/** Slack refuses the token: what is due waits in two processes, who clicks reads why, and the operator sees it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { action } from '../../src/slack/action.ts';
import { actions, button, section } from '../../src/slack/blocks.ts';
import { message, modal } from '../../src/slack/surfaces.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { askAgain } from '../support/jobs.ts';
import type { TestPair } from '../support/plan-app.ts';
import { type Ack, TEAM } from '../support/slack.ts';

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

  describe('gets, for each kind of request', () => {
    const opens = action('test_opens');
    const does = action('test_does');
    const BUTTONS = actions([button('Open', opens.with()), button('Do', does.with())]);
    const aView = () => modal({ title: 'Test', blocks: [section('Test'), BUTTONS] });
    let done = 0;
    beforeAll(() => {
      const { on } = app.bigplan.context;
      on.click(opens, ({ open }) => open(aView()));
      on.act(does, async ({ responseUrl, replace }) => {
        done += 1;
        if (responseUrl) await replace(message('Done.', []));
      });
    });
    beforeEach(async () => {
      done = 0;
      while (app.slack.modal(rep())) await app.slack.closeModal(rep());
    });

    const press = (actionId: string) => app.slack.action({ user: rep(), actionId });
    const inMessage = (actionId: string) => async () => {
      const from = { channel: app.slack.dmChannel(rep()), ts: '1.000001', text: 'Test' };
      const message = { ...from, blocks: [BUTTONS] };
      return () => app.slack.action({ user: rep(), actionId, message });
    };
    const inHome = (actionId: string) => async () => {
      const home = { type: 'home' as const, blocks: [BUTTONS] };
      await app.bigplan.context.client.views.publish({ user_id: rep(), view: home });
      return () => press(actionId);
    };
    const inModal = (actionId: string) => async () => {
      await (await inMessage('test_opens')())();
      return () => press(actionId);
    };
    const command = (text: string) => async () => () =>
      app.slack.command('/bigplan', text, { user: rep() });

    /**
     * What is pressed in Home or in a modal brings no address to answer to, and its acknowledgement holds no words: a
     * view or a message is all that could say something, and both need the token. So nothing is said; what it does is
     * done and kept, what was open stays, and a form sent from there is answered in its acknowledgement.
     */
    it.each<[string, () => Promise<() => Promise<Ack>>, { said: RegExp | null; does?: number }]>([
      ['a command that opens a form: why', command(''), { said: WHY }],
      ['a command that only answers: its answer', command('status'), { said: /track:/i }],
      ['a button in a message that opens a form: why', inMessage('test_opens'), { said: WHY }],
      ['a button in a message: what it did', inMessage('test_does'), { said: /^Done/, does: 1 }],
      ['a button in Home that opens a form: nothing', inHome('test_opens'), { said: null }],
      ['a button in Home: it is done', inHome('test_does'), { said: null, does: 1 }],
      ['a button in a modal that opens one: nothing', inModal('test_opens'), { said: null }],
      ['a button in a modal: it is done', inModal('test_does'), { said: null, does: 1 }],
    ])('%s', async (_, prepare, { said, does: times = 0 }) => {
      const ask = await prepare();
      const open = JSON.stringify(app.slack.modals(rep()));
      const [answers, messages] = [app.slack.responses.length, app.slack.dm(rep()).length];
      app.slack.refuse('token_revoked');
      expect((await ask()).status).toBe(200);
      const texts = app.slack.responses.slice(answers).map(({ text }) => text);
      expect(texts).toEqual(said === null ? [] : [expect.stringMatching(said)]);
      expect(app.slack.dm(rep())).toHaveLength(messages);
      expect(JSON.stringify(app.slack.modals(rep()))).toBe(open);
      expect(done).toBe(times);
    });

    it('a form: it is saved, or says at its field what is in the way', async () => {
      await app.slack.command('/bigplan', 'log', { user: rep() });
      const form = app.slack.submission(rep(), { calls: 'many' });
      app.slack.refuse('token_revoked');
      expect((await form.lost()).body).toMatchObject({ response_action: 'errors' });
      const { status, body } = await app.slack.submission(rep(), { calls: '19' }).heard();
      expect({ status, body }).toEqual({ status: 200, body: null });
      const day = { personId: rep(), calls: 19 };
      expect(await app.db.activityDay.count({ where: day })).toBe(1);
    });

    it('the choices of a menu: none', async () => {
      app.slack.refuse('token_revoked');
      const payload = {
        type: 'block_suggestion',
        action_id: 'test',
        block_id: 'test',
        value: 'a',
        team: { id: TEAM },
        user: { id: rep(), team_id: TEAM },
      };
      const { status, body } = await app.slack.send({
        contentType: 'application/x-www-form-urlencoded',
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      });
      expect({ status, body }).toEqual({ status: 200, body: { options: [] } });
    });
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
