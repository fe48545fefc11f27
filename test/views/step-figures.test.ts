/** What the goal and comp plan steps say while people type. */
import { expect, it } from 'vitest';
import { emptyDraft, openTermsOf, type PlanDraft, type StepId } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import { stepFigures } from '../../src/plan/wizard/figures-view.ts';
import { toMrkdwn } from '../../src/slack/text.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };

/** A quota of $1M at 10 %, half as much again above it, on a base of $100,000. */
function draftFor(income: number, cap: number | null = null): PlanDraft {
  const draft = emptyDraft({
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: {
      workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      holidays: [],
      timeOff: [],
      country: null,
      region: null,
    },
  });
  return {
    ...draft,
    goal: { income, livingCosts: null },
    compensation: {
      baseSalary: 100_000_00,
      quota: 1_000_000_00,
      rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0.1 },
      quotaCredit: { renewal: true, expansion: true },
      tiers: [
        { from: 0, multiplier: 1 },
        { from: 1, multiplier: 1.5 },
      ],
      cap,
      ramp: null,
    },
  };
}

const says = (step: StepId, draft: PlanDraft) =>
  toMrkdwn(stepFigures(step, draft, liveFigures(openTermsOf(draft)), US) ?? '');
const goalSays = (draft: PlanDraft) => says('goal', draft);

it('a goal above quota is told in terms of quota, with the pipeline that it takes', () => {
  expect(goalSays(draftFor(250_000_00))).toBe(
    '*$250,000* is 133% of quota; 3X is $4.0M of pipeline.',
  );
});

it('a goal below quota is its own share of quota, though the plan aims at all of it', () => {
  expect(goalSays(draftFor(182_000_00))).toBe(
    '*$182,000* is 82% of quota; 3X is $3.0M of pipeline.',
  );
});

it('a goal that no bookings earn is no share of quota', () => {
  const draft = draftFor(250_000_00, 120_000_00);
  expect(goalSays(draft)).toBe('*$250,000* in 12 months, before tax.');
  const comp = says('compensation', draft);
  expect(comp).not.toContain('of bookings');
  expect(comp).toContain('capped at $120,000');
});
