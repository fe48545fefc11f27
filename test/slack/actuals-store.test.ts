/** What is kept of results, on a real PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as store from '../../src/actuals/store.ts';
import { inTransaction, isUniqueViolation } from '../../src/db/transaction.ts';
import { MAX_MINOR } from '../../src/plan/schemas.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

let database: TestDb;
beforeAll(async () => {
  database = await createTestDb();
});
afterAll(() => database.drop());

let n = 0;
let who = { workspaceId: '', userId: 'U0REP' };
let planId = '';
beforeEach(() => {
  who = { workspaceId: `T${++n}`, userId: 'U0REP' };
  planId = randomUUID();
});

const entry = (date: string, at = 0) => ({
  id: randomUUID(),
  workspaceId: who.workspaceId,
  repId: who.userId,
  date,
  addedBy: 'U0MGR',
  createdAt: new Date(Date.UTC(2027, 2, 11) + at),
});
const deal = (date: string, changes: Partial<store.Deal> = {}): store.Deal => ({
  ...entry(date),
  planId,
  layer: 'newBusiness',
  outcome: 'won',
  account: 'Acme',
  amount: 100,
  renewalId: null,
  ...changes,
});
const keep = async (...deals: store.Deal[]) => {
  for (const one of deals) await inTransaction(database.db, (tx) => store.addDeal(tx, one));
};

test('a deal comes back as it was, the largest amount and any name too', async () => {
  const one = deal('2027-03-03', { amount: MAX_MINOR, account: '“Ünï” \u{1F680} <!channel>' });
  await keep(one);
  expect(await store.findDeal(database.db, one.id)).toEqual(one);
  const changed = { ...one, amount: 1, layer: 'renewal', renewalId: 'r1' } as const;
  await inTransaction(database.db, (tx) => store.saveDeal(tx, changed));
  expect(await store.findDeal(database.db, one.id)).toEqual(changed);
  expect(await store.settlementsOf(database.db, planId)).toEqual([changed]);
  for (let i = 0; i < 2; i++)
    await inTransaction(database.db, (tx) => store.removeDeal(tx, one.id));
  expect(await store.findDeal(database.db, one.id)).toBeNull();
  expect(await store.findDeal(database.db, 'no id')).toBeNull();
});

test('deals of a span: both ends in, oldest first, of that rep alone', async () => {
  const all = ['2027-02-28', '2027-03-31', '2027-03-01', '2027-04-01'].map((date) => deal(date));
  await keep(...all, { ...deal('2027-03-05'), repId: 'U0OTHER' });
  const dates = async (from: string, to: string) =>
    (await store.dealsOf(database.db, who, from, to)).map(({ date }) => date);
  expect(await dates('2027-03-01', '2027-03-31')).toEqual(['2027-03-01', '2027-03-31']);
  expect(await dates('2028-01-01', '2028-12-31')).toEqual([]);
});

test('a renewal is settled once in a plan; deals that settle none don’t matter', async () => {
  await keep(deal('2027-03-01'), deal('2027-03-01'), deal('2027-03-01', { renewalId: 'r1' }));
  const again = keep(deal('2027-03-02', { renewalId: 'r1' }));
  await expect(again).rejects.toSatisfy(isUniqueViolation);
  await keep(deal('2027-03-02', { renewalId: 'r1', planId: randomUUID() }));
});

test('pipeline as of a day is each layer’s newest value said by then', async () => {
  const said = async (date: string, layers: Partial<store.LayerAmounts>, at = 0) => {
    const all = { renewal: null, expansion: null, newBusiness: null, ...layers };
    const snapshot = { ...entry(date, at), planId, layers: all };
    await inTransaction(database.db, (tx) => store.addSnapshot(tx, snapshot));
    return snapshot;
  };
  const asOf = async (date: string) => {
    const found = await store.pipelineAsOf(database.db, who, planId, date);
    return (
      found && [found.layers.renewal, found.layers.expansion, found.layers.newBusiness, found.date]
    );
  };
  expect(await asOf('2027-03-31')).toBeNull();
  await said('2027-03-10', { newBusiness: 300 }, 2);
  await said('2027-03-01', { newBusiness: 100, expansion: 80 }, 3);
  const late = await said('2027-03-10', { newBusiness: 310, renewal: 0 }, 4);
  expect(await asOf('2027-02-28')).toBeNull();
  expect(await asOf('2027-03-01')).toEqual([null, 80, 100, '2027-03-01']);
  expect(await asOf('2027-03-09')).toEqual([null, 80, 100, '2027-03-01']);
  expect(await asOf('2027-03-10')).toEqual([0, 80, 310, '2027-03-10']);
  await inTransaction(database.db, (tx) => store.removeSnapshot(tx, late.id));
  expect(await asOf('2027-03-31')).toEqual([null, 80, 300, '2027-03-10']);
  expect(await store.pipelineAsOf(database.db, who, randomUUID(), '2027-03-31')).toBeNull();
});

test('of a layer of which a plan says nothing, what was said last under an older one stands for a quarter', async () => {
  await database.db.workspace.create({ data: { id: who.workspaceId } });
  const plans = [randomUUID(), randomUUID(), randomUUID()] as const;
  const [old, next, later] = plans;
  for (const [at, id] of plans.entries()) {
    const owner = { workspaceId: who.workspaceId, repId: who.userId };
    await database.db.plan.create({ data: { id, ...owner, createdAt: new Date(at) } });
  }
  const said = async (plan: string, date: string, layers: Partial<store.LayerAmounts>) => {
    const all = { renewal: null, expansion: null, newBusiness: null, ...layers };
    const snapshot = { ...entry(date), planId: plan, layers: all };
    await inTransaction(database.db, (tx) => store.addSnapshot(tx, snapshot));
    return snapshot;
  };
  const asOf = async (plan: string, date: string) => {
    const found = await store.pipelineAsOf(database.db, who, plan, date);
    const { expansion, newBusiness } = found?.layers ?? {};
    return found && [expansion, newBusiness, found.date, found.isCarried];
  };
  await said(old, '2026-12-01', { newBusiness: 900, expansion: 80 });
  await said(old, '2026-12-20', { newBusiness: 300 });
  expect(await asOf(next, '2027-01-02')).toEqual([80, 300, '2026-12-20', true]);
  expect(await asOf(old, '2027-01-02')).toEqual([80, 300, '2026-12-20', false]);
  // Each layer until it is said anew, and what is said of a day before that no more.
  const first = await said(next, '2027-01-04', { newBusiness: 250 });
  await said(old, '2026-12-31', { newBusiness: 310 });
  expect(await asOf(next, '2027-01-05')).toEqual([80, 250, '2027-01-04', false]);
  expect(await asOf(next, '2027-01-03')).toEqual([80, 310, '2026-12-31', true]);
  expect(await asOf(old, '2027-01-05'), 'nothing of a newer plan').toMatchObject({ 1: 310 });
  await inTransaction(database.db, (tx) => store.removeSnapshot(tx, first.id));
  expect(await asOf(next, '2027-01-05')).toEqual([80, 310, '2026-12-31', true]);
  expect(await asOf(later, '2027-04-02')).toEqual([null, 310, '2026-12-31', true]);
  expect(await asOf(later, '2027-04-03'), 'a quarter on').toBeNull();
  const other = { ...who, userId: 'U0OTHER' };
  expect(await store.pipelineAsOf(database.db, other, next, '2027-01-05')).toBeNull();
});

test('leads between two days are summed; nothing entered is not none', async () => {
  const between = () => store.leadsBetween(database.db, who, '2027-03-01', '2027-03-31');
  const add = (date: string, inbound: number, outbound: number) =>
    inTransaction(database.db, (tx) => store.addLeads(tx, { ...entry(date), inbound, outbound }));
  await add('2027-02-28', 9, 9);
  await add('2027-04-01', 9, 9);
  expect(await between()).toBeNull();
  await add('2027-03-01', 0, 0);
  expect(await between()).toEqual({ inbound: 0, outbound: 0 });
  await add('2027-03-31', 6, 4);
  await add('2027-03-31', 1, 0);
  expect(await between()).toEqual({ inbound: 7, outbound: 4 });
});
