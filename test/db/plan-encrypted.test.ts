/** What only the pair may know: encrypted in every row, and in no line of the log. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  ENTRIES,
  fillWizard,
  lastMessage,
  mintPair,
  openOwn,
  setUpWorkspace,
  storedPlan,
} from '../support/plan-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

/** Amounts and words that occur nowhere else, as typed and in minor units. */
const PERSONAL = [
  '271,828.18',
  '27182818',
  '91,919.19',
  '9191919',
  '123,321',
  '12332100',
  '17,771,777',
  '1777177700',
  '0.1374',
  '13.74',
  'Canary house',
  '77,333',
  '7733300',
  'half-typed canary',
  'canary comment',
];

async function everyRow(): Promise<string> {
  const tables = await app.db.$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`;
  expect(tables.length).toBeGreaterThan(7);
  const rows = await Promise.all(
    tables.map(({ table_name }) =>
      app.db.$queryRawUnsafe(`SELECT t::text AS row FROM "${table_name}" t`),
    ),
  );
  return JSON.stringify(rows);
}

it('goal, comp plan, life goals, what is half typed and what is said about it are encrypted', async () => {
  const { slack } = app;
  const { rep, manager } = await mintPair(app);
  await openOwn(app, rep);
  await slack.action({ user: rep, actionId: 'plan_row_add', value: 'lifeGoals' });
  await slack.submit(rep, { label: 'Canary house', amount: '77,333' });
  await fillWizard(slack, rep, [
    { ...ENTRIES[0], 'goal.income': '271,828.18', 'goal.livingCosts': '91,919.19' },
    { ...ENTRIES[1], baseSalary: '123,321', rates: 'Renewals 13.74%', cap: '17,771,777' },
    ...ENTRIES.slice(2),
  ]);
  await slack.submit(rep);
  const asked = lastMessage(slack, manager);
  await slack.action({ user: manager, actionId: 'plan_ask_for_changes', message: asked });
  await slack.submit(manager, { comment: 'A canary comment' });
  await slack.closeModal(rep);
  await openOwn(app, rep);
  await slack.action({ user: rep, actionId: 'plan_go_to', enter: 'goal' });
  await slack.submit(rep, { 'goal.income': 'half-typed canary' });
  await slack
    .action({ user: rep, actionId: 'plan_explain', enter: 'income.target' })
    .catch(() => null);
  // A bug on the way logs too.
  slack.fault('views.update', { error: 'fatal_error' });
  await slack.action({ user: rep, actionId: 'plan_go_to', enter: 'compensation' });

  const rows = await everyRow();
  const logged = JSON.stringify(app.logged);
  expect(rows).toContain(rep);
  expect(logged).toContain('A request failed');
  for (const canary of PERSONAL) {
    expect(rows, canary).not.toContain(canary);
    expect(logged, canary).not.toContain(canary);
  }
  const { draft } = (await storedPlan(app, rep)).version;
  expect(draft).toMatchObject({
    goal: { income: 27_182_818, livingCosts: 9_191_919 },
    compensation: { baseSalary: 12_332_100, first: { cap: 1_777_177_700 } },
    lifeGoals: [{ label: 'Canary house', amount: 7_733_300 }],
  });

  // Nothing went to anybody but the two.
  const allowed = [slack.dmChannel(rep), slack.dmChannel(manager), rep, manager];
  const sent = slack.calls.filter(({ method }) => method.startsWith('chat.'));
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter(({ args }) => !allowed.includes(String(args.channel)))).toEqual([]);
  const homes = slack.callsOf('views.publish').map(({ args }) => args);
  for (const { user_id, view } of homes) {
    if (user_id !== rep) expect(JSON.stringify(view)).not.toMatch(/271|Canary|91,9/);
  }
});
