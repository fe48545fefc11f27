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
      first: {
        name: 'Commission',
        credits: ['renewal', 'expansion', 'newBusiness'],
        quota: 1_000_000_00,
        quotaPeriod: 'year',
        quotaStart: null,
        pays: { rate: 0.1 },
        tiers: [
          { from: 0, multiplier: 1, all: false },
          { from: 1, multiplier: 1.5, all: false },
        ],
        bonuses: [],
        cap,
        ramp: null,
      },
      otherPay: [],
      guarantee: null,
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

/** With new business in it, so that every figure is known. */
function wholeDraft(changes: Partial<PlanDraft> = {}): PlanDraft {
  return {
    ...draftFor(250_000_00),
    newBusiness: {
      carried: true,
      averageDealSize: 25_000_00,
      salesCycleDays: 30,
      sdr: null,
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    ...changes,
  };
}

const pipeline = (changes: object) => ({
  xFactor: 3,
  winRate: 0.336,
  opening: { newBusiness: 0 },
  coverage: 'cycle' as const,
  ...changes,
});
const insured = (xFactor: number) => ({ xFactor, by: '2027-04-30' });

it('an insurance says what it changes, or that nothing does', () => {
  const plan = wholeDraft();
  expect(says('insurance', plan)).toMatch(
    /^\*\$4\.33M\* of pipeline instead of \$4\.0M, from Apr 30, 2027 on\.\n\d+ calls a day instead of \d+.*: that is the premium\.$/u,
  );
  expect(says('insurance', { ...plan, insurance: insured(3) })).toBe(
    'This insures nothing yet: a higher X would, or a risk with what it may cost.',
  );
  const risk = { probability: 0.5, impact: 300_000_00, trigger: '', mitigation: '' };
  const risky = {
    ...plan,
    insurance: insured(3),
    risks: [{ id: 'k', label: 'x', kind: 'other' as const, ...risk }],
  };
  expect(says('insurance', risky)).toMatch(
    /^The pipeline stays at \*\$4\.0M\*\.\n\d+ calls a day instead of/u,
  );
  // A thousandth more can't be seen in the pipeline as it is written, nor in rounded counts.
  expect(says('insurance', { ...plan, insurance: insured(3.0001) })).not.toMatch(
    /(\S+) instead of \1/u,
  );
});

it('a thin X says what it gives, and never that 3X asks for 3X', () => {
  const thin = wholeDraft({ pipeline: pipeline({ winRate: 0.25 }) });
  expect(says('pipeline', thin)).toContain(
    '3X with a 25% win rate reaches ten wins about one time in five. 4X gets you past half.',
  );
  for (const winRate of [0.33, 0.3334, 0.3279]) {
    const said = says('pipeline', wholeDraft({ pipeline: pipeline({ winRate }) }));
    expect(said).not.toMatch(/reaches ten wins/u);
  }
});

it('win rate and funnel are one thing, or both numbers are said in both steps', () => {
  const one = wholeDraft();
  const apart = wholeDraft({ pipeline: pipeline({ winRate: 0.25 }) });
  for (const step of ['pipeline', 'activities'] as const) {
    expect(says(step, one)).toContain('That is your win rate, 33.6%');
    expect(says(step, one)).not.toContain('The win rate says');
    expect(says(step, apart)).toContain(
      'The win rate says 25%, the funnel’s last three rates multiply to 33.6%',
    );
  }
});

it('an account manager reads nothing of hunting', () => {
  const am = wholeDraft({
    newBusiness: {
      carried: false,
      averageDealSize: null,
      salesCycleDays: 30,
      sdr: null,
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
  });
  const said = ['pipeline', 'newBusiness', 'activities', 'insurance'] as const;
  for (const step of said)
    expect(says(step, am)).not.toMatch(/yours to find|SDR|opportunit|[1-9]\d* calls/u);
  expect(says('newBusiness', am)).toContain(
    '*$1.0M* of quota that nothing in the plan brings yet.',
  );
  expect(says('newBusiness', am)).toContain('More expansion targets would cover it');
});
