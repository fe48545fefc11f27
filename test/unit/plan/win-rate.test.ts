/** The win rate and the funnel's last three rates, of which each follows the other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PIPELINE, emptyDraft, type PlanDraft } from '../../../src/plan/draft.ts';
import { funnelFor, winRateOf } from '../../../src/plan/model/funnel.ts';
import type { Funnel } from '../../../src/plan/schemas.ts';
import { isOneThing, withFunnel, withPipeline } from '../../../src/plan/win-rate-rules.ts';

const EMPTY = emptyDraft({
  currency: 'USD',
  period: { start: '2027-01-01', end: '2027-12-31' },
  calendar: { workdays: ['mon'], holidays: [], timeOff: [], country: null, region: null },
});

const won = (draft: PlanDraft, winRate: number) =>
  withPipeline(draft, { ...(draft.pipeline ?? DEFAULT_PIPELINE), winRate });
const closing = (draft: PlanDraft, rates: Partial<Funnel>) =>
  withFunnel(draft, { ...draft.funnel, ...rates });

/** Rates as people type them: whole tenths of a percent. */
const rate = fc.integer({ min: 10, max: 1000 }).map((tenths) => tenths / 1000);

describe('the funnel follows the win rate', () => {
  it.each([
    [0.25, { demoToProposal: 0.635, proposalToContract: 0.522 }],
    [0.336, { demoToProposal: 0.7, proposalToContract: 0.6, contractToWon: 0.8 }],
    [1, { demoToProposal: 1, proposalToContract: 1, contractToWon: 1 }],
  ])('at %d', (winRate, rates) => {
    const draft = won(EMPTY, winRate);
    expect(draft.funnel).toMatchObject(rates);
    expect(draft.funnel).toEqual({ ...EMPTY.funnel, ...funnelFor(winRate) });
  });

  it('in the proportions that the pair gave it', () => {
    const own = closing(EMPTY, {
      demoToProposal: 0.9,
      proposalToContract: 0.5,
      contractToWon: 0.5,
    });
    expect(own.pipeline?.winRate).toBe(0.225);
    const { demoToProposal, proposalToContract } = won(own, 0.15).funnel;
    // 0.9 and 0.5, each to the power of ln 0.15 ÷ ln 0.225.
    expect([demoToProposal, proposalToContract]).toEqual([0.875, 0.414]);
  });

  it('and stays one thing with it, whatever is typed, however often', () => {
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 5 }), (rates) => {
        const draft = rates.reduce(won, EMPTY);
        expect(draft.pipeline?.winRate).toBe(rates.at(-1));
        expect(isOneThing(rates.at(-1) ?? 0, draft.funnel)).toBe(true);
        for (const value of Object.values(draft.funnel)) {
          expect(value).toBeGreaterThan(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the win rate follows the funnel', () => {
  it('to three figures', () => {
    expect(closing(EMPTY, { contractToWon: 0.7 }).pipeline).toEqual({
      ...DEFAULT_PIPELINE,
      winRate: 0.294,
    });
  });

  it('not where only calls and visits change', () => {
    expect(closing(EMPTY, { callToVisit: 0.1, visitToDemo: 0.5 }).pipeline).toBeNull();
  });

  it('and stays one thing with it', () => {
    fc.assert(
      fc.property(rate, rate, rate, (demoToProposal, proposalToContract, contractToWon) => {
        const draft = closing(EMPTY, { demoToProposal, proposalToContract, contractToWon });
        expect(isOneThing((draft.pipeline ?? DEFAULT_PIPELINE).winRate, draft.funnel)).toBe(true);
      }),
    );
  });
});

it('what was set apart stays apart until both say the same', () => {
  const apart = { ...EMPTY, pipeline: { ...DEFAULT_PIPELINE, winRate: 0.25 } };
  expect(won(apart, 0.28).funnel).toBe(EMPTY.funnel);
  expect(closing(apart, { contractToWon: 0.9 }).pipeline?.winRate).toBe(0.25);
  const agreed = won(apart, 0.336);
  expect(isOneThing(0.336, agreed.funnel)).toBe(true);
  expect(winRateOf(won(agreed, 0.3).funnel)).toBeCloseTo(0.3, 10);
});

it('other changes of the pipeline leave the funnel alone', () => {
  const draft = withPipeline(EMPTY, { ...DEFAULT_PIPELINE, xFactor: 4, coverage: 'period' });
  expect(draft.funnel).toBe(EMPTY.funnel);
});
