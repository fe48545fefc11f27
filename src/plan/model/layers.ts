import type { Compensation, ExpansionTarget, Renewal } from '../schemas.ts';
import { type Exact, sumOfIntegers, sumOfProducts, ZERO } from './exact.ts';

/** A figure for each of the three layers that bookings come from. */
export interface Layers<T> {
  renewal: T;
  expansion: T;
  newBusiness: T;
}

/** `of(layer)` for each. */
export function layersOf<T>(of: (layer: keyof Layers<unknown>) => T): Layers<T> {
  return { renewal: of('renewal'), expansion: of('expansion'), newBusiness: of('newBusiness') };
}

export function mapLayers<T, U>(layers: Layers<T>, map: (value: T) => U): Layers<U> {
  return layersOf((layer) => map(layers[layer]));
}

/** What the plan knows before the inversion, in minor units. */
export interface KnownLayers {
  /** Eᵣ: what the pressure-tested renewals are expected to bring. */
  renewal: Exact;
  /** Tₑ: the expansion targets. */
  expansion: Exact;
  /** U: those of the two that don't credit quota. */
  uncredited: Exact;
}

/** Eᵣ = Σ amount × pressure-tested likelihood, in minor units (spec step 4). */
function expectedRenewals(renewals: readonly Pick<Renewal, 'amount' | 'pressureTested'>[]): Exact {
  return sumOfProducts(
    renewals.map(({ amount, pressureTested }) => [amount, pressureTested] as const),
  );
}

/** Tₑ = Σ targets, in minor units (spec step 4). */
function expansionTarget(expansion: readonly Pick<ExpansionTarget, 'target'>[]): Exact {
  return sumOfIntegers(expansion.map(({ target }) => target));
}

/** The layers that are known before the inversion, and U, the uncredited of them (spec step 4). */
export function knownLayers(
  renewals: readonly Renewal[],
  expansion: readonly ExpansionTarget[],
  quotaCredit: Compensation['quotaCredit'],
): KnownLayers {
  const renewal = expectedRenewals(renewals);
  const target = expansionTarget(expansion);
  const uncredited = (quotaCredit.renewal ? ZERO : renewal).add(
    quotaCredit.expansion ? ZERO : target,
  );
  return { renewal, expansion: target, uncredited };
}
