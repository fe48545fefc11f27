/** Steps 7 and 9: what is left for new business, what opening pipeline and SDRs bring of it. */
import { LAYERS, type PlanTerms, type Sdr } from '../schemas.ts';
import { creditBySpan, type PayComponent } from './component-pay.ts';
import type { DayWeights } from './day-weights.ts';
import { type Exact, exact, max, min, ONE, ZERO } from './exact.ts';
import type { Layers } from './layers.ts';

/** What a new business target takes; money in minor units. */
export interface NewBusinessNeeds {
  /** Tₙ. */
  target: Exact;
  /** O: what the opening pipeline brings of it. */
  opening: Exact;
  /** Cₙ: what is still to be created. */
  toCreate: Exact;
  deals: Exact;
  /** Pₙ. */
  pipeline: Exact;
  /** Deals to be created: Cₙ ÷ average deal size. */
  dealsToCreate: Exact;
  /** Oₙ: opportunities to create. */
  opportunities: Exact;
}

/**
 * O = min(Tₙ, opening × min(1 ÷ X, win rate)); Cₙ = Tₙ − O; deals = Tₙ ÷ average deal size; Pₙ = Tₙ × X; Oₙ =
 * Cₙ × X ÷ average deal size (spec step 7). Where there is no deal size there is no target.
 */
export function newBusinessNeeds(
  target: Exact,
  { pipeline, newBusiness }: Pick<PlanTerms, 'pipeline' | 'newBusiness'>,
  xFactor: number,
): NewBusinessNeeds {
  const x = exact(xFactor);
  const share = min(ONE.div(x), exact(pipeline.winRate));
  const opening = min(target, exact(pipeline.opening.newBusiness).mul(share));
  const toCreate = target.sub(opening);
  const dealsIn = (money: Exact) =>
    newBusiness.averageDealSize === null ? ZERO : money.div(newBusiness.averageDealSize);
  return {
    target,
    opening,
    toCreate,
    deals: dealsIn(target),
    pipeline: target.mul(x),
    dealsToCreate: dealsIn(toCreate),
    opportunities: dealsIn(toCreate.mul(x)),
  };
}

/**
 * What no layer fills: the largest sum of max(0, Q_c − credit) over components of which no two credit the same
 * layer, in minor units (spec step 7). `bookings`: of each month.
 */
export function uncovered(
  components: readonly PayComponent[],
  bookings: readonly Layers<Exact>[],
): Exact {
  // The best sum for each set of layers that may be credited, as bits.
  let best = Array.from({ length: 2 ** LAYERS.length }, () => ZERO);
  for (const component of components) {
    const credit = creditBySpan(component, bookings).reduce((sum, each) => sum.add(each), ZERO);
    const short = max(ZERO, component.quota.sub(credit));
    const bits = component.credits.reduce((mask, layer) => mask | (1 << LAYERS.indexOf(layer)), 0);
    best = best.map((sum, mask) =>
      (mask & bits) === bits ? max(sum, short.add(best[mask & ~bits] ?? ZERO)) : sum,
    );
  }
  return best.at(-1) ?? ZERO;
}

/**
 * Opportunities that the SDRs bring: (inbound + outbound) × qualificationRate × W ÷ M (spec step 9); 0 without
 * an SDR.
 */
export function sdrSupply(
  sdr: Sdr | null,
  { creation, daysPerMonth }: Pick<DayWeights, 'creation' | 'daysPerMonth'>,
): Exact {
  if (sdr === null || daysPerMonth.equals(0)) return ZERO;
  return exact(sdr.inboundPerMonth)
    .add(exact(sdr.outboundPerMonth))
    .mul(exact(sdr.qualificationRate))
    .mul(creation)
    .div(daysPerMonth);
}

export interface LeadGap {
  /** Opportunities that the rep has to find alone. */
  gap: Exact;
  /** Their share of all opportunities, 0 … 1. */
  share: Exact;
}

/** Gap = max(0, Oₙ − supply); share = gap ÷ Oₙ, 0 where Oₙ is 0 (spec step 9). */
export function leadGap(opportunities: Exact, supply: Exact): LeadGap {
  const gap = max(ZERO, opportunities.sub(supply));
  return { gap, share: opportunities.equals(0) ? ZERO : gap.div(opportunities) };
}
