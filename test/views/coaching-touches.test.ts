/** What is said of touches and prospects, at its longest and as people read it. */
import { describe, expect, it } from 'vitest';
import { prospectForm, touchForm } from '../../src/coaching/touches/form-view.ts';
import {
  pasteUndoneMessage,
  touchesPastedMessage,
  touchPasteForm,
} from '../../src/coaching/touches/paste-view.ts';
import type { BatchLine } from '../../src/coaching/touches/record-touch.ts';
import { MOST_IN_A_PROSPECT, MOST_IN_A_SUBJECT } from '../../src/coaching/touches/schemas.ts';
import {
  prospectListForm,
  prospectView,
  quietProspectBlocks,
  touchBatchMessage,
  touchHeardMessage,
  touchNotedMessage,
  touchUndoneMessage,
} from '../../src/coaching/touches/view.ts';
import { styleWithoutMoney } from '../../src/people/settings/view.ts';
import { checkMessage, checkView } from '../../src/slack/limits.ts';

const reader = { userId: 'U0DANA', locale: 'en-US', today: '2027-03-12' };
const style = styleWithoutMoney('en-US');
const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const LONG_NAME = '&<@U0EVE> *x* '.repeat(20).slice(0, MOST_IN_A_PROSPECT);
const LONG_SUBJECT = '<!channel> & `x` '.repeat(30).slice(0, MOST_IN_A_SUBJECT);

const prospect = (at: number, changes: object = {}) => ({
  id: uuid(at),
  workspaceId: 'T0',
  repId: 'U0DANA',
  name: LONG_NAME,
  nameKey: LONG_NAME,
  state: 'open' as const,
  stage: 'proposal' as const,
  snoozedUntil: null,
  lastTouchOn: '2027-03-01',
  pasteId: null,
  createdAt: new Date(0),
  touches: 2,
  ...changes,
});
const touch = (at: number) => ({
  id: uuid(at),
  workspaceId: 'T0',
  repId: 'U0DANA',
  prospectId: uuid(1),
  date: '2027-03-01',
  kind: 'content' as const,
  subject: LONG_SUBJECT,
  pasteId: null,
  addedBy: 'U0MAX',
  createdAt: new Date(0),
});
const pasted = {
  id: uuid(9),
  rep: 'U0BOB',
  touches: Array.from({ length: 100 }, (_, at) => touch(at)),
  prospects: Array.from({ length: 90 }, (_, at) => prospect(at, { steps: [] })) as never,
};
const said = { name: LONG_NAME, kind: 'call' as const, subject: LONG_SUBJECT, date: '2027-03-12' };
const batch = { id: uuid(9), rep: 'U0DANA', text: 'x'.repeat(1200), picks: { 0: uuid(1) } };
const understood = { name: LONG_NAME, kind: null, subject: LONG_SUBJECT, date: '2027-03-12' };
const rows: BatchLine[] = [
  { kind: 'recorded', touch: touch(2), prospect: prospect(1), isReopened: true },
  { kind: 'which', touch: said, near: [prospect(1), prospect(2)] },
  {
    kind: 'unread',
    line: { ok: false, written: 'x'.repeat(1200), problem: 'What was it?', understood },
  },
  { kind: 'refused', touch: said, problem: 'That day is still to come.' },
];

describe('everything within Slack’s limits, and nobody pinged', () => {
  it.each([
    ['a batch', touchBatchMessage(batch, [...rows, ...rows, ...rows], reader)],
    ['one in doubt', touchBatchMessage(batch, rows.slice(1, 2), reader)],
    ['heard', touchHeardMessage(batch, [{ ok: true, touch: said }], reader)],
    ['undone', touchUndoneMessage(touch(1), LONG_NAME, reader)],
    [
      'pasted',
      touchesPastedMessage(
        { kind: 'entered', touches: 100, prospects: 90, added: 80, left: 7 },
        { id: touch(1).id, repId: 'U0BOB' },
        reader,
      ),
    ],
    ['what was pasted, undone', pasteUndoneMessage(pasted, reader)],
  ])('%s', (_what, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(JSON.stringify(message.blocks.filter(({ type }) => type === 'section'))).not.toMatch(
      /<!channel>|<@U0EVE>/,
    );
  });

  const list = (
    shown: 'open' | 'all',
    prospects = Array.from({ length: 60 }, (_, at) => prospect(at)),
  ) =>
    prospectListForm.view({
      about: { rep: 'U0BOB' },
      style,
      raw: { query: 'x', shown },
      rev: 'list',
      prospects,
      shown,
      query: '',
      page: 2,
      reader,
      leading: {
        kind: 'content',
        touches: 24,
        leading: 9,
        others: { touches: 96, leading: 11 },
        chance: 0.004,
      },
      settled: { before: prospect(1), after: prospect(1, { snoozedUntil: '2027-03-26' }) },
    });
  it.each([
    ['the list', list('all')],
    ['an empty list', list('open', [])],
    [
      'a paste in doubt',
      touchPasteForm.view({
        about: { rep: 'U0BOB' },
        style: {
          ...style,
          today: '2027-03-12',
          dateAt: () => '2027-03-12',
          doubts: {
            near: Array.from({ length: 90 }, () => ({ name: LONG_NAME, known: LONG_NAME })),
            twice: Array.from({ length: 90 }, () => LONG_NAME),
          },
        },
        raw: { pasted: 'x'.repeat(3_000) },
        rev: 'asked',
        userId: reader.userId,
      }),
    ],
    [
      'a prospect',
      prospectView(
        prospect(1),
        Array.from({ length: 90 }, (_, at) => touch(at)),
        reader,
      ),
    ],
    [
      'a touch’s form',
      touchForm.view({
        about: { rep: 'U0BOB', touch: null },
        style: { ...style, near: [prospect(1), prospect(2)] },
        raw: { name: LONG_NAME, subject: LONG_SUBJECT, date: '2027-03-12' },
        rev: 'new',
        userId: 'U0DANA',
        problem: 'That can’t be read.',
      }),
    ],
    [
      'a prospect’s form',
      prospectForm.view({
        about: { prospect: uuid(1) },
        style,
        raw: { name: LONG_NAME, stage: 'demo', state: 'open' },
        rev: 'r',
        rep: 'U0BOB',
        userId: 'U0DANA',
      }),
    ],
  ])('%s', (_what, view) => expect(checkView(view)).toEqual([]));

  it('what moves prospects on stands with how many and its chance', () => {
    expect(JSON.stringify(list('all'))).toContain(
      'What moves prospects on: 9 of 24 pieces of content were the last touch before a next stage, of everything else 11 of 96. Chance alone does that 0.4% of the time.',
    );
  });
});

describe('as people read it', () => {
  const short = { ...touch(1), subject: 'case study', addedBy: 'U0DANA' };
  it.each([
    [1, '1 touch so far, 3 more make four.'],
    [4, '4 touches so far.'],
  ])('after %s', (touches, words) => {
    const recorded = {
      touch: short,
      prospect: prospect(1, { name: 'Acme', touches }),
      isReopened: false,
    };
    expect(touchNotedMessage(recorded, reader).text).toBe(
      `✓ *Acme* · content · case study · Mar 1\n${words}`,
    );
  });

  it('the week says nothing where there is nothing to say', () => {
    const none = { quiet: [], leading: null, repId: 'U0DANA', date: '2027-03-12' };
    expect(quietProspectBlocks(none, reader)).toEqual([]);
  });
});
