/** What the lines of a comp plan refer to: 100 % of quota, and the rate at 1×. */
import { type Exact, exact } from '../model/exact.ts';
import {
  type Component,
  LAYERS,
  type Layer,
  type Minor,
  type Pays,
  type QuotaPeriod,
} from '../schemas.ts';

/** A commission rate as a fraction, and the credited layers that earn it. */
export interface BaseRate {
  rate: Exact;
  layers: Layer[];
}

export interface Basis {
  /** Of one quota period; null while it isn't known. */
  quota: Minor | null;
  /** The different rates of the credited layers, none of them 0; none where they aren't known. */
  rates: readonly BaseRate[];
}

export const PERIODS_A_YEAR: Record<QuotaPeriod, number> = {
  year: 1,
  half: 2,
  quarter: 4,
  month: 12,
};

/** What a layer earns at 1×, as a fraction of its bookings: at the quota without its ramp. */
function rateOf(
  layer: Layer,
  {
    pays,
    credits,
    quota,
    quotaPeriod,
  }: Pick<Component, 'pays' | 'credits' | 'quota' | 'quotaPeriod'>,
): Exact {
  if ('rates' in pays) return exact(pays.rates[layer]);
  if (!credits.includes(layer)) return exact(0);
  if ('rate' in pays) return exact(pays.rate);
  return exact(pays.atTarget).div(exact(quota).mul(PERIODS_A_YEAR[quotaPeriod]));
}

/** What the lines of a component that is whole refer to. */
export function basisOf(
  component: Pick<Component, 'pays' | 'credits' | 'quota' | 'quotaPeriod'>,
): Basis {
  const rates: BaseRate[] = [];
  for (const layer of LAYERS.filter((one) => component.credits.includes(one))) {
    const rate = rateOf(layer, component);
    const same = rates.find((one) => one.rate.equals(rate));
    if (same) same.layers.push(layer);
    else if (!rate.equals(0)) rates.push({ rate, layers: [layer] });
  }
  return { quota: component.quota, rates };
}

/** The rate at 1×, where all credited layers that earn anything have the same; else null. */
export function baseRate({ rates }: Pick<Basis, 'rates'>): Exact | null {
  const [only, ...others] = rates;
  return only && others.length === 0 ? only.rate : null;
}

/** The main rate of a component and those that differ from it; what isn't credited differs from nothing. */
export function ratesApart(
  pays: Extract<Pays, { rates: unknown }>,
  credits: readonly Layer[],
): { rate: number; others: Partial<Record<Layer, number>> } {
  const main = credits.includes('newBusiness') ? 'newBusiness' : (credits[0] ?? 'newBusiness');
  const rate = pays.rates[main];
  const usual = (layer: Layer) => (credits.includes(layer) ? rate : 0);
  const others = LAYERS.filter((layer) => pays.rates[layer] !== usual(layer));
  return { rate, others: Object.fromEntries(others.map((layer) => [layer, pays.rates[layer]])) };
}

/** The rates as a component keeps them: one where every credited layer earns the same and nothing else does. */
export function paysOf(
  rate: number,
  others: Partial<Record<Layer, number>>,
  credits: readonly Layer[],
): Pays {
  const of = (layer: Layer) => others[layer] ?? (credits.includes(layer) ? rate : 0);
  const isOne = LAYERS.every((layer) => of(layer) === (credits.includes(layer) ? rate : 0));
  if (isOne) return { rate };
  return {
    rates: {
      renewal: of('renewal'),
      expansion: of('expansion'),
      newBusiness: of('newBusiness'),
    },
  };
}
