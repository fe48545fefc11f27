/** What is asked beside the day, at its longest and as people read it. */
import type { KnownBlock } from '@slack/types';
import { describe, expect, it, test } from 'vitest';
import { dueBlocks, renewalLaterForm } from '../../src/actuals/renewals-due/view.ts';
import { type UpdateFigures, updateBlocks, updateForm } from '../../src/actuals/update/view.ts';
import { MAX_MINOR } from '../../src/plan/schemas.ts';
import { checkMessage, checkView, fitView } from '../../src/slack/limits.ts';

const reader = {
  userId: 'U0DANA',
  locale: 'en-US',
  currency: 'USD',
  digits: 2,
  today: '2027-03-12',
};
const figures: UpdateFigures = {
  date: '2027-03-12',
  layers: ['newBusiness', 'expansion'],
  pipeline: {
    layers: { renewal: null, expansion: 8_000_000, newBusiness: 33_000_000 },
    date: '2027-01-08',
    isCarried: false,
  },
  isLeadsJudged: true,
  leads: { inbound: 3, outbound: 1 },
  deals: 0,
};
const read = (blocks: KnownBlock[]) =>
  blocks
    .flatMap((block) => {
      if (block.type === 'section') return [block.text?.text ?? ''];
      if (block.type !== 'actions') return [];
      return [
        block.elements.map((one) => (one.type === 'button' ? `[${one.text.text}]` : '')).join(' '),
      ];
    })
    .join('\n');

test.each<[string, Partial<UpdateFigures>, string]>([
  [
    'a question',
    {},
    'Won or lost anything? Pipeline $410k, as on Jan 8? Leads this month: 3 in, 1 out?\n[Same as before] [Update]',
  ],
  [
    'nothing said yet',
    { pipeline: null, leads: null },
    'Won or lost anything? Pipeline today? Nothing was said yet. Leads this month: none yet?\n[Update]',
  ],
  [
    'no leads agreed',
    { isLeadsJudged: false, leads: null },
    'Won or lost anything? Pipeline $410k, as on Jan 8?\n[Same as before] [Update]',
  ],
  [
    'deals alone',
    { layers: [], pipeline: null, isLeadsJudged: false },
    'Won or lost anything?\n[Update]',
  ],
  [
    'answered',
    { pipeline: figures.pipeline && { ...figures.pipeline, date: '2027-03-12' }, deals: 1 },
    '✓ Pipeline $410k today · leads this month: 3 in, 1 out · 1 deal this week',
  ],
])('%s', (_, changes, words) => {
  expect(read(updateBlocks({ ...figures, ...changes }, 'U0DANA', reader))).toBe(words);
});

describe('a renewal that was due', () => {
  const due = {
    id: 'r',
    account: 'Globex',
    amount: 8_000_000,
    date: '2027-03-11',
    settledBy: null,
  };

  it('is asked about by its name', () => {
    expect(read(dueBlocks([due], reader.today, reader))).toBe(
      '*Globex* was due yesterday: $80k.\n[Won] [Lost] [Later…]',
    );
  });

  it('is at most three at once, and the rest is said', () => {
    const account = '<&> '.repeat(50);
    const blocks = dueBlocks(Array(9).fill({ ...due, account }), reader.today, reader);
    expect(blocks).toHaveLength(7);
    expect(JSON.stringify(blocks)).toContain('And 6 more');
    expect(checkMessage({ text: 'x', blocks })).toEqual([]);
  });
});

const most = { renewal: MAX_MINOR, expansion: MAX_MINOR, newBusiness: MAX_MINOR };
const style = { ...reader, layers: figures.layers, isLeadsJudged: true };
test.each([
  [
    'everything',
    updateForm.view({
      about: { rep: 'U0OTHER', date: '2027-03-12' },
      style,
      raw: updateForm.write({ ...most, inbound: 10_000, outbound: 10_000 }, style),
      rev: 'new',
      figures,
    }),
  ],
  [
    'later',
    renewalLaterForm.view({
      about: { renewal: 'x'.repeat(60), date: '2027-03-12' },
      style: reader,
      raw: {},
      rev: '0',
      account: 'A&'.repeat(100),
      due: '2027-03-11',
    }),
  ],
])('the form fits Slack: %s', (_, view) => {
  expect(checkView(view)).toEqual([]);
  expect(fitView(view)).toEqual(view);
});
