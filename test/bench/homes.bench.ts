/** What a Home costs at the size of a company: sixty reps, twenty teams. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHome } from '../../src/home/show-home.ts';
import { makeLeader, mintTeam } from '../support/a-company.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPerson, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';
import { addFigure } from './figure.ts';
import { processorTime } from './processor-time.ts';

const TODAY = '2027-10-20';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  app.clock.moveTo(new Date('2027-01-03T16:00:00Z'));
  await mintTeam(app, 'L', 60, { until: TODAY });
  for (let n = 0; n < 19; n++) await mintTeam(app, `T${n}`, 3, { until: TODAY });
  await mintPerson(app, 'U0LEA', { name: 'Lea' });
  await makeLeader(app, 'U0LEA');
  // What comes by itself meanwhile is no part of this.
  await app.db.agenda.deleteMany();
  app.clock.moveTo(new Date(`${TODAY}T16:00:00Z`));
}, 300_000);
afterAll(() => app.stop());

test.for([
  ['of a manager of sixty', 'U0ML'],
  ['of a leader of twenty teams', 'U0LEA'],
] as const)('the Home %s', async ([of, userId], { task }) => {
  const make = () => makeHome(app.bigplan.context, { workspaceId: TEAM, userId }, {});
  expect((await make()).view.blocks.length).toBeLessThanOrEqual(100);
  const ours: { own: number; database: number }[] = [];
  for (let round = 0; round < 10; round++) ours.push(await processorTime(app.db, make));
  const add = (what: string, part: 'own' | 'database') =>
    addFigure(
      task,
      { name: `Home ${of}: ${what}`, unit: 'ms' },
      { ours, bare: null },
      (one) => one[part],
    );
  add('processor', 'own');
  add('database’s processor', 'database');
});
