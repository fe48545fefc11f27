import { describe, expect, it } from 'vitest';
import {
  currentPlan,
  nextPlan,
  planHolding,
  planInForceOn,
  type RepPlan,
} from '../../../src/plan/round/choose-rules.ts';
import {
  cycleStart,
  type DueFacts,
  nextCycleStart,
  planDue,
} from '../../../src/plan/round/due-rules.ts';
import type { VersionStatus } from '../../../src/plan/store.ts';

const YEAR = (year: number) => ({ start: `${year}-01-01`, end: `${year}-12-31` });

function plan(
  id: string,
  period: { start: string; end: string },
  status: VersionStatus,
  closedOn: string | null = null,
): RepPlan {
  const newest = { id: `${id}-v`, number: 1, status, period };
  const isSigned = status === 'agreed' || status === 'closed';
  return { id, repId: 'U0REP', closedOn, newest, signed: isSigned ? newest : null };
}

const idOf = (one: RepPlan | null) => one?.id ?? null;

describe('which plan a day belongs to', () => {
  const old = plan('old', YEAR(2027), 'agreed');
  const draft = plan('next', YEAR(2028), 'draft');
  const signed = plan('next', YEAR(2028), 'agreed');

  it.each([
    ['alone, before it begins', [old], '2026-12-01', 'old', null, 'old'],
    ['alone, after its end', [old], '2028-02-01', 'old', null, 'old'],
    ['the next in the making', [old, draft], '2027-12-31', 'old', 'next', 'old'],
    [
      'the next still in the making after the turn',
      [old, draft],
      '2028-01-03',
      'next',
      null,
      'old',
    ],
    ['the next signed before the turn', [old, signed], '2027-12-31', 'old', 'next', 'old'],
    ['the next signed, on its first day', [old, signed], '2028-01-01', 'next', null, 'next'],
    ['begun in the other order', [signed, old], '2027-06-01', 'old', 'next', 'old'],
    [
      'closed before its end',
      [plan('old', YEAR(2027), 'closed', '2027-06-01'), draft],
      '2027-07-01',
      'next',
      null,
      null,
    ],
    ['none', [], '2027-07-01', null, null, null],
  ] as const)('%s', (_, plans, today, current, next, inForce) => {
    expect(idOf(currentPlan(plans, today))).toBe(current);
    expect(idOf(nextPlan(plans, today))).toBe(next);
    expect(idOf(planInForceOn(plans, today))).toBe(inForce);
  });

  it('holds a day of the old year after the turn, and after it was closed', () => {
    const over = plan('old', YEAR(2027), 'closed', '2028-01-20');
    for (const one of [old, over]) {
      expect(idOf(planHolding([one, signed], '2027-12-30'))).toBe('old');
    }
    expect(idOf(planHolding([over, signed], '2028-01-02'))).toBe('next');
    expect(idOf(planHolding([old], '2028-01-02'))).toBeNull();
    const early = plan('old', YEAR(2027), 'closed', '2027-05-01');
    expect(idOf(planHolding([early], '2027-04-02'))).toBeNull();
  });
});

describe('when a plan is due', () => {
  const HERE: DueFacts = { repId: 'U0REP', joinedOn: null, wasHere: true, metOn: '2026-01-05' };
  const due = (facts: Partial<DueFacts>, plans: RepPlan[], today: string, month = 1) => {
    const { kind, dueOn, lastDay, state, status } = planDue(
      { ...HERE, ...facts },
      plans,
      month,
      today,
    );
    return [kind, dueOn, lastDay, state, status];
  };

  it.each([
    // Who was here: the cycle's start.
    [{}, [], '2026-12-10', ['cycle', '2027-01-01', '2027-01-01', 'soon', null]],
    [{}, [], '2026-10-10', ['cycle', '2027-01-01', '2027-01-01', 'ahead', null]],
    [{}, [], '2027-01-02', ['cycle', '2027-01-01', '2027-01-01', 'overdue', null]],
    [
      {},
      [plan('a', YEAR(2027), 'proposed')],
      '2027-01-02',
      ['cycle', '2027-01-01', '2027-01-01', 'overdue', 'proposed'],
    ],
    // Bigplan came in June: a month is given.
    [
      { metOn: '2027-06-01' },
      [],
      '2027-06-02',
      ['cycle', '2027-07-01', '2027-07-01', 'soon', null],
    ],
    // A new hire: aimed at day 30, overdue after day 60.
    [
      { joinedOn: '2027-03-01', wasHere: false },
      [],
      '2027-03-01',
      ['new_hire', '2027-03-31', '2027-04-30', 'soon', null],
    ],
    [
      { joinedOn: '2027-03-01', wasHere: false },
      [plan('a', { start: '2027-04-01', end: '2027-12-31' }, 'draft')],
      '2027-04-30',
      ['new_hire', '2027-03-31', '2027-04-30', 'soon', 'draft'],
    ],
    [
      { joinedOn: '2027-03-01', wasHere: false },
      [],
      '2027-05-01',
      ['new_hire', '2027-03-31', '2027-04-30', 'overdue', null],
    ],
    // With a plan that runs: the day after its end.
    [
      {},
      [plan('a', YEAR(2027), 'agreed')],
      '2027-06-01',
      ['cycle', '2028-01-01', '2028-01-01', 'ahead', null],
    ],
    [
      {},
      [plan('a', YEAR(2027), 'agreed'), plan('b', YEAR(2028), 'draft')],
      '2027-12-10',
      ['cycle', '2028-01-01', '2028-01-01', 'soon', 'draft'],
    ],
    [
      {},
      [plan('a', YEAR(2027), 'agreed'), plan('b', YEAR(2028), 'agreed')],
      '2027-12-10',
      ['cycle', '2028-01-01', '2028-01-01', 'signed', 'agreed'],
    ],
    // After it, nobody has begun the next.
    [
      {},
      [plan('a', YEAR(2027), 'agreed')],
      '2028-01-10',
      ['cycle', '2028-01-01', '2028-01-01', 'overdue', null],
    ],
  ])('%j %#', (facts, plans, today, expected) => {
    expect(due(facts, plans, today)).toEqual(expected);
  });

  it('follows the company’s fiscal year', () => {
    expect(cycleStart('2027-03-31', 4)).toBe('2026-04-01');
    expect(cycleStart('2027-04-01', 4)).toBe('2027-04-01');
    expect(nextCycleStart('2027-03-31', 4)).toBe('2027-04-01');
    expect(due({}, [], '2027-04-02', 4).slice(1, 4)).toEqual([
      '2027-04-01',
      '2027-04-01',
      'overdue',
    ]);
  });
});
