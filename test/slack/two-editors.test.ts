/** Rep and manager in one draft at the same time: nobody overwrites the other unawares. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  fillWizard,
  initial,
  mintPair,
  openAsManager,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  title,
} from '../support/plan-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

const incomeOf = async (rep: string) => (await storedPlan(app, rep)).version.draft.goal?.income;

/** Both have the goal open; the manager has saved an income of 300,000. */
async function managerWasQuicker() {
  const pair = await mintPair(app);
  await openOwn(app, pair.rep);
  await openAsManager(app, pair);
  await app.slack.submit(pair.manager, { 'goal.income': '300k' });
  return pair;
}

const enter = (user: string, amount: string) =>
  app.slack.action({ user, actionId: 'plan_field.goal.income', enter: amount });

it('says so as soon as figures are refreshed, and saves only what is submitted after that', async () => {
  const { rep, manager } = await managerWasQuicker();
  await enter(rep, '250k');
  expect(shown(app.slack, rep)).toContain(`<@${manager}> changed this`);
  expect(initial(app.slack, rep, 'goal.income')).toBe('250k');
  expect(await incomeOf(rep)).toBe(300_000_00);
  await app.slack.submit(rep);
  expect(title(app.slack, rep)).toBe('Comp plan');
  expect(await incomeOf(rep)).toBe(250_000_00);
});

it('shows theirs in place of mine where I want that', async () => {
  const { rep } = await managerWasQuicker();
  await enter(rep, '250k');
  await app.slack.action({ user: rep, actionId: 'plan_drop_typed' });
  expect(shown(app.slack, rep)).not.toContain('changed this');
  expect(initial(app.slack, rep, 'goal.income')).toBe('300,000');
  await app.slack.submit(rep);
  expect(await incomeOf(rep)).toBe(300_000_00);
});

it('nobody signs what they have not read', async () => {
  const pair = await mintPair(app);
  const { rep, manager } = pair;
  const { slack } = app;
  await openOwn(app, rep);
  await fillWizard(slack, rep);
  await openAsManager(app, pair);
  await slack.action({ user: manager, actionId: 'plan_go_to', enter: 'goal' });
  await slack.submit(manager, { 'goal.income': '300k' });
  await slack.submit(rep);
  expect(title(slack, rep)).toBe('Review');
  expect(shown(slack, rep)).toContain('has changed since you opened this page');
  expect(shown(slack, rep)).toContain('$300');
  expect((await storedPlan(app, rep)).version.status).toBe('draft');
  await slack.submit(rep);
  expect((await storedPlan(app, rep)).version.status).toBe('proposed');
});

it('still says so to somebody who went elsewhere and came back', async () => {
  const { rep, manager } = await managerWasQuicker();
  app.slack.fill(rep, { 'goal.income': '250k' });
  await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'pipeline' });
  expect(title(app.slack, rep)).toBe('Pipeline');
  expect(await incomeOf(rep)).toBe(300_000_00);
  await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: 'goal' });
  expect(shown(app.slack, rep)).toContain(`<@${manager}> changed this`);
  expect(initial(app.slack, rep, 'goal.income')).toBe('250k');
});
