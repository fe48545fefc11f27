/** The comp plan's step and its components: what is read back, what is asked, and that nothing typed is lost. */

import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { saveEdit } from '../../src/plan/store.ts';
import { fingerprint } from '../../src/plan/wizard/typed.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  ENTRIES,
  initial,
  mintPair,
  openOwn,
  setUpWorkspace,
  shown,
  storedPlan,
  type TestPair,
  title,
} from '../support/plan-app.ts';
import type { Entries } from '../support/slack.ts';

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
  await submit(ENTRIES[0] ?? {});
});

const submit = async (entries: Entries) => (await app.slack.submit(pair.rep, entries)).body;
const press = (actionId: string, more: { enter?: string; value?: string; block?: string } = {}) =>
  app.slack.action({ user: pair.rep, actionId, ...more });
/** Types into a field that tells the app at every stroke. */
const type = (path: string, enter: string) => press(`plan_field.${path}`, { enter });
const toStep = (step: string) => press('plan_go_to', { enter: step });
const draft = async () => (await storedPlan(app, pair.rep)).version.draft;
const compensation = async () => (await draft()).compensation;

/** What stands under the input at the path. */
function under(path: string): string {
  const blocks = (app.slack.modal(pair.rep)?.blocks ?? []) as KnownBlock[];
  const at = blocks.findIndex((block) => block.block_id?.startsWith(`${path}:`));
  const next = blocks[at + 1];
  if (next?.type !== 'context') return '';
  return next.elements.map((one) => ('text' in one ? one.text : '')).join('\n');
}

/** The words of the choices in the input at the path. */
function choices(path: string): string[] {
  const blocks = (app.slack.modal(pair.rep)?.blocks ?? []) as KnownBlock[];
  const block = blocks.find((one) => one.block_id?.startsWith(`${path}:`));
  if (block?.type !== 'input' || !('options' in block.element)) return [];
  return (block.element.options ?? []).map(({ text }) => text.text);
}

const FOUR = { baseSalary: '100k', earns: '10%', quota: '$1M' };

describe('the simplest comp plan', () => {
  it('is four fields, read back', async () => {
    app.slack.fill(pair.rep, { baseSalary: '100k', quota: '$250k' });
    await type('earns', '$200k');
    await press('plan_field.quotaPeriod', { enter: 'quarter' });
    expect(under('quotaPeriod')).toContain(
      '$200,000 is $100,000 of base and $100,000 at quota: *10%* of everything you book.',
    );
    await submit({});
    expect(title(app.slack, pair.rep)).toBe('Pipeline');
    expect(await compensation()).toEqual({
      baseSalary: 10_000_000,
      first: {
        name: 'Commission',
        credits: ['renewal', 'expansion', 'newBusiness'],
        quota: 25_000_000,
        quotaPeriod: 'quarter',
        quotaStart: null,
        pays: { atTarget: 10_000_000 },
        tiers: [{ from: 0, multiplier: 1, all: false }],
        bonuses: [],
        cap: null,
        ramp: null,
      },
      otherPay: [],
      guarantee: null,
    });
    await toStep('compensation');
    expect(initial(app.slack, pair.rep, 'earns')).toBe('200,000');
    expect(initial(app.slack, pair.rep, 'lines')).toBeUndefined();
  });

  it('says at the field what is wrong with it', async () => {
    expect(await submit({ ...FOUR, earns: '90k' })).toMatchObject({
      response_action: 'errors',
      errors: { [`earns:${rev()}`]: expect.stringContaining('hold the base of $100,000') },
    });
    expect(await submit({ ...FOUR, earns: '1' })).toMatchObject({
      errors: { [`earns:${rev()}`]: 'Is that 1% or 100%? Write it with its sign.' },
    });
    expect(await submit({ ...FOUR, 'guarantee.perMonth': '5k' })).toMatchObject({
      errors: { [`guarantee.months:${rev()}`]: expect.stringContaining('how many months') },
    });
    const rates = { ...FOUR, earns: '200k', 'guarantee.perMonth': '', rates: 'Renewals 5%' };
    expect(await submit(rates)).toMatchObject({
      errors: { [`rates:${rev()}`]: expect.stringContaining('a component of its own') },
    });
  });

  /** Of the inputs in front. */
  function rev(): string {
    const blocks = (app.slack.modal(pair.rep)?.blocks ?? []) as KnownBlock[];
    const found = blocks.find(({ block_id }) => block_id?.startsWith('earns:'))?.block_id ?? '';
    return found.slice('earns:'.length);
  }
});

describe('accelerators', () => {
  it('are read back in words while they are typed', async () => {
    app.slack.fill(pair.rep, FOUR);
    await type('lines', '101-120% 1.5x\nover 120%: 20%\n100% $10,000');
    expect(under('lines').split('\n')).toEqual([
      'above 100%: 15% instead of 10%',
      'above 120% ($1.2M): 20% instead of 10%',
      'at 100%: $10,000, once a year',
      '“101-120% 1.5x” counts from 100% on.',
    ]);
  });

  it('that can’t be read are named by their line, and stay', async () => {
    const lines = '100% 1.5x\nfaster above 120%';
    expect(await submit({ ...FOUR, lines })).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(await submit({}))).toContain(
      '“faster above 120%”: “faster” means nothing',
    );
    await openOwn(app, pair.rep);
    expect(initial(app.slack, pair.rep, 'lines')).toBe(lines);
  });

  it('with two readings are asked about when they are submitted, and the answer is kept as a line', async () => {
    await submit({ ...FOUR, lines: '50% 1x' });
    expect(title(app.slack, pair.rep)).toBe('Comp plan');
    expect(shown(app.slack, pair.rep)).toContain('One thing is left to say');
    expect(initial(app.slack, pair.rep, 'lines')).toBe('50% 1x');
    expect(choices('lines.0')).toEqual([
      'Nothing below 50%; once there, 10% on everything',
      'Nothing below 50%; 10% on what lies above it',
      '10% below 50% as well',
    ]);
    expect(await compensation()).toBeNull();
    const meant = 'below 50% nothing\n50% 1x on everything';
    await type('lines.0', fingerprint(meant));
    expect(under('lines')).toContain('from 50% ($500k) on: 10% of everything, from the first deal');
    await submit({});
    expect(title(app.slack, pair.rep)).toBe('Pipeline');
    expect((await compensation())?.first.tiers).toEqual([
      { from: 0, multiplier: 0, all: false },
      { from: 0.5, multiplier: 1, all: true },
    ]);
    await toStep('compensation');
    expect(initial(app.slack, pair.rep, 'lines')).toBe(meant);
    expect(choices('lines.0')).toEqual([]);
    await submit({});
    expect(title(app.slack, pair.rep)).toBe('Pipeline');
  });

  it('with two readings are asked about while they are typed, and another line anew', async () => {
    app.slack.fill(pair.rep, FOUR);
    await type('lines', '50% 1x');
    await type('lines.0', fingerprint('0% 1x\n50% 1x'));
    await type('lines', 'below 80% nothing');
    expect(initial(app.slack, pair.rep, 'lines.0')).toBeUndefined();
    expect(choices('lines.0')).toEqual([
      'Once 80% is reached, 10% on everything',
      '10% on what lies above 80%',
    ]);
    await type('lines.0', fingerprint('below 80% nothing\n80% 1x on what lies above'));
    await submit({});
    expect((await compensation())?.first.tiers).toEqual([
      { from: 0, multiplier: 0, all: false },
      { from: 0.8, multiplier: 1, all: false },
    ]);
  });

  it('beside another mistake are named at their field, and asked about once that is mended', async () => {
    const errors = await submit({ ...FOUR, quota: 'a lot', lines: '50% 1x' });
    expect(JSON.stringify(errors)).toContain('what is paid below 50%? Say which is meant.');
    await submit({ quota: '1m' });
    expect(choices('lines.0')).toHaveLength(3);
  });

  it('in the locale of who types them', async () => {
    pair = await mintPair(app, { rep: { locale: 'de-DE' } });
    await openOwn(app, pair.rep);
    await submit({ ...ENTRIES[0], currency: 'EUR', 'goal.income': '250.000' });
    await submit({
      baseSalary: '100.000',
      earns: '10 %',
      quota: '1 Mio. €',
      lines: 'ab 100 % 1,5x\nbei 100 %: 10.000 €',
    });
    expect((await compensation())?.first).toMatchObject({
      tiers: [{}, { from: 1, multiplier: 1.5 }],
      bonuses: [{ at: 1, amount: 1_000_000 }],
    });
  });
});

describe('further components', () => {
  const add = () => press('plan_row_add', { value: 'components' });
  const removeLast = async () => {
    const id = (await draft()).components.at(-1)?.id ?? '';
    const value = `remove:components:${id}`;
    await press('plan_row_menu', { enter: value, value });
  };

  it('share the on-target earnings, whichever is entered first', async () => {
    await submit({ ...FOUR, earns: '$200k', credits: ['newBusiness'], quota: '700k' });
    await toStep('compensation');
    await add();
    await submit({
      name: 'Customers',
      earns: '30k',
      quota: '500k',
      credits: ['renewal', 'expansion'],
    });
    expect(initial(app.slack, pair.rep, 'earns')).toBe('200,000');
    expect(shown(app.slack, pair.rep)).toContain(
      '*Customers* · $30,000 a year at quota: 6% of renewals and expansion',
    );
    expect(under('quotaPeriod')).toContain(
      '$200,000 is $100,000 of base, $30,000 from the components below and $70,000 at quota: *10%* of new business.',
    );
    expect((await compensation())?.first.pays).toEqual({ atTarget: 7_000_000 });
    await submit({ name: 'New business' });
    expect(title(app.slack, pair.rep)).toBe('Pipeline');
    expect((await compensation())?.first).toMatchObject({
      name: 'New business',
      pays: { atTarget: 7_000_000 },
    });
    await toStep('compensation');
    await removeLast();
    expect(initial(app.slack, pair.rep, 'earns')).toBe('200,000');
    expect((await compensation())?.first.pays).toEqual({ atTarget: 10_000_000 });
  });

  it('are asked whether a percentage is of bookings or of the variable pay', async () => {
    await submit({ ...FOUR, earns: '$200k' });
    await toStep('compensation');
    await add();
    await submit({ name: 'Customers', earns: '30%', quota: '500k', credits: ['renewal'] });
    expect(title(app.slack, pair.rep)).toBe('Component');
    expect(shown(app.slack, pair.rep)).toContain('One thing is left to say');
    expect(choices('earns.of')).toEqual([
      'A commission: 30% of the bookings it credits',
      '30% of your variable pay: $30,000 a year at quota',
    ]);
    await submit({ 'earns.of': 'variable' });
    expect(title(app.slack, pair.rep)).toBe('Comp plan');
    expect((await draft()).components).toMatchObject([{ pays: { atTarget: 3_000_000 } }]);
  });

  it('have names of their own, and leave something to the first', async () => {
    await submit({ ...FOUR, earns: '$200k' });
    await toStep('compensation');
    await add();
    const twin = { name: 'commission', earns: '30k', quota: '500k' };
    expect(JSON.stringify(await submit(twin))).toContain('a name of its own');
    const all = { name: 'Customers', earns: '100k' };
    expect(JSON.stringify(await submit(all))).toContain('leave $100,000 above base');
    await submit({ earns: '2%' });
    expect((await draft()).components).toHaveLength(0);
    await submit({ 'earns.of': 'bookings' });
    expect((await draft()).components).toMatchObject([{ pays: { rate: 0.02 } }]);
  });

  it('ask about their lines as the first does', async () => {
    await submit(FOUR);
    await toStep('compensation');
    await add();
    await submit({ name: 'Renewals', earns: '2%', quota: '500k', lines: 'below 90% nothing' });
    expect(choices('lines.0')).toHaveLength(2);
    await submit({ 'lines.0': fingerprint('below 90% nothing\n90% 1x on everything') });
    expect((await draft()).components[0]?.tiers.at(-1)).toEqual({
      from: 0.9,
      multiplier: 1,
      all: true,
    });
  });
});

it('a plan from before components shows one rate, and saving it changes nothing', async () => {
  await submit(FOUR);
  const { version } = await storedPlan(app, pair.rep);
  const { compensation: stored } = version.draft;
  if (!stored) throw new Error('no comp plan');
  const rates = { renewal: 0.1, expansion: 0.1, newBusiness: 0.1 };
  const former = { ...stored, first: { ...stored.first, pays: { rates } } };
  const { encryption } = app.bigplan.context;
  await inTransaction(app.db, (db) =>
    saveEdit({ db, encryption }, version, { draft: { ...version.draft, compensation: former } }),
  );
  await openOwn(app, pair.rep);
  await toStep('compensation');
  expect(initial(app.slack, pair.rep, 'earns')).toBe('10%');
  expect(initial(app.slack, pair.rep, 'rates')).toBeUndefined();
  await submit({});
  expect((await compensation())?.first.pays).toEqual({ rates });
});
