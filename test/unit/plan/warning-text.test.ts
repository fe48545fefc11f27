import { expect, test } from 'vitest';
import type { Warning } from '../../../src/plan/model/warnings.ts';
import { warningText } from '../../../src/plan/reading/warning-text.ts';

test.each<[string, Warning]>([
  [
    'Your goal takes 82% of quota. The plan still aims at 100%: what would you do with the extra $27,000?',
    { code: 'goal_below_quota', required: 820_000_00, atQuota: 1_000_000_00, extra: 27_000_00 },
  ],
  [
    'Your goal takes 99% of quota. The plan still aims at 100%.',
    { code: 'goal_below_quota', required: 999_999_99, atQuota: 1_000_000_00, extra: 0 },
  ],
  [
    'Your goal needs $150,000 of commission, and the comp plan is capped at $149,999.99. The plan aims at 100% of quota meanwhile: is it the cap or the goal that can move?',
    { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: 149_999_99 },
  ],
  [
    'Your goal needs $150,000 of commission, and the rates don’t pay that much on any bookings. The plan aims at 100% of quota meanwhile: is it the rates or the goal that can move?',
    { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: null },
  ],
  [
    '3X with a 25% win rate reaches ten wins about 20% of the time; 4X gets you past half.',
    { code: 'x_factor_thin', xFactor: 3, winRate: 0.25, impliedXFactor: 4 },
  ],
  [
    '1X with a 1% win rate reaches ten wins less than 1% of the time; your win rate asks for 100X.',
    { code: 'x_factor_thin', xFactor: 1, winRate: 0.01, impliedXFactor: 100 },
  ],
  [
    '"boat" ($100,000 by Feb 28, 2027) comes late: the plan will have brought $12,000.50 of the $100,000. It is paid for on Sep 30, 2027.',
    {
      code: 'goal_late',
      label: 'boat',
      amount: 100_000_00,
      by: '2027-02-28',
      dueByThen: 100_000_00,
      moneyByThen: 12_000_50,
      paidOn: '2027-09-30',
    },
  ],
  [
    '"bike" ($1,000 by Dec 31, 2027) comes late: the plan will have brought $50,000 of the $101,000 due by then. The milestones of this period don’t pay for it.',
    {
      code: 'goal_late',
      label: 'bike',
      amount: 1_000_00,
      by: '2027-12-31',
      dueByThen: 101_000_00,
      moneyByThen: 50_000_00,
      paidOn: null,
    },
  ],
])('%s', (text, warning) => {
  expect(warningText(warning, { locale: 'en-US', currency: 'USD', digits: 2 })).toBe(text);
});

test('figures stand as the reader writes them', () => {
  const thin = {
    code: 'x_factor_thin',
    xFactor: 3.25,
    winRate: 0.255,
    impliedXFactor: 3.92,
  } as const;
  expect(warningText(thin, { locale: 'de-DE', currency: 'EUR', digits: 2 })).toMatch(
    /^3,25X with a 25,5\s% win rate /,
  );
});
