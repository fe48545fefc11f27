/** What a deal pays, as a rep reads it. */
import type { KnownBlock } from '@slack/types';
import { describe, expect, it, test } from 'vitest';
import { MOST_IN_A_NAME } from '../../src/actuals/schemas.ts';
import type { Deal } from '../../src/actuals/store.ts';
import { dealNotedMessage, dealRecordedMessage } from '../../src/actuals/won/view.ts';
import {
  howWorthMessage,
  noCompPlanMessage,
  whichAmountMessage,
  whichLayerMessage,
  worthMessage,
} from '../../src/actuals/worth/view.ts';
import { worthWords } from '../../src/actuals/worth-view.ts';
import type { DealWorth, NextThreshold } from '../../src/plan/model/deal-worth.ts';
import { MAX_MINOR } from '../../src/plan/schemas.ts';
import { checkMessage, fitMessage } from '../../src/slack/limits.ts';

const reader = {
  userId: 'U0DANA',
  locale: 'en-US',
  currency: 'USD',
  digits: 2,
  today: '2027-03-11',
};
const next: NextThreshold = {
  component: null,
  within: null,
  from: 100_000_000,
  each: 360_000,
  changes: true,
  moves: false,
  once: 0,
};
const worth: DealWorth = {
  pays: 240_000,
  once: 0,
  capped: false,
  counts: { component: null, within: null, credit: 65_000_000, quota: 100_000_000 },
  next,
};
const quarter = { start: '2027-01-01', end: '2027-03-31' };

test.each<[Partial<DealWorth>, Partial<NextThreshold> | null, string]>([
  [{}, {}, 'pays $2,400; from $1.0M on each such deal pays $3,600'],
  [{}, null, 'pays $2,400'],
  [{ pays: 240_050 }, null, 'pays $2,400.50'],
  [{}, { moves: true }, 'pays $2,400; from $1.0M on each such deal pays about $3,600'],
  [
    {},
    { component: 'New business', within: quarter, from: 22_500_000 },
    'pays $2,400; from $225k of New business this quarter on each such deal pays $3,600',
  ],
  [
    {},
    { within: { start: '2027-04-01', end: '2027-06-30' } },
    'pays $2,400; from $1.0M (Apr 1 – Jun 30) on each such deal pays $3,600',
  ],
  [{}, { each: 0 }, 'pays $2,400; from $1.0M on such deals pay nothing'],
  [
    {},
    { changes: false, each: 240_000, once: 2_000_000 },
    'pays $2,400; reaching $1.0M pays $20,000 at once',
  ],
  [
    { pays: 0 },
    { from: 37_500_000, each: 240_000, once: 3_750_000 },
    'pays nothing by itself; from $375k on each such deal pays $2,400, and reaching it pays $37,500 at once',
  ],
  [{ pays: 2_240_000, once: 2_000_000 }, null, 'pays $22,400, $20,000 of it for what it reaches'],
  [{ pays: 200_000, capped: true }, null, 'pays $2,000, and your cap holds back the rest'],
  [{ pays: 0, capped: true }, null, 'pays nothing more: your cap is reached'],
  [{ pays: -12_000 }, null, 'takes $120 off your pay'],
])('%j, then %j: %s', (changes, following, expected) => {
  const whole = { ...worth, ...changes, next: following && { ...next, ...following } };
  expect(worthWords(whole, reader).mrkdwn).toBe(expected);
});

const deal: Deal = {
  id: '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b',
  workspaceId: 'T0TEAM',
  repId: 'U0DANA',
  planId: '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b',
  date: '2027-03-11',
  layer: 'newBusiness',
  outcome: 'won',
  account: 'Acme',
  amount: 2_400_000,
  renewalId: null,
  addedBy: 'U0MAX',
  createdAt: new Date('2027-03-11T12:00:00Z'),
};
const facts = { won: 2_400_000, due: null, renewal: null, open: 0, worth };

test.each([
  ['recorded', dealRecordedMessage],
  ['noted', dealNotedMessage],
])('under a deal that is %s, the rep reads it and nobody else', (_, shown) => {
  const own = shown(deal, facts, reader);
  expect(checkMessage(own)).toEqual([]);
  expect(own.text).toMatch(/\nPays \$2,400; from \$1\.0M on each such deal pays \$3,600\.$/);
  const other = JSON.stringify(shown(deal, facts, { ...reader, userId: 'U0MAX' }));
  expect(other).toContain('Acme');
  expect(other).not.toMatch(/pays|2,400|3,600/i);
});

const LONG = '<&"\\*Ünï & <@U1> '.repeat(60).slice(0, MOST_IN_A_NAME);
const question = { amount: 2_400_000, layer: null, account: null, date: null };
const answer = { ...question, layer: 'newBusiness', worth, by: 'agreed', won: null } as const;
const values = {
  kind: 'newBusiness',
  renewal: null,
  account: null,
  amount: '24,000',
  date: '2027-03-11',
} as const;

const MESSAGES = {
  'a deal': worthMessage({ ...answer, won: values }, reader),
  'of an account, on a day': worthMessage(
    { ...answer, account: 'Acme', date: '2027-06-03' },
    reader,
  ),
  'of any layer': worthMessage({ ...answer, layer: null }, reader),
  'by a draft': worthMessage({ ...answer, by: 'draft' }, reader),
  'which amount': whichAmountMessage([2_400, 2_400_000], question, reader),
  'which layer': whichLayerMessage(question, reader),
  'no comp plan yet': noCompPlanMessage(reader),
  'no amount': howWorthMessage(null),
};

/** `[a button]`, or what stands small. */
function wordsIn(block: KnownBlock): string {
  if (block.type === 'context') {
    return block.elements.map((one) => ('text' in one ? one.text : '')).join(' ');
  }
  if (block.type !== 'actions') return '';
  return block.elements
    .map((one) => (one.type === 'button' ? `[${one.text.text}]` : one.type))
    .join(' ');
}

describe('as people read it', () => {
  it.each(Object.entries(MESSAGES))('%s', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect([message.text, ...message.blocks.slice(1).map(wordsIn)].join('\n')).toMatchSnapshot();
  });
});

describe('at its longest', () => {
  const longReader = { ...reader, locale: 'de-CH', userId: `U${'0'.repeat(20)}` };
  const quotaOf = { component: LONG, within: quarter };
  const longest: DealWorth = {
    pays: MAX_MINOR,
    once: MAX_MINOR - 1,
    capped: false,
    counts: { ...quotaOf, credit: MAX_MINOR, quota: MAX_MINOR },
    next: { ...next, ...quotaOf, from: MAX_MINOR, each: MAX_MINOR, once: MAX_MINOR, moves: true },
  };
  const asked = { amount: MAX_MINOR, layer: null, account: LONG, date: '2027-06-03' };
  it.each([
    [
      'the answer',
      worthMessage(
        { ...asked, worth: longest, by: 'agreed', won: { ...values, account: LONG } },
        longReader,
      ),
    ],
    ['which amount', whichAmountMessage([MAX_MINOR, MAX_MINOR], asked, longReader)],
    ['which layer', whichLayerMessage(asked, longReader)],
    ['what was wrong', howWorthMessage(LONG)],
  ])('%s fits', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(fitMessage(message)).toEqual(message);
  });
});
