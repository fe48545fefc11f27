/** Words under the fields of a refused form stay while people mend it: no figures take their place. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  initial,
  mintPair,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';

let app: TestApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  pair = await mintPair(app);
  await openOwn(app, pair.rep);
});

const press = (actionId: string, more: { enter?: string; value?: string } = {}) =>
  app.slack.action({ user: pair.rep, actionId, ...more });
const stroke = (path: string, enter: string) => press(`plan_field.${path}`, { enter });
const updates = () => app.slack.callsOf('views.update').length;
const refused = async (entries: Record<string, string>) => {
  const { body } = await app.slack.submit(pair.rep, entries);
  expect(body).toMatchObject({ response_action: 'errors' });
  return Object.keys((body as { errors: object }).errors).map((id) => id.split(':')[0]);
};

async function openEditor(): Promise<void> {
  await press('plan_go_to', { enter: 'renewals' });
  await press('plan_row_add', { value: 'renewals' });
}

describe('a row that was refused', () => {
  beforeEach(openEditor);

  it('shows no figures until the field that has the words is changed, and keeps what is typed', async () => {
    const { rep } = pair;
    const row = { account: 'Acme', amount: 'a lot', date: '2027-03-31' };
    expect(await refused(row)).toEqual(['amount']);
    const before = updates();
    await stroke('pressureTested', '40%');
    expect(updates()).toBe(before);
    await stroke('amount', '120k');
    expect(updates()).toBe(before + 1);
    expect(shown(app.slack, rep)).toMatch(/\$48k of/);
    await stroke('pressureTested', '25%');
    expect(updates()).toBe(before + 2);
    expect(shown(app.slack, rep)).toMatch(/\$30k of/);
  });

  it('waits for every field that has words', async () => {
    const row = { account: 'Acme', amount: 'a lot', date: '2027-03-31', pressureTested: 'half' };
    expect((await refused(row)).sort()).toEqual(['amount', 'pressureTested']);
    const before = updates();
    await stroke('amount', '120k');
    expect(updates()).toBe(before);
    await stroke('pressureTested', '50%');
    expect(updates()).toBe(before + 1);
  });

  it('has no words any more when it is opened again', async () => {
    const { rep } = pair;
    await refused({ account: 'Acme', amount: 'a lot', date: '2027-03-31' });
    await stroke('pressureTested', '50%');
    await app.slack.closeModal(rep);
    await press('plan_row_add', { value: 'renewals' });
    expect(initial(app.slack, rep, 'pressureTested')).toBe('50%');
    expect(initial(app.slack, rep, 'amount')).toBe('a lot');
    const before = updates();
    await stroke('pressureTested', '40%');
    expect(updates()).toBe(before + 1);
  });

  it('is a row like any other once it is taken', async () => {
    const { rep } = pair;
    await refused({ account: 'Acme', amount: 'a lot', date: '2027-03-31' });
    await app.slack.submit(rep, { amount: '120k' });
    expect(title(app.slack, rep)).toBe('Renewals');
    expect((await storedPlan(app, rep)).version.draft.renewals).toHaveLength(1);
    await press('plan_row_add', { value: 'renewals' });
    const before = updates();
    await stroke('amount', '80k');
    expect(updates()).toBe(before + 1);
  });
});

it('a step that was refused shows no figures either until its field is changed', async () => {
  expect(await refused({ 'goal.income': 'a lot' })).toContain('goal.income');
  const before = updates();
  await stroke('goal.income', '250k');
  const left = updates();
  await stroke('goal.income', '260k');
  expect([left, updates()]).toEqual([before + 1, before + 2]);
  expect(shown(app.slack, pair.rep)).toContain('$260,000');
});
