/** Due dates and first weeks at their longest, and as people read them. */
import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { onboardingOf } from '../../src/coaching/onboarding/rules.ts';
import { lookMessage, onboardingView, weekBlock } from '../../src/coaching/onboarding/view.ts';
import type { PlanDue } from '../../src/plan/round/due-rules.ts';
import {
  type DueRow,
  dueMessage,
  duesView,
  remainsText,
  teamDueMessage,
} from '../../src/plan/round/dues-view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import { message } from '../../src/slack/surfaces.ts';

/** Somebody whose name tries to ping everybody. */
const RUDE = `<!channel> ${'W'.repeat(190)}`;
const VIEWER = { locale: 'en-US', today: '2027-12-09' };

const due = (changes: Partial<PlanDue> = {}): PlanDue => ({
  repId: 'U0REP',
  kind: 'cycle',
  dueOn: '2028-01-01',
  lastDay: '2028-01-01',
  tellOn: '2027-12-02',
  state: 'soon',
  status: null,
  planId: null,
  joinedOn: null,
  isJoinedKnown: true,
  ...changes,
});

const rows = (count: number): DueRow[] =>
  Array.from({ length: count }, (_, at) => ({
    userId: `U0REP${at}`,
    name: RUDE,
    due: due({ isJoinedKnown: at % 2 === 0, state: at % 3 === 0 ? 'overdue' : 'soon' }),
  }));

const holds = (view: ModalView) => {
  const sent = fitView(view);
  expect(checkView(sent)).toEqual([]);
  expect(JSON.stringify(sent)).not.toContain('*<!channel>');
};

describe('due dates', () => {
  it('of a team of any size are pages within Slack’s limits', () => {
    for (const count of [0, 1, 60, 200]) {
      for (const page of [0, 2, 9]) holds(duesView(rows(count), { ...VIEWER, page }));
    }
    const told = fitMessage(teamDueMessage(rows(200), { ...VIEWER, dueOn: '2028-01-01' }));
    expect(checkMessage(told)).toEqual([]);
    expect(JSON.stringify(told)).toContain('and 188 more');
  });

  it('say what remains, those that are late first', () => {
    const named = (name: string, changes: Partial<PlanDue>): DueRow => ({
      userId: name,
      name,
      due: due(changes),
    });
    const view = duesView(
      [
        named('Signed', { state: 'signed', status: 'agreed' }),
        named('Draft', { status: 'draft' }),
        named('Late', { state: 'overdue', dueOn: '2027-12-01', lastDay: '2027-12-01' }),
      ],
      { ...VIEWER, page: 0 },
    );
    const texts = (view.blocks as KnownBlock[]).flatMap((block) =>
      block.type === 'section' && block.text ? [block.text.text] : [],
    );
    expect(texts).toEqual([
      '*Late*\nwas due Dec 1, 2027, 8 days ago · nobody has begun it',
      '*Draft*\ndue Jan 1, 2028, in 23 days · a draft, still to be proposed',
      '*Signed*\nsigned, from Jan 1, 2028 on',
    ]);
  });

  it('turn into a word of thanks once both have signed', () => {
    const reader = { ...VIEWER, userId: 'U0REP', managerId: 'U0MAX' };
    expect(dueMessage(due({ state: 'signed' }), reader).text).toBe('Your plan is signed by both.');
    expect(dueMessage(due(), reader).text).toBe('Your plan: due Jan 1, 2028, in 23 days.');
    expect(remainsText({ state: 'soon', status: 'proposed' })).toContain('second signature');
  });
});

describe('first weeks', () => {
  const kept = Array.from({ length: 12 }, (_, at) => ({
    week: at + 1,
    kind: null,
    words: 'W'.repeat(500),
    confirmedAt: null,
    confirmedBy: null,
  }));
  const who = { repId: 'U0REP', joinedOn: '2027-09-15', today: '2027-12-09' };
  const onboarding = onboardingOf(who, kept, [{ day: 30, heldAt: new Date(0) }]);

  it('hold at their longest, for either', () => {
    if (!onboarding) throw new Error('they are over');
    for (const side of ['rep', 'manager'] as const) {
      const screen = { onboarding, side, name: RUDE, managerId: 'U0MAX', locale: 'en-US' };
      holds(onboardingView(screen));
      for (const look of onboarding.looks) {
        expect(checkMessage(fitMessage(lookMessage(screen, look)))).toEqual([]);
      }
    }
    for (const week of onboarding.weeks) {
      const beside = message('Monday', weekBlock(onboarding, week));
      expect(checkMessage(fitMessage(beside))).toEqual([]);
    }
  });

  it('are over in time', () => {
    expect(onboardingOf({ ...who, today: '2028-02-01' }, [], [])).toBeNull();
  });
});
