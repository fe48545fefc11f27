/** What the exact arithmetic of a plan costs beside the same formulas in floating-point numbers. */
import { test } from 'vitest';
import { computePlan } from '../../src/plan/model/compute.ts';
import type { PlanTerms } from '../../src/plan/schemas.ts';
import { specTerms } from '../support/terms.ts';
import { addFigure, atMost, median, rounds } from './figure.ts';
import { floatPlan } from './float-plan.ts';

/** A round takes about so long (ms), however long one plan takes. */
const ROUND_MS = 400;

/** Its renewals, each of another amount, on another day. */
function termsOf(renewals: number): PlanTerms {
  const terms = specTerms();
  const [first] = terms.renewals;
  if (!first) throw new Error('no renewal to take as a pattern');
  return {
    ...terms,
    renewals: Array.from({ length: renewals }, (_, n) => ({
      ...first,
      account: `Account ${n}`,
      amount: 100_000 + 7 * n,
      date: `2027-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
      pressureTested: (n % 101) / 100,
    })),
  };
}

/** How long one takes, in ms: the median, since the compiler and the collector come in between. */
function timeOf(compute: (terms: PlanTerms) => unknown, terms: PlanTerms): number {
  const took: number[] = [];
  for (const end = performance.now() + ROUND_MS; performance.now() < end || took.length < 3; ) {
    const started = performance.now();
    compute(terms);
    took.push(performance.now() - started);
  }
  return median(took);
}

test.for([10, 100, 1_000, 10_000])('a plan of %i renewals computed', async (renewals, { task }) => {
  const terms = termsOf(renewals);
  const found = await rounds({
    bare: () => timeOf(floatPlan, terms),
    ours: () => timeOf(computePlan, terms),
  });
  const name = `plan of ${renewals.toLocaleString('en')} renewals computed, beside floats`;
  addFigure(task, { name, unit: 'ms', goal: atMost(3) }, found, (ms) => ms);
});
