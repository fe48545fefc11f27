/** Everything in a version can be read by the pair, whatever became of it, and by nobody else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  lastWords,
  mintPair,
  mintPerson,
  openOwn,
  proposed,
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

it('is read by the manager before they sign, step by step in one modal', async () => {
  const pair = await mintPair(app);
  const message = await proposed(app, pair);
  const { slack } = app;
  await slack.action({ user: pair.manager, actionId: 'plan_read', message });
  expect(title(slack, pair.manager)).toBe('Goal');
  expect(shown(slack, pair.manager)).toContain('250,000');
  await slack.action({ user: pair.manager, actionId: 'plan_read.next' });
  expect(title(slack, pair.manager)).toBe('Comp plan');
  expect(slack.modals(pair.manager)).toHaveLength(1);

  const stranger = 'U0STRANGER';
  await mintPerson(app, stranger);
  await slack.action({ user: stranger, actionId: 'plan_read', message });
  expect(lastWords(slack, stranger)).toContain('belongs to somebody else');
  expect(lastWords(slack, stranger)).not.toContain('250,000');
});

it('leads on from a closed plan to the next one', async () => {
  const pair = await mintPair(app);
  const message = await proposed(app, pair);
  const { slack } = app;
  await slack.action({ user: pair.manager, actionId: 'plan_agree', message });
  await openOwn(app, pair.rep);
  await slack.action({ user: pair.rep, actionId: 'plan_close' });
  expect(shown(slack, pair.rep)).toContain('Start the next plan');
  await slack.action({ user: pair.rep, actionId: 'plan_open' });
  expect(title(slack, pair.rep)).toBe('Goal');
  expect((await storedPlan(app, pair.rep)).version.draft.goal).toBeNull();
});
