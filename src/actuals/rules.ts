/** What was won so far and was due by then, how far pipeline goes, and which renewal is meant. Money in minor units. */
import type { DatedBooking } from '../plan/model/component-pay.ts';
import { type Layers, layersOf } from '../plan/model/layers.ts';
import type { Milestone } from '../plan/model/milestones.ts';
import type { Layer } from '../plan/schemas.ts';
import { lastDayOfMonth, monthOf } from '../time/local-date.ts';
import type { Outcome } from './schemas.ts';

interface Booking {
  date: string;
  layer: Layer;
  outcome: Outcome;
  amount: number;
}

/** What was won, as the comp plan pays it; what was lost counts for nothing. */
export function bookingsOf(deals: readonly Booking[]): DatedBooking[] {
  return deals
    .filter(({ outcome }) => outcome === 'won')
    .map(({ date, layer, amount }) => ({ date, layer, amount }));
}

/** Won up to a local date with it, by layer; what was lost counts for nothing. */
export function bookedBy(deals: readonly Booking[], date: string): Layers<number> {
  return sumsOf(deals.filter((deal) => deal.outcome === 'won' && deal.date <= date));
}

/** The amounts of each layer together. */
export function sumsOf(bookings: readonly { layer: Layer; amount: number }[]): Layers<number> {
  return layersOf((layer) =>
    bookings.filter((one) => one.layer === layer).reduce((sum, { amount }) => sum + amount, 0),
  );
}

/** What is due in a layer by the end of the month of `date`; null outside the plan. */
export function dueBy(
  milestones: readonly Milestone[],
  layer: Layer,
  date: string,
): { amount: number; by: string } | null {
  const milestone = milestones.find(({ month }) => month === monthOf(date));
  return milestone ? { amount: milestone.bookings[layer], by: lastDayOfMonth(date) } : null;
}

/** How far the open pipeline of a layer goes. */
export interface LayerCoverage {
  /** Null: nothing was said. */
  pipeline: number | null;
  /** What is to be open (spec step 12). */
  asked: number;
  /**
   * X × pipeline ÷ asked: the X at hand, as far as a sales cycle ahead. Null where either is missing, and of
   * renewals, which are pressure-tested instead.
   */
  factor: number | null;
}

export interface Coverage {
  layers: Layers<LayerCoverage>;
  /** Expansion and new business together, as far as something was said of them. */
  whole: LayerCoverage;
}

/**
 * Qualified pipeline against what the plan has open by then, as a multiple: the one place that says so.
 * `asked`: of the milestone; `xFactor`: the X that holds at it (see `xFactorOn`).
 */
export function coverage({
  pipeline,
  asked,
  xFactor,
}: {
  pipeline: Layers<number | null> | null;
  asked: Layers<number>;
  xFactor: number;
}): Coverage {
  const covered = (said: number | null, wanted: number): LayerCoverage => ({
    pipeline: said,
    asked: wanted,
    factor: said === null || wanted <= 0 ? null : (xFactor * said) / wanted,
  });
  const saidOf = (layer: Layer) => pipeline?.[layer] ?? null;
  const said = (['expansion', 'newBusiness'] as const).filter((layer) => saidOf(layer) !== null);
  const sum = (of: (layer: Layer) => number) => said.reduce((all, layer) => all + of(layer), 0);
  return {
    layers: {
      ...layersOf((layer) => covered(saidOf(layer), asked[layer])),
      renewal: { ...covered(saidOf('renewal'), asked.renewal), factor: null },
    },
    whole: covered(
      said.length === 0 ? null : sum((layer) => saidOf(layer) ?? 0),
      sum((layer) => asked[layer]),
    ),
  };
}

/** The plan's X, and from the insurance's date on the insured one. */
export function xFactorOn(
  date: string,
  {
    pipeline,
    insurance,
  }: {
    pipeline: { xFactor: number };
    insurance: { xFactor: number; by: string };
  },
): number {
  return date >= insurance.by ? insurance.xFactor : pipeline.xFactor;
}

interface Row {
  /** Of the row in the plan. */
  id: string;
  account: string;
}

interface Settlement {
  renewalId: string | null;
}

/**
 * What two spellings of a name have in common: neither case nor spaces nor accents count, and letters
 * that look or mean the same are one (NFKC). Signs of other scripts that spell vowels stay.
 */
export function accountKey(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036F\s\u200B-\u200D\u2060\uFEFF]/g, '')
    .normalize('NFC');
}

type RenewalMatch<R extends Row, S extends Settlement> =
  | { kind: 'one'; renewal: R }
  /** Which of them is for the person to say. */
  | { kind: 'several'; renewals: R[] }
  /** Each is settled already; by the last of these. */
  | { kind: 'settled'; by: S }
  | { kind: 'none' };

/** Those that nothing has settled yet. */
export function openRenewals<R extends Row>(
  renewals: readonly R[],
  settled: readonly Settlement[],
): R[] {
  const done = new Set(settled.map(({ renewalId }) => renewalId));
  return renewals.filter(({ id }) => !done.has(id));
}

/** Finds the account among the plan's renewals; one that is open goes before one that is settled. */
export function matchRenewal<R extends Row, S extends Settlement>(
  renewals: readonly R[],
  settled: readonly S[],
  account: string,
): RenewalMatch<R, S> {
  const key = accountKey(account);
  const meant = renewals.filter((row) => accountKey(row.account) === key);
  const [one, ...others] = openRenewals(meant, settled);
  if (one) {
    return others.length === 0
      ? { kind: 'one', renewal: one }
      : { kind: 'several', renewals: [one, ...others] };
  }
  const by = settled.findLast(({ renewalId }) => meant.some(({ id }) => id === renewalId));
  return by ? { kind: 'settled', by } : { kind: 'none' };
}
