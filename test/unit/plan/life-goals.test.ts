import { expect, test } from 'vitest';
import { exact } from '../../../src/plan/model/exact.ts';
import { lifeGoalPayments } from '../../../src/plan/model/life-goals.ts';
import type { Goal } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';

const months = monthsBetween({ start: '2027-01-01', end: '2027-04-30' });

/** 1,200 of base a year; by the four months' ends 100, 200, 300 and 800 of variable pay, or as given. */
function payments(
  lifeGoals: [number, string][],
  goal: Partial<Goal> = {},
  { paid = [100, 200, 300, 800], otherPay = 0, currency = 'JPY' } = {},
) {
  const rows = lifeGoals.map(([amount, by]) => ({ label: `${amount}`, amount, by }));
  return lifeGoalPayments(
    { income: 10_000, livingCosts: null, ...goal, lifeGoals: rows },
    { baseSalary: 1_200, otherPay: [{ label: 'MBO', amount: otherPay }] },
    months,
    paid.map(exact),
    currency,
  ).map(({ paidOn, late, dueByThen, moneyByThen }) => ({ paidOn, late, dueByThen, moneyByThen }));
}

test('200 are there at the end of February, and on any day of March', () => {
  const paid = { paidOn: '2027-02-28', late: false, dueByThen: 200, moneyByThen: 200 };
  expect(payments([[200, '2027-02-28']])).toEqual([paid]);
  expect(payments([[200, '2027-03-30']])).toEqual([paid]);
});

test('the day before February’s end only January counts, and before January’s nothing', () => {
  expect(payments([[200, '2027-02-27']])).toEqual([
    { paidOn: '2027-02-28', late: true, dueByThen: 200, moneyByThen: 100 },
  ]);
  expect(payments([[1, '2026-12-31']])).toEqual([
    { paidOn: '2027-01-31', late: true, dueByThen: 1, moneyByThen: 0 },
  ]);
});

test('goals due earlier are paid first, in whatever order they are listed', () => {
  const result = payments([
    [150, '2027-03-31'],
    [151, '2027-02-28'],
  ]);
  expect(result).toEqual([
    { paidOn: '2027-04-30', late: true, dueByThen: 301, moneyByThen: 300 },
    { paidOn: '2027-02-28', late: false, dueByThen: 151, moneyByThen: 200 },
  ]);
});

test('goals of one date are due together', () => {
  const result = payments([
    [100, '2027-02-28'],
    [101, '2027-02-28'],
  ]);
  expect(result.map(({ late, dueByThen }) => [late, dueByThen])).toEqual([
    [true, 201],
    [true, 201],
  ]);
});

test('what is never there has no date', () => {
  expect(payments([[800, '2027-12-31']])[0]).toMatchObject({ paidOn: '2027-04-30', late: false });
  expect(payments([[801, '2027-12-31']])[0]).toMatchObject({ paidOn: null, late: true });
});

test('with living costs the base comes in and they go out, month by month', () => {
  // 100 of base a month; 480 of living costs in four months, so −20 a month.
  const goal = { income: null, livingCosts: 480 };
  expect(payments([[160, '2027-02-28']], goal)[0]).toMatchObject({ late: false, moneyByThen: 160 });
  expect(payments([[161, '2027-02-28']], goal)[0]).toMatchObject({ late: true, moneyByThen: 160 });
  expect(payments([[720, '2027-04-30']], goal)[0]).toMatchObject({ late: false, moneyByThen: 720 });
});

test('money that shrinks again doesn’t pay a late goal before its date', () => {
  // −150 a month: −50, −100, −150 and 200.
  const goal = { income: null, livingCosts: 1_000 };
  expect(
    payments(
      [
        [0, '2026-12-31'],
        [200, '2027-03-31'],
      ],
      goal,
    ),
  ).toEqual([
    { paidOn: '2027-04-30', late: false, dueByThen: 0, moneyByThen: 0 },
    { paidOn: '2027-04-30', late: true, dueByThen: 200, moneyByThen: -150 },
  ]);
});

test('a goal that less than a major unit is missing for is in time', () => {
  const due = (amount: number) => payments([[amount, '2027-01-31']], {}, { currency: 'USD' })[0];
  expect(due(199)).toMatchObject({ late: false, paidOn: '2027-01-31', moneyByThen: 100 });
  expect(due(200)).toMatchObject({ late: true, paidOn: '2027-02-28', moneyByThen: 100 });
});

test('other pay comes evenly by month', () => {
  expect(payments([[250, '2027-02-28']], {}, { otherPay: 100 })[0]).toMatchObject({
    late: false,
    moneyByThen: 250,
  });
});
