/**
 * What Bigplan costs beside the least that does the same kind of thing, in one run on one machine:
 * the ratios mean something elsewhere, the milliseconds don't.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerOf } from '../../src/plan/currency.ts';
import { computePlan } from '../../src/plan/model/compute.ts';
import { saveStep } from '../../src/plan/wizard/save-step.ts';
import { storedStep } from '../../src/plan/wizard/step-view.ts';
import { baseOf } from '../../src/plan/wizard/typed.ts';
import { COMMAND } from '../../src/slack/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintDatabase } from '../support/db.ts';
import { mintPair, openOwn, setUpWorkspace, storedPlan } from '../support/plan-app.ts';
import { startFakeSlack, TEAM } from '../support/slack.ts';
import { specTerms } from '../support/terms.ts';
import { startBareApp } from './bare-app.ts';
import { compare } from './compare.ts';
import { floatPlan } from './float-plan.ts';

let app: TestApp;
let rep: string;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  ({ rep } = await mintPair(app));
  await openOwn(app, rep);
});
afterAll(() => app.stop());

test('/bigplan, until its modal is open: a bare Bolt app with a constant modal → Bigplan', async () => {
  const slack = await startFakeSlack();
  const bare = await startBareApp(slack);
  await compare(
    60,
    () => slack.command(COMMAND, '', { user: 'U0REP' }),
    () => openOwn(app, rep),
  );
  expect(slack.modal('U0REP')?.title.text).toBe('Bare');
  expect(app.slack.modal(rep)?.title.text).toBe('Goal');
  await bare.stop();
  await slack.stop();
});

test('a step of the plan, saved: one INSERT of the same size → Bigplan', async () => {
  const actor = { workspaceId: TEAM, userId: rep };
  const save = async () => {
    const { version, pair } = plan;
    const { draft, id: versionId } = version;
    const stored = storedStep({ ...viewerOf(pair.rep, draft), draft, step: 'goal' });
    const about = { versionId, step: 'goal', base: baseOf(stored), rev: '0', page: 0 } as const;
    // Another income every time, so that there is something to store.
    const raw = { ...stored, 'goal.income': draft.goal?.income === 25_000_000 ? '260k' : '250k' };
    const entry = { about, formId: randomUUID(), raw, at: new Date() };
    const saved = await saveStep(app.bigplan.context, actor, entry);
    if (saved.kind !== 'saved') throw new Error(`The step was not saved: ${saved.kind}`);
    plan = saved.plan;
  };
  let plan = await storedPlan(app, rep);
  await save();

  const { terms, personal } = await app.db.planVersion.findUniqueOrThrow({
    where: { id: plan.version.id },
  });
  const row = [JSON.stringify(terms), personal];
  const database = await mintDatabase({ migrated: false });
  const pool = new pg.Pool({ connectionString: database.url });
  await pool.query('CREATE TABLE bench (id serial PRIMARY KEY, terms jsonb, personal text)');
  const insert = 'INSERT INTO bench (terms, personal) VALUES ($1, $2)';
  await compare(200, () => pool.query(insert, row), save);
  await pool.end();
  await database.drop();
});

test('a plan, computed: the formulas in floating point → Bigplan, exact and explained', async () => {
  const terms = specTerms();
  await compare(
    300,
    () => floatPlan(terms),
    () => computePlan(terms),
  );
});
