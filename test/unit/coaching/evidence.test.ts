import { expect, test } from 'vitest';
import type { CountedDay } from '../../../src/activity/pace/pace-rules.ts';
import type { STAGES, StageRate } from '../../../src/activity/pace/stage-rate-rules.ts';
import { evidenceOf, followUpOf } from '../../../src/coaching/hour/evidence-rules.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { randomFrom } from '../../support/chance.ts';

const rate = (change: Partial<StageRate>): StageRate => ({
  verdict: 'within',
  clear: false,
  days: 21,
  n: 41,
  k: 21,
  rate: 0.51,
  low: 0.36,
  high: 0.65,
  plan: 0.66,
  ...change,
});
const ratesWith = (change: Partial<Record<(typeof STAGES)[number], StageRate>>) => {
  const none = rate({ verdict: 'unknown', rate: null, low: null, high: null, plan: null });
  return {
    callToVisit: none,
    visitToDemo: none,
    demoToProposal: none,
    proposalToContract: none,
    ...change,
  };
};

test('the weakest stage beyond chance is told, whatever is further from plan within it', () => {
  const rates = ratesWith({
    callToVisit: rate({ rate: 0.05, plan: 0.5 }),
    demoToProposal: rate({ verdict: 'below' }),
    proposalToContract: rate({ verdict: 'below', rate: 0.6, plan: 0.66 }),
  });
  expect(evidenceOf(rates)).toMatchObject({ kind: 'weak', stage: 'demoToProposal', n: 41 });
});

test('within chance nothing is called weak: what is nearest is named as that', () => {
  const rates = ratesWith({
    visitToDemo: rate({ rate: 0.6 }),
    demoToProposal: rate({ rate: 0.64 }),
  });
  expect(evidenceOf(rates)).toMatchObject({ kind: 'nearest', stage: 'visitToDemo' });
});

test('where all is at plan, or nothing is known, no stage is named', () => {
  expect(evidenceOf(ratesWith({ demoToProposal: rate({ rate: 0.7 }) }))).toEqual({ kind: 'fine' });
  expect(evidenceOf(ratesWith({}))).toEqual({ kind: 'unknown' });
});

function days(
  count: number,
  demos: number,
  proposals: (day: number) => number,
  calls = 20,
): CountedDay[] {
  const planned = { calls: 20, visits: 2, demos: 2, proposals: 1, contracts: 0 };
  return Array.from({ length: count }, (_, day) => ({
    date: addDays('2027-01-04', day),
    planned,
    done: { calls, visits: 2, demos, proposals: proposals(day), contracts: 0 },
    logged: true,
  }));
}

test('a stage that doubles over many tries is better beyond chance, and the other way round worse', () => {
  const third = days(40, 3, () => 1);
  const most = days(15, 3, (day) => (day % 5 === 0 ? 3 : 2));
  expect(followUpOf('demoToProposal', third, most)).toMatchObject({
    outcome: 'better',
    before: { n: 120, k: 40 },
    since: { n: 45, k: 33 },
  });
  expect(
    followUpOf(
      'demoToProposal',
      days(40, 3, () => 2),
      days(15, 3, (day) => day % 2),
    ),
  ).toMatchObject({
    outcome: 'worse',
  });
});

test('a little more of a few is within chance, and of next to none nothing is said', () => {
  expect(
    followUpOf(
      'demoToProposal',
      days(40, 1, (day) => day % 2),
      days(10, 1, (day) => (day < 6 ? 1 : 0)),
    ),
  ).toMatchObject({
    outcome: 'chance',
  });
  expect(
    followUpOf(
      'demoToProposal',
      days(40, 1, () => 1),
      days(3, 1, () => 1),
    ).outcome,
  ).toBe('few');
  expect(followUpOf('calls', [], []).outcome).toBe('few');
});

test('days that were not logged count neither as done nor as missed', () => {
  const unlogged = days(10, 0, () => 0, 0).map((day) => ({ ...day, logged: false }));
  const since = days(10, 2, () => 1, 20);
  expect(
    followUpOf(
      'calls',
      days(40, 2, () => 1),
      [...since, ...unlogged],
    ),
  ).toMatchObject({
    outcome: 'chance',
    since: { days: 10, n: 200, k: 200 },
  });
});

test('of tweaks that change nothing, about one in twenty seems to', () => {
  const random = randomFrom(7);
  let off = 0;
  const runs = 400;
  for (let run = 0; run < runs; run++) {
    const came = () => [0, 1, 2].filter(() => random() < 0.5).length;
    const { outcome } = followUpOf('demoToProposal', days(42, 3, came), days(10, 3, came));
    if (outcome !== 'chance') off += 1;
  }
  expect(off / runs).toBeLessThan(0.08);
  expect(off / runs).toBeGreaterThan(0.005);
});
