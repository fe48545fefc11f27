/** A plan's first days: nothing is due yet by which somebody could be judged (spec *Fair measure*). */
import { describe, expect, it } from 'vitest';
import type { PlanTerms } from '../../../src/plan/schemas.ts';
import type { Health } from '../../../src/review/schemas.ts';
import type { Facts } from '../../../src/review/scorecard/baseline-rules.ts';
import { standingCounts } from '../../../src/review/standing/counts-rules.ts';
import { standingText } from '../../../src/review/standing/view.ts';
import { toMrkdwn } from '../../../src/slack/text.ts';
import { cardOf, factsOf, homesOf, measured, standingOf } from '../../support/review-month.ts';
import { specTerms } from '../../support/terms.ts';

const JANUARY = { month: 0, bookings: [], pipeline: null, counts: [0], leads: null };
const LAYERS = { renewal: null, expansion: 0, newBusiness: 1_000_00 };

/** The spec's plan, with no opening pipeline and a long cycle unless `terms` has one. */
function card(today: string, facts: Partial<Facts>, terms: Partial<PlanTerms>) {
  const plan = measured({ ...specTerms(), ...terms });
  if (!plan) throw new Error('not computed');
  const month = Number(today.slice(5, 7)) - 1;
  const first = factsOf(plan, { ...JANUARY, month });
  return cardOf(plan, { ...first, today, days: [], ...facts });
}

const late: Partial<PlanTerms> = {
  renewals: [],
  pipeline: { ...specTerms().pipeline, opening: { newBusiness: 0 } },
};
const said = { pipeline: { asOf: '2027-01-04', layers: LAYERS } };
const won = [{ date: '2027-01-04', layer: 'newBusiness' as const, amount: 50_000_00 }];

describe('how somebody stands in a plan’s first weeks', () => {
  it.each<[string, string, Partial<Facts>, Partial<PlanTerms>, Health, string]>([
    ['first Monday, nothing due', '2027-01-04', {}, late, 'too_early', 'no bookings due yet'],
    ['first Monday, a pipeline said', '2027-01-04', said, late, 'too_early', 'no bookings due yet'],
    ['first Monday, a deal won', '2027-01-05', { bookings: won }, {}, 'on_track', 'bookings'],
    ['the first days’ share of the opening', '2027-01-06', {}, {}, 'too_early', 'within chance'],
    ['the month’s last day', '2027-01-31', {}, late, 'too_early', 'no bookings due yet'],
    ['a pipeline asked, none said', '2027-02-01', {}, late, 'at_risk', 'pipeline not entered'],
  ])('%s (%s)', (_, today, facts, terms, health, reason) => {
    const stands = card(today, facts, terms);
    expect(stands.standing).toBe(health);
    const text = toMrkdwn(standingText(standingOf(stands), 'en-US'));
    expect(text).toContain(reason);
    if (health === 'too_early') {
      expect(text).toMatch(/^– .* · \*too early to say\*: /);
      expect(text).not.toMatch(/at risk|pipeline not entered/);
    }
  });

  it('is counted apart, and calls nobody', () => {
    const early = card('2027-01-04', {}, late);
    const counts = standingCounts([standingOf(early)]);
    expect(counts).toMatchObject({ reps: 1, tooEarly: 1, atRisk: 0, none: 0 });
    const nothing = { open: 0, overdue: 0 };
    const { digest, manager } = homesOf(early, {
      owes: nothing,
      isOwed: nothing,
      unanswered: null,
      backOn: null,
      streak: 0,
      hour: null,
      due: null,
    });
    const told = JSON.stringify(digest);
    expect(told).toContain('3 reps: 3 too early to say');
    expect(told).toContain('Nobody needs you more than usual');
    expect(told).not.toContain('no bookings due yet');
    expect(JSON.stringify(manager)).toContain('too early to say');
  });
});
