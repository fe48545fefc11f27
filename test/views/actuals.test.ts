/** Every message and form about results at its longest, and as people read it. */
import type { KnownBlock } from '@slack/types';
import { describe, expect, it, test } from 'vitest';
import { dealUndo, leadsUndo, pipelineUndo } from '../../src/actuals/ids.ts';
import {
  leadsForm,
  leadsRecordedMessage,
  leadsUndoneMessage,
} from '../../src/actuals/leads/view.ts';
import {
  pipelineForm,
  pipelineRecordedMessage,
  pipelineUndoneMessage,
} from '../../src/actuals/pipeline/view.ts';
import { coverage } from '../../src/actuals/rules.ts';
import { MOST_IN_A_NAME } from '../../src/actuals/schemas.ts';
import type { Deal, LayerAmounts, Leads, Snapshot } from '../../src/actuals/store.ts';
import { dealForm } from '../../src/actuals/won/form-view.ts';
import {
  dealListMessage,
  dealNotedMessage,
  dealRecordedMessage,
  dealSettledMessage,
  dealUndoneMessage,
} from '../../src/actuals/won/view.ts';
import { doneView, TITLES } from '../../src/actuals/words-view.ts';
import type { Layers } from '../../src/plan/model/layers.ts';
import { MAX_MINOR } from '../../src/plan/schemas.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';

const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
const LONG = '<&"\\*Ünï & <@U1> '.repeat(60).slice(0, MOST_IN_A_NAME);
const LONGEST_ID = `U${'0'.repeat(20)}`;

const reader = {
  userId: 'U0DANA',
  locale: 'en-GB',
  currency: 'USD',
  digits: 2,
  today: '2027-03-11',
};
const entry = {
  id: ID,
  workspaceId: 'T0TEAM',
  repId: 'U0DANA',
  date: '2027-03-03',
  addedBy: 'U0DANA',
  createdAt: new Date('2027-03-03T12:00:00Z'),
};
const deal: Deal = {
  ...entry,
  planId: ID,
  layer: 'newBusiness',
  outcome: 'won',
  account: 'Acme Robotics',
  amount: 2_400_000,
  renewalId: null,
};
const won: Deal = {
  ...deal,
  layer: 'renewal',
  account: 'Acme',
  amount: 11_800_000,
  renewalId: 'r',
};
const lost: Deal = { ...won, outcome: 'lost', amount: 12_000_000 };
const longest: Deal = {
  ...won,
  repId: LONGEST_ID,
  addedBy: `W${'9'.repeat(20)}`,
  account: LONG,
  amount: MAX_MINOR,
  renewalId: 'x'.repeat(40),
};
const snapshot: Snapshot = {
  ...entry,
  planId: ID,
  layers: { renewal: null, expansion: 8_000_000, newBusiness: 30_000_000 },
};
const leads: Leads = { ...entry, inbound: 6, outbound: 4 };

const row = { id: 'r', account: 'Acme', amount: 12_000_000, date: '2027-03-31' };
const planRow = {
  ...row,
  likelihood: 0.8,
  pressureTested: 0.4,
  activity: null,
  internalRisks: '',
  externalRisks: '',
  nextActivities: '',
};
const due = { amount: 11_200_000, by: '2027-03-31' };
const facts = { won: 11_800_000, due, renewal: null, open: 3, worth: null };
const pipelineOf = (layers: LayerAmounts, asked: Layers<number>) => ({
  date: '2027-03-03',
  isCarried: false,
  by: '2027-03-31',
  xFactor: 3,
  coverage: coverage({ pipeline: layers, asked, xFactor: 3 }).layers,
});
const pipeline = pipelineOf(
  { renewal: 20_000_000, expansion: 8_000_000, newBusiness: 30_000_000 },
  { renewal: 24_000_000, expansion: 6_000_000, newBusiness: 37_500_000 },
);
const promised = { inbound: 6, outbound: 4.5 };
const booked = { renewal: 11_800_000, expansion: 0, newBusiness: 2_400_000 };

const values = { kind: null, renewal: null, account: null, amount: null, date: '2027-03-11' };
const MESSAGES: Record<string, Message> = {
  'a deal': dealRecordedMessage(deal, { ...facts, won: 2_400_000 }, reader),
  'a deal, changed': dealRecordedMessage({ ...deal, amount: 2_500_000 }, facts, reader, deal),
  'a deal, by a manager': dealRecordedMessage(deal, facts, { ...reader, userId: 'U0MAX' }),
  'a deal that the manager entered': dealNotedMessage({ ...deal, addedBy: 'U0MAX' }, facts, reader),
  'a renewal of the plan': dealRecordedMessage(won, { ...facts, renewal: planRow }, reader),
  'a renewal of its own': dealRecordedMessage({ ...won, renewalId: null }, facts, reader),
  'a lost renewal': dealRecordedMessage(lost, { ...facts, won: 0, renewal: planRow }, reader),
  'an undone deal': dealUndoneMessage(deal, reader),
  'a settled renewal': dealSettledMessage(won, reader, { rep: 'U0DANA', values }),
  'the list': dealListMessage({
    repId: 'U0DANA',
    deals: [{ ...deal, addedBy: 'U0MAX' }, won, { ...lost, id: `${ID.slice(0, -1)}c` }].map(
      (one, i) => ({ ...one, id: `${ID.slice(0, -1)}${i}` }),
    ),
    booked,
    reader,
    page: 0,
  }),
  'an empty list': dealListMessage({
    repId: 'U0DANA',
    deals: [],
    booked: { renewal: 0, expansion: 0, newBusiness: 0 },
    reader,
    page: 0,
  }),
  pipeline: pipelineRecordedMessage(snapshot, pipeline, reader),
  'pipeline without targets': pipelineRecordedMessage(
    snapshot,
    pipelineOf(
      { renewal: 20_000_000, expansion: null, newBusiness: 30_000_000 },
      { renewal: 0, expansion: 0, newBusiness: 0 },
    ),
    reader,
  ),
  'undone pipeline': pipelineUndoneMessage({ ...snapshot, date: '2027-03-11' }, pipeline, reader),
  'undone pipeline, the first of its plan': pipelineUndoneMessage(
    { ...snapshot, date: '2027-03-11' },
    { ...pipeline, isCarried: true },
    reader,
  ),
  'undone pipeline, the only one': pipelineUndoneMessage(
    snapshot,
    { ...pipeline, date: null },
    reader,
  ),
  leads: leadsRecordedMessage(leads, { month: { inbound: 6, outbound: 4 }, promised }, reader),
  'leads without a promise': leadsRecordedMessage(leads, { month: leads, promised: null }, reader),
  'leads from nobody who promised': leadsRecordedMessage(
    { ...leads, inbound: 0 },
    { month: { inbound: 0, outbound: 4 }, promised: { inbound: 0, outbound: 4 } },
    reader,
  ),
  'undone leads': leadsUndoneMessage(leads, { month: null, promised }, reader),
};

/** What somebody reads, without Block Kit around it. */
function read(blocks: readonly KnownBlock[]): string {
  const parts: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, text, placeholder: _, ...rest } = node as Record<string, unknown>;
      if (type === 'button') parts.push(`[${(text as { text: string }).text}]`);
      else if (type === 'overflow') parts.push('[⋯]');
      else if (typeof text === 'string') parts.push(text);
      else {
        walk(text);
        walk(Object.values(rest));
      }
    }
  };
  walk(blocks);
  return parts.join('\n').replace(/[\u00A0\u202F]/g, ' ');
}

test.each(Object.entries(MESSAGES))('%s', (_, message) => {
  expect(checkMessage(message)).toEqual([]);
  expect(checkView(doneView(TITLES.deal, message))).toEqual([]);
  expect(message.text).not.toBe('');
  expect(read(message.blocks)).toMatchSnapshot();
});

const state = { rep: 'U0DANA', entry: null, origin: null };
const style = { ...reader, hasRenewals: true };
const shown = { about: state, style: reader, rev: 'new' };
const FORMS = {
  'a deal': dealForm.view({ ...shown, style, raw: values, renewals: [row] }),
  'a lost renewal': dealForm.view({
    ...shown,
    style,
    about: { ...state, rep: 'U0MAX' },
    raw: { ...values, kind: 'lost', renewal: 'r' },
    renewals: [row],
    words: 'lost renewal Acme',
    problem: { path: 'renewal', text: 'Which of them?' },
  }),
  'a settled renewal': dealForm.view({
    ...shown,
    style,
    raw: { ...values, kind: 'renewal', account: 'Acme', amount: '90k' },
    renewals: [],
    settledBy: won,
  }),
  pipeline: pipelineForm.view({
    ...shown,
    raw: { renewal: null, expansion: '80k', newBusiness: '300,000', date: '2027-03-11' },
    lastSaid: { date: '2027-03-03', isCarried: false },
  }),
  leads: leadsForm.view({ ...shown, raw: { inbound: '6', outbound: null, date: '2027-03-11' } }),
};

test.each(Object.entries(FORMS))('the form of %s', (_, form) => {
  expect(checkView(form)).toEqual([]);
  expect(`${form.title.text}\n${read(form.blocks as KnownBlock[])}`).toMatchSnapshot();
});

test('a deal of a layer of which nothing is due yet', () => {
  const early = { ...facts, won: 1_800_000, due: { ...due, amount: 0 } };
  const { text, blocks } = dealRecordedMessage({ ...deal, layer: 'expansion' }, early, reader);
  expect(`${text}${JSON.stringify(blocks)}`).toContain(
    'Expansion to date: US$18k, with nothing due by 31 Mar.',
  );
});

describe('at its longest', () => {
  const longState = {
    rep: LONGEST_ID,
    entry: ID,
    origin: { url: `https://hooks.slack.com/${'x'.repeat(500)}`, page: 100 },
  };
  const long: Record<string, Message> = {
    recorded: dealRecordedMessage(
      longest,
      { ...facts, won: MAX_MINOR, renewal: { ...planRow, account: LONG } },
      reader,
      { ...longest, amount: 1 },
    ),
    noted: dealNotedMessage(longest, { ...facts, renewal: { ...planRow, account: LONG } }, reader),
    undone: dealUndoneMessage(longest, reader),
    settled: dealSettledMessage(longest, reader, {
      rep: LONGEST_ID,
      values: { ...values, account: LONG, amount: 'x'.repeat(60) },
    }),
    list: dealListMessage({
      repId: LONGEST_ID,
      deals: Array.from({ length: 2_000 }, (_, i) => ({
        ...longest,
        id: `${ID.slice(0, -4)}${String(i).padStart(4, '0')}`,
      })),
      booked: { renewal: MAX_MINOR, expansion: MAX_MINOR, newBusiness: MAX_MINOR },
      reader,
      page: 100,
      notice: LONG.repeat(3),
      undone: longest,
    }),
    pipeline: pipelineRecordedMessage({ ...snapshot, repId: LONGEST_ID }, pipeline, reader),
    leads: leadsUndoneMessage({ ...leads, repId: LONGEST_ID }, { month: null, promised }, reader),
  };
  it.each(Object.entries(long))('%s fits', (_, message) => {
    const fitted = fitMessage(message);
    expect(checkMessage(fitted)).toEqual([]);
    expect(JSON.stringify(fitted)).not.toContain('*<@U1>');
    expect(checkView(fitView(doneView('Won deals', message)))).toEqual([]);
  });

  it('a form fits with a thousand renewals', () => {
    const form = dealForm.view({
      about: longState,
      style,
      rev: ID,
      raw: {
        ...values,
        kind: 'renewal',
        renewal: 'r7',
        account: LONG,
        amount: '9'.repeat(40),
      },
      renewals: Array.from({ length: 1_000 }, (_, i) => ({ ...row, id: `r${i}`, account: LONG })),
      words: LONG.repeat(3),
      settledBy: longest,
      problem: { path: 'account', text: LONG.repeat(3) },
    });
    expect(checkView(fitView(form))).toEqual([]);
    expect(dealForm.metadata.read(form.private_metadata ?? '')?.about).toEqual(longState);
  });

  it('the others do too', () => {
    const amount = '9'.repeat(60);
    const amounts = { renewal: amount, expansion: amount, newBusiness: amount };
    const more = { about: longState, style: reader, rev: ID };
    const long = { problem: LONG.repeat(3), words: LONG.repeat(3) };
    const date = '2027-03-11';
    const forms = [
      pipelineForm.view({
        ...more,
        ...long,
        raw: { ...amounts, date },
        lastSaid: { date, isCarried: true },
      }),
      leadsForm.view({ ...more, ...long, raw: { inbound: amount, outbound: amount, date } }),
    ];
    for (const form of forms) expect(checkView(fitView(form))).toEqual([]);
  });
});

test('what a button keeps is read back as it was', () => {
  expect(dealUndo.codec.read(dealUndo.write(longest))).toEqual(longest);
  expect(pipelineUndo.codec.read(pipelineUndo.write(snapshot))).toEqual(snapshot);
  expect(leadsUndo.codec.read(leadsUndo.write(leads))).toEqual(leads);
});
