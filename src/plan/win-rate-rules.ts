/** The win rate and the last three rates of the funnel: one thing said twice (spec A5). */
import { DEFAULT_PIPELINE, type PlanDraft } from './draft.ts';
import { exact, toNumber } from './model/exact.ts';
import { funnelFor, winRateOf } from './model/funnel.ts';
import type { Funnel, Pipeline } from './schemas.ts';

type ClosingRates = Pick<Funnel, 'demoToProposal' | 'proposalToContract' | 'contractToWon'>;

/** A win rate is written with three figures: nobody sees less than that. */
const UNSEEN = 0.006;

/** Whether the funnel wins as many of its demos as the win rate says, as far as people can see. */
export function isOneThing(winRate: number, funnel: Funnel): boolean {
  return Math.abs(winRateOf(funnel) / winRate - 1) < UNSEEN;
}

const closingRates = ({ demoToProposal, proposalToContract, contractToWon }: Funnel) => ({
  demoToProposal,
  proposalToContract,
  contractToWon,
});

/**
 * The draft with another pipeline. Where win rate and funnel were one thing, the funnel's last three rates
 * follow a new win rate.
 */
export function withPipeline(draft: PlanDraft, pipeline: Pipeline): PlanDraft {
  const before = (draft.pipeline ?? DEFAULT_PIPELINE).winRate;
  const follows = pipeline.winRate !== before && isOneThing(before, draft.funnel);
  const funnel = follows
    ? { ...draft.funnel, ...closingRatesAt(pipeline.winRate, before, draft.funnel) }
    : draft.funnel;
  return { ...draft, pipeline, funnel };
}

/**
 * The draft with another funnel. Where win rate and funnel were one thing, the win rate follows new last
 * rates, to three figures.
 */
export function withFunnel(draft: PlanDraft, funnel: Funnel): PlanDraft {
  const pipeline = draft.pipeline ?? DEFAULT_PIPELINE;
  const won = winRateOf(funnel);
  const follows = won !== winRateOf(draft.funnel) && isOneThing(pipeline.winRate, draft.funnel);
  if (!follows) return { ...draft, funnel };
  return { ...draft, funnel, pipeline: { ...pipeline, winRate: Number(won.toPrecision(3)) } };
}

/**
 * The three rates that make `winRate`, in the proportions of `funnel`, which made `before`: each to the
 * power of ln winRate ÷ ln before, rounded as the default funnel is (spec "Defaults").
 */
function closingRatesAt(winRate: number, before: number, funnel: Funnel): ClosingRates {
  const usual = closingRates(funnelFor(winRate));
  const wasUsual = isSame(closingRates(funnelFor(before)), closingRates(funnel));
  if (wasUsual || winRateOf(funnel) === 1) return usual;
  const power = Math.log(winRate) / Math.log(winRateOf(funnel));
  const part = (rate: number) => Math.max(0.001, Math.round(rate ** power * 1000) / 1000);
  const demoToProposal = part(funnel.demoToProposal);
  const proposalToContract = part(funnel.proposalToContract);
  const rest = toNumber(exact(winRate).div(exact(demoToProposal).mul(exact(proposalToContract))));
  // The last one can make up for rounding only as far as 1.
  return rest > 1 ? usual : { demoToProposal, proposalToContract, contractToWon: rest };
}

const isSame = (one: ClosingRates, other: ClosingRates) =>
  one.demoToProposal === other.demoToProposal &&
  one.proposalToContract === other.proposalToContract &&
  one.contractToWon === other.contractToWon;
