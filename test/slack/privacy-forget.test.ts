/** `/bigplan forget-me`: what goes, who hears of it, and how it begins anew. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreePlanOf, everyDayDraft, mintAgreed } from '../support/agreed-rep.ts';
import { submitByHand } from '../support/by-hand.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson, storedPlan } from '../support/plan-app.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-03-01T21:35:00Z'));
});
afterAll(() => app.stop());

const shown = (user: string) => JSON.stringify(app.slack.modal(user));

async function ticks(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    app.clock.moveTo(new Date(app.clock.now().getTime() + 25 * 60_000));
    await app.bigplan.tick();
  }
}

async function forget(user: string): Promise<void> {
  await app.slack.command('/bigplan', 'forget-me', { user });
  await app.slack.submit(user, { sure: ['sure'] });
}

it('nothing happens before it is confirmed, and the form says what goes and what stays', async () => {
  const { rep } = await mintAgreed(app);
  await app.slack.command('/bigplan', 'forget-me', { user: rep });
  for (const words of ['What goes, at once', 'What stays', 'Your manager', 'It can’t be undone']) {
    expect(shown(rep)).toContain(words);
  }
  expect(shown(rep)).not.toContain('plan with you*');
  // Slack itself asks for the tick; what comes without one all the same is refused.
  await expect(app.slack.submit(rep, { sure: [] })).rejects.toThrow('asks for sure');
  const view = app.slack.modal(rep);
  if (!view) throw new Error('no form');
  const { body } = await submitByHand(app, rep, view);
  expect(JSON.stringify(body)).toContain('nothing has happened yet');
  expect(await app.db.plan.count({ where: { repId: rep } })).toBe(1);
});

it('a rep: gone at once, their messages with the next minutes, and the manager hears that alone', async () => {
  const { rep, manager } = await mintAgreed(app);
  await app.bigplan.tick();
  await app.slack.command('/bigplan', 'log 25 calls', { user: rep });
  await app.slack.command('/bigplan', 'won Initech 24000 new', { user: rep });
  await app.slack.command('/bigplan', 'export', { user: rep });
  await app.slack.openHome(rep);
  await app.slack.openHome(manager);
  expect(app.slack.dm(rep).length).toBeGreaterThan(0);

  await forget(rep);
  expect(shown(rep)).toContain('I have forgotten you');
  expect(await app.db.person.count({ where: { userId: rep } })).toBe(0);
  expect(await app.db.plan.count({ where: { repId: rep } })).toBe(0);
  await ticks(3);
  expect(app.slack.dm(rep)).toEqual([]);
  expect(app.slack.uploads().filter(({ filename }) => filename.endsWith('.json'))).toEqual([]);
  expect(JSON.stringify(app.slack.home(rep))).toContain('I know nothing about you');
  expect(await app.db.slackRemoval.count()).toBe(0);

  expect(
    app.texts(manager).filter((text) => text.includes('asked me to forget them')),
  ).toHaveLength(1);
  expect(app.texts(manager).join()).not.toMatch(/Initech|24/);
  expect(JSON.stringify(app.slack.home(manager))).not.toContain(rep);
  const rows = await app.db.$queryRaw<object[]>`SELECT to_jsonb(t)::text AS row FROM delivery t`;
  expect(JSON.stringify(rows)).not.toContain(rep);

  // As for somebody never met.
  await app.slack.command('/bigplan', '', { user: rep });
  expect(shown(rep)).toContain('Step 1');
  expect((await storedPlan(app, rep)).version.draft).toMatchObject({
    goal: null,
    compensation: null,
  });
});

it('a manager: their reps keep their plans, and read once that they need another', async () => {
  const { rep, manager } = await mintAgreed(app);
  await mintPerson(app, 'U0SECOND', { name: 'Kim' });
  await joinTeam(app, 'U0SECOND', manager);
  await agreePlanOf(app, 'U0SECOND', everyDayDraft());
  const { id } = await app.db.planVersion.findFirstOrThrow({ where: { plan: { repId: rep } } });
  await app.db.planEvent.create({
    data: { versionId: id, kind: 'agreed', actorId: manager, at: app.clock.now() },
  });
  await app.slack.command('/bigplan', 'forget-me', { user: manager });
  expect(shown(manager)).toContain('The 2 people who plan with you');
  await app.slack.submit(manager, { sure: ['sure'] });
  await ticks(3);

  for (const one of [rep, 'U0SECOND']) {
    const told = app.texts(one).filter((text) => text.includes('is no longer your manager'));
    expect(told).toHaveLength(1);
    expect(await app.db.plan.count({ where: { repId: one } })).toBe(1);
  }
  await app.press(rep, 'plan_open', { message: app.find(rep, /is no longer your manager/) });
  await app.slack.action({ user: rep, actionId: 'plan_history' });
  expect(shown(rep)).toContain('somebody who was forgotten');
  expect(shown(rep)).not.toContain(manager);
});

it('goes on where Slack refuses for now, and after a restart', async () => {
  const { rep } = await mintAgreed(app);
  await app.bigplan.tick();
  await app.slack.command('/bigplan', 'log 25 calls', { user: rep });
  await app.slack.command('/bigplan', 'export', { user: rep });
  app.slack.fault('chat.delete', { rateLimit: 1 }, 3);
  await forget(rep);
  await app.bigplan.tick();
  expect(await app.db.slackRemoval.count()).toBeGreaterThan(0);
  await app.restart();
  app.slack.clearFaults();
  await ticks(3);
  expect(app.slack.dm(rep)).toEqual([]);
  expect(await app.db.slackRemoval.count()).toBe(0);
});

it('of somebody unknown there is nothing to forget', async () => {
  app.slack.addPerson('U0UNKNOWN', { name: 'Kit' });
  await app.slack.command('/bigplan', 'forget-me', { user: 'U0UNKNOWN' });
  expect(shown('U0UNKNOWN')).toContain('I hold nothing about you');
  expect(await app.db.person.count({ where: { userId: 'U0UNKNOWN' } })).toBe(0);
});
