import { expect, test } from 'vitest';
import type { Warning } from '../../../src/plan/model/warnings.ts';
import { warningText, warningTexts } from '../../../src/plan/reading/warning-text.ts';

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
    'Your goal needs $150,000 of variable pay, and the comp plan is capped at $149,999.99. The plan aims at 100% of quota or more meanwhile: is it the cap or the goal that can move?',
    { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: 149_999_99 },
  ],
  [
    'Your goal needs $150,000 of variable pay, and the bookings that this plan can hold don’t pay that much. The plan aims at 100% of quota or more meanwhile: is it the comp plan or the goal that can move?',
    { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: null },
  ],
  [
    '3X with a 25% win rate reaches ten wins about one time in five. 4X gets you past half.',
    { code: 'x_factor_thin', xFactor: 3, winRate: 0.25, impliedXFactor: 4 },
  ],
  [
    '1X with a 1% win rate reaches ten wins less than one time in a hundred; your win rate asks for 100X.',
    { code: 'x_factor_thin', xFactor: 1, winRate: 0.01, impliedXFactor: 100 },
  ],
  [
    'More would pay less: $95,000 of variable pay at $900,000 of bookings, $90,000 at the target of $1,000,000. Please check the comp plan as it is entered against the letter.',
    {
      code: 'pay_falls',
      target: 1_000_000_00,
      payAtTarget: 90_000_00,
      required: 900_000_00,
      payAtRequired: 95_000_00,
    },
  ],
  [
    '“Expansion” ends at 75% at plan: $180k of its $240k quota. What else could count towards it?',
    { code: 'component_short', name: 'Expansion', credit: 180_000_00, quota: 240_000_00 },
  ],
  [
    'The win rate says 25%, the funnel’s last three rates multiply to 33.6%: they are one thing. Put 33.6% as the win rate in Pipeline, or change the three in Activities until they make 25%; from then on each follows the other.',
    { code: 'funnel_disagrees', winRate: 0.25, funnel: 0.336 },
  ],
  [
    '$80k of quota is brought by nothing: new business isn’t part of the plan, and renewals and expansion end below it. More expansion targets would cover it, or a quota that fits the accounts.',
    { code: 'gap_uncovered', uncovered: 80_000_00 },
  ],
  [
    '$900k of new business starts from nothing, so with a sales cycle of 75 days none of it closes in the first 75. Is some qualified pipeline open on the first day? Then enter it in Pipeline.',
    { code: 'opening_missing', newBusiness: 900_000_00, salesCycleDays: 75 },
  ],
  [
    'A sales cycle of 330 days is long for this period: 24 working days are early enough to start a deal that closes in it, so $350k of new business can’t. Opening pipeline, a longer period, or a cycle counted from a later step would do.',
    { code: 'cycle_too_long', sellingDays: 24, salesCycleDays: 330, uncovered: 350_000_00 },
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

const US = { locale: 'en-US', currency: 'USD', digits: 2 };

const quarter = (first: number, name = 'Commission') => ({
  code: 'period_short' as const,
  name,
  start: `2027-0${first}-01`,
  end: `2027-0${first + 2}-30`,
  credit: first * 10_000_00,
  quota: 225_000_00,
});

test('the short quota periods of one component are told together', () => {
  const [first, other, ...more] = warningTexts(
    [quarter(1), quarter(4), quarter(7), quarter(1, 'Expansion')],
    US,
  );
  expect(first).toMatch(
    /^At plan “Commission” meets under half of its quota in January\s.\sMarch 2027 \(\$10k of \$225k\), April\s.\sJune 2027 \(\$40k of \$225k\) and 1 more\. /u,
  );
  expect(other).toMatch(/^At plan “Expansion” meets under half of its quota in January/u);
  expect(more).toEqual([]);
});

test('a quota that has one period is short once', () => {
  const whole: Warning = { code: 'component_short', name: 'A', credit: 1_00, quota: 9_000_00 };
  const period: Warning = { ...quarter(1, 'A'), quota: 9_000_00 };
  expect(warningTexts([whole, period], US)).toHaveLength(1);
});

test('a chance reads as one that people can picture', () => {
  const thin = (xFactor: number) =>
    warningText({ code: 'x_factor_thin', xFactor, winRate: 0.25, impliedXFactor: 4 }, US);
  expect(thin(2)).toContain('reaches ten wins about one time in a hundred. 4X');
  expect(thin(2.5)).toContain('reaches ten wins about one time in ten. 4X');
  expect(thin(3.5)).toContain('reaches ten wins about two times in five. 4X');
  expect(thin(3.9)).toContain('reaches ten wins about every second time. 4X');
});
