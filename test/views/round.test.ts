/** Due dates and first weeks at their longest, and as people read them. */
import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { type RampedPlan, rampOn } from '../../src/coaching/onboarding/ramp-rules.ts';
import { rampText } from '../../src/coaching/onboarding/ramp-view.ts';
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
import { ACTIVITIES } from '../../src/plan/schemas.ts';
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

const style = { locale: 'en-US', currency: 'USD', digits: 2 };
const level = (perDay: number) => {
  const shown = { count: perDay, per: 'day' as const };
  return { total: 0, perDay, perWeek: perDay * 5, perMonth: 0, shown, exact: perDay };
};
/** $80k a month, of which a quarter is asked at first. */
const COMMISSION: RampedPlan['components'][number] = {
  name: 'Commission',
  quota: 24_000_000,
  quotaPeriod: 'quarter',
  ramp: [0.25, 0.5, 0.5, ...Array.from({ length: 9 }, () => 1)],
};
const RAMPED = {
  components: [COMMISSION],
  period: { start: '2027-01-01', end: '2027-12-31' },
  workdays: 5,
  levels: {
    calls: level(20),
    visits: level(0),
    demos: level(1.2),
    proposals: level(0),
    contracts: level(0),
  },
};
/** A day of each month, as much of a full one; full from then on. */
const daysOf = (weights: readonly number[]) =>
  Array.from({ length: 12 }, (_, at) => ({
    date: `2027-${String(at + 1).padStart(2, '0')}-15`,
    creation: weights[at] ?? 1,
    closing: weights[at] ?? 1,
  }));
const longQuota = {
  name: RUDE,
  now: 99_999_999_999,
  full: 99_999_999_999,
  ahead: Array.from({ length: 11 }, () => ({ month: '2027-09', quota: 99_999_999_999 })),
};
const LONG_RAMP = {
  month: '2027-09',
  quotas: Array.from({ length: 10 }, () => longQuota),
  activities: ACTIVITIES.map((activity) => ({ activity, now: 9_999, full: 99_999 })),
};

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
      const shared = { onboarding, side, name: RUDE, managerId: 'U0MAX', locale: 'en-US' };
      const screen = { ...shared, ramp: { ramp: LONG_RAMP, style } };
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

  it('say what is asked now and once ramped up, to both alike', () => {
    const plan = { ...RAMPED, weights: { days: daysOf([0.25, 0.5]) } };
    expect(rampText({ ramp: rampOn(plan, '2027-01-20'), style }).mrkdwn).toBe(
      '*Quota* $20k in January, $40k from February, $80k from April\n' +
        '*Activity* 25 calls, 2 demos a week in January; 100 calls, 6 demos once ramped up',
    );
    expect(rampText({ ramp: rampOn(plan, '2027-04-02'), style }).mrkdwn).toBe(
      '*Quota* $80k in April\n*Activity* 100 calls, 6 demos a week, in full',
    );
    const flat = { ...plan, components: [{ ...COMMISSION, ramp: null }] };
    const none = rampText({ ramp: rampOn(flat, '2027-01-20'), style }).mrkdwn;
    expect(none).toContain('*No ramp is entered:*');
    expect(none).toContain('*Ramp or season*');
    expect(rampText(null).mrkdwn).toContain('once you have both signed the plan');
  });

  it('are over in time', () => {
    expect(onboardingOf({ ...who, today: '2028-02-01' }, [], [])).toBeNull();
  });
});
