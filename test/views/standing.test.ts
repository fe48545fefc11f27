/** How a rep stands, in two lines: what the second one says. */
import { expect, it } from 'vitest';
import type { StandingNow } from '../../src/review/standing/standings.ts';
import { standingText } from '../../src/review/standing/view.ts';
import { toMrkdwn } from '../../src/slack/text.ts';
import { cardOf, factsOf, measured } from '../support/review-month.ts';
import { specTerms } from '../support/terms.ts';

const plan = measured(specTerms());
if (!plan) throw new Error('the spec’s file can’t be computed');
const did = { month: 2, bookings: [], pipeline: null, counts: [0, 0, 0, 0, 0], leads: null };
const card = cardOf(plan, factsOf(plan, did));

function secondLine(days: { unlogged: number }, more: Partial<StandingNow> = {}): string {
  const standing = {
    userId: 'U0REP',
    name: 'Dana',
    plan: 'Agreed (version 1)',
    begins: null,
    card: { ...card, days: { ...card.days, counted: 10, ...days } },
    today: '2027-03-31',
    lastLog: '2027-03-30',
    streak: 0,
    unanswered: null,
    backOn: null,
    ...more,
  };
  return toMrkdwn(standingText(standing, 'en-US')).split('\n')[1] ?? '';
}

it.each([
  ['each day is logged', { unlogged: 0 }, { streak: 10 }, '10 of 10 days logged, last yesterday'],
  [
    'a streak is shorter',
    { unlogged: 1 },
    { streak: 4 },
    '9 of 10 days logged, last yesterday · 4 days in a row',
  ],
  [
    'a streak is longer',
    { unlogged: 0 },
    { streak: 31 },
    '10 of 10 days logged, last yesterday · 31 days in a row',
  ],
  ['nobody answers', { unlogged: 4 }, { unanswered: 4 }, 'Not logging: 4 check-ins unanswered'],
])('where %s', (_, days, more, line) => {
  expect(secondLine(days, more)).toBe(line);
});
