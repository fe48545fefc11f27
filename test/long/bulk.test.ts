/** What Bigplan sends by itself doesn't hold up what people click. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureTeam } from '../../src/people/store.ts';
import { joinedDelivery as joined } from '../../src/people/team/messages.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { clearJobs } from '../support/jobs.ts';
import { mintPerson, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const BULK = 300;
/** What is promised; a busy machine that takes long with nothing else to do is given more. */
const PROMISED_MS = 1_000;

let app: TestApp;
let teamId: string;
const reps = Array.from({ length: BULK }, (_, n) => `U0BULK${n}`);

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  for (const id of ['U0REP', 'U0MANAGER', ...reps]) await mintPerson(app, id);
  teamId = (
    await app.db.$transaction((tx) => ensureTeam(tx, { workspaceId: TEAM, userId: 'U0MANAGER' }))
  ).id;
  await app.db.person.updateMany({ where: { userId: { in: reps } }, data: { teamId } });
  // The first commands of a process take longer.
  for (let n = 0; n < 3; n++) await opening();
});
afterAll(() => app.stop());

/** How long after the command Slack was asked to open the form (ms); `opened` hears of that at once. */
async function opening(opened: () => unknown = () => {}): Promise<number> {
  const { slack } = app;
  const before = slack.callsOf('views.open').length;
  const asked = Date.now();
  // Answered when the bulk is done too: that isn't waited for.
  const ack = slack.command('/bigplan', '', { user: 'U0REP' });
  await vi.waitFor(() => expect(slack.callsOf('views.open')).toHaveLength(before + 1), {
    timeout: 15_000,
    interval: 5,
  });
  const ms = (slack.callsOf('views.open').at(-1)?.at ?? Number.NaN) - asked;
  await opened();
  await ack;
  await slack.closeModal('U0REP');
  return ms;
}

async function bulk(at = new Date()): Promise<void> {
  await app.db.delivery.deleteMany();
  await app.db.slackPause.deleteMany();
  await app.db.slackPace.deleteMany();
  await clearJobs(app.db);
  await app.db.delivery.createMany({
    data: reps.map((repId) => {
      const order = joined({ workspaceId: TEAM, repId, teamId, at });
      const { workspaceId: team, userId: person, kind, key, subject } = order;
      return { workspaceId: team, personId: person, kind, key, subject, dueAt: new Date(0) };
    }),
  });
}

const sent = () => app.db.delivery.count({ where: { state: 'sent' } });

describe('a form opens inside a second', () => {
  it('while Slack refuses the bulk (429)', async () => {
    const quiet = await opening();
    await bulk();
    app.slack.fault('chat.postMessage', { rateLimit: 30 }, BULK);
    const posts = app.slack.callsOf('chat.postMessage').length;
    void app.bigplan.tick();
    await expect
      .poll(() => app.slack.callsOf('chat.postMessage').length, { timeout: 10_000, interval: 5 })
      .toBeGreaterThan(posts);
    const busy = await opening();
    console.log(`A form while Slack refuses the bulk: ${busy} ms (${quiet} ms with nothing else)`);
    expect(busy).toBeLessThan(Math.max(PROMISED_MS, 5 * quiet));
    await app.bigplan.settled();
    // Nobody went on posting.
    expect(app.slack.callsOf('chat.postMessage').length - posts).toBeLessThanOrEqual(8);
    expect(await app.db.delivery.count({ where: { state: 'planned' } })).toBe(BULK);
    app.slack.clearFaults();
  });

  it('while the bulk is going out', async () => {
    const quiet = await opening();
    await bulk(new Date(1));
    void app.bigplan.tick();
    await expect.poll(sent, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
    let left = 0;
    const busy = await opening(async () => {
      left = BULK - (await sent());
    });
    console.log(`A form while the bulk goes out: ${busy} ms (${quiet} ms with nothing else)`);
    expect(busy).toBeLessThan(Math.max(PROMISED_MS, 5 * quiet));
    expect(left).toBeGreaterThan(0);
    await expect.poll(sent, { timeout: 30_000 }).toBe(BULK);
  }, 60_000);
});
