/** The funnel, and the win rate that is the same thing said at once. */
import type { Funnel } from '../schemas.ts';
import { type Exact, exact } from './exact.ts';

/** What usually holds from call to won deal; the last three make about one in three. */
const USUAL: Funnel = {
  callToVisit: 0.05,
  visitToDemo: 0.6,
  demoToProposal: 0.7,
  proposalToContract: 0.6,
  contractToWon: 0.8,
};

/** What the usual funnel wins of its demos. */
const USUAL_WIN_RATE = 0.336;

/** w: the share of demos that end in a won deal. */
export function demoToWon(funnel: Funnel): Exact {
  return exact(funnel.demoToProposal)
    .mul(exact(funnel.proposalToContract))
    .mul(exact(funnel.contractToWon));
}

/** The win rate that the funnel's last three rates make, a fraction. */
export function winRateOf(funnel: Funnel): number {
  return demoToWon(funnel).valueOf();
}

/**
 * The funnel of which nothing is known but the win rate (spec "Defaults"): with e = ln winRate ÷ ln 0.336,
 * 0.7ᵉ and 0.6ᵉ rounded to three decimals, 0.001 at least, and contractToWon = winRate ÷ their product, 1 at
 * most.
 */
export function funnelFor(winRate: number = USUAL_WIN_RATE): Funnel {
  const exponent = Math.log(winRate) / Math.log(USUAL_WIN_RATE);
  const part = (usual: number) => Math.max(0.001, Math.round(usual ** exponent * 1000) / 1000);
  const demoToProposal = part(USUAL.demoToProposal);
  const proposalToContract = part(USUAL.proposalToContract);
  return {
    ...USUAL,
    demoToProposal,
    proposalToContract,
    contractToWon: Math.min(
      1,
      exact(winRate)
        .div(exact(demoToProposal).mul(exact(proposalToContract)))
        .valueOf(),
    ),
  };
}
