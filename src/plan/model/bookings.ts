/** Step 5: the bookings that earn the goal, and the target that follows. */
import type { Compensation, ExpansionTarget, Renewal } from '../schemas.ts';
import type { Commission } from './commission.ts';
import { type Exact, exact, max, roundHalfUp, ZERO } from './exact.ts';
import {
  type BookingsKey,
  type Explanation,
  explanation,
  moneyQuantity,
  numberQuantity,
} from './explanation.ts';
import type { IncomeFigures } from './income.ts';
import { type KnownLayers, knownLayers, type Layers } from './layers.ts';

/** No total above this many minor units is looked for. */
const MOST = 10n ** 30n;

/**
 * How a total of bookings splits into layers (spec step 5): up to Eᵣ + Tₑ an equal share of both,
 * above it both and the rest in new business.
 */
export function splitTotal(total: Exact, known: KnownLayers): Layers<Exact> {
  const both = known.renewal.add(known.expansion);
  if (total.gte(both)) {
    return {
      renewal: known.renewal,
      expansion: known.expansion,
      newBusiness: total.sub(both),
    };
  }
  const share = total.div(both);
  return {
    renewal: known.renewal.mul(share),
    expansion: known.expansion.mul(share),
    newBusiness: ZERO,
  };
}

/** The totals at which the pay's formula changes: Eᵣ + Tₑ, and where credit enters a band. */
function bends(plan: Commission, known: KnownLayers): Exact[] {
  const both = known.renewal.add(known.expansion);
  const creditOfBoth = both.sub(known.uncredited);
  const atBands = plan.bandStarts.map((attainment) => {
    const credit = attainment.mul(plan.quota);
    if (credit.gt(creditOfBoth)) return both.add(credit.sub(creditOfBoth));
    return creditOfBoth.equals(0) ? ZERO : both.mul(credit).div(creditOfBoth);
  });
  return [both, ...atBands];
}

/** The total that lies half a minor unit above `k`. */
const halfAbove = (k: bigint) => exact(2n * k + 1n).div(2);

/**
 * R in whole minor units: the least total whose commission reaches `needed`, rounded half up; null
 * where none does, be it for the cap or for want of a paying rate (spec step 5).
 *
 * The pay f is continuous and never falls, so the least total t rounds to the smallest whole k with
 * f(k + ½) ≥ needed, or to k + 1 where t is k + ½ itself. That compares exact values and never has
 * to know t, which is irrational where rates differ.
 */
export function requiredBookings(
  needed: Exact,
  plan: Commission,
  known: KnownLayers,
): bigint | null {
  if (needed.lte(0)) return 0n;
  if (plan.cap?.lt(needed)) return null;
  // Up to the cap both are the same, and without it the pay has no flat end to mistake for a root.
  const pay = (total: Exact) => plan.uncapped(splitTotal(total, known));
  const reaches = (k: bigint) => pay(halfAbove(k)).gte(needed);

  let high = 1024n;
  while (!reaches(high)) {
    if (high >= MOST) return null;
    high = high * 2n > MOST ? MOST : high * 2n;
  }
  let low = -1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return reachesOnlyAt(halfAbove(high)) ? high + 1n : high;

  /** Whether the pay is `needed` at the total and less everywhere below it. */
  function reachesOnlyAt(total: Exact): boolean {
    if (!pay(total).equals(needed)) return false;
    // Between two bends the pay is either flat or rises all the way, so its start tells which.
    const starts = bends(plan, known).filter((bend) => bend.lt(total));
    return pay(starts.reduce(max, ZERO)).lt(needed);
  }
}

/** The bookings that the plan aims at, and how they compare with quota; money in minor units. */
export interface BookingsTarget {
  /** R, rounded: the first rounding, from which the rest is exact. */
  required: Exact;
  /** Q + U: the bookings of 100 % attainment. */
  atQuota: Exact;
  /** T. */
  target: Exact;
  /** (T − U) ÷ Q. */
  attainment: Exact;
  reachable: boolean;
  belowQuota: boolean;
}

/**
 * T = max(Q + U, R): never under 100 % of quota; R = Q + U where the goal can't be reached
 * (spec step 5). `belowQuota` compares whole minor units, since part of one is no difference.
 */
export function bookingsTarget(
  needed: Exact,
  plan: Commission,
  known: KnownLayers,
): BookingsTarget {
  const atQuota = plan.quota.add(known.uncredited);
  const found = requiredBookings(needed, plan, known);
  const required = found ?? roundHalfUp(atQuota);
  const target = max(atQuota, exact(required));
  return {
    required: exact(required),
    atQuota,
    target,
    attainment: target.sub(known.uncredited).div(plan.quota),
    reachable: found !== null,
    belowQuota: required < roundHalfUp(atQuota),
  };
}

/** Steps 4 and 5 of one plan; money in minor units. */
export interface BookingsFigures extends BookingsTarget {
  known: KnownLayers;
}

export function bookingsFigures(
  income: IncomeFigures,
  { quotaCredit }: Compensation,
  renewals: readonly Renewal[],
  expansion: readonly ExpansionTarget[],
): BookingsFigures {
  const known = knownLayers(renewals, expansion, quotaCredit);
  return { ...bookingsTarget(income.variableNeeded, income.commission, known), known };
}

export function explainBookings(
  bookings: BookingsFigures,
  income: IncomeFigures,
  compensation: Compensation,
): Record<BookingsKey, Explanation> {
  const { known, required, atQuota, target, attainment, reachable } = bookings;
  const quota = { 'quota in the period': moneyQuantity(income.quota) };
  const uncredited = known.uncredited.equals(0)
    ? {}
    : { 'bookings that don’t count towards quota': moneyQuantity(known.uncredited) };
  const fullQuota = known.uncredited.equals(0) ? {} : { '100 % of quota': moneyQuantity(atQuota) };
  const { rates, cap } = compensation;

  return {
    'bookings.required': reachable
      ? explanation(
          'the least bookings whose commission, rates and accelerators counted, brings what is needed',
          {
            'commission needed': moneyQuantity(income.variableNeeded),
            'expected renewals': moneyQuantity(known.renewal),
            'expansion targets': moneyQuantity(known.expansion),
            'rate on renewals': numberQuantity('fraction', rates.renewal),
            'rate on expansion': numberQuantity('fraction', rates.expansion),
            'rate on new business': numberQuantity('fraction', rates.newBusiness),
            ...quota,
            'commission on these bookings': moneyQuantity(
              income.commission.pay(splitTotal(required, known)),
            ),
          },
          moneyQuantity(required),
        )
      : explanation(
          'no bookings bring the commission needed, so quota stands in',
          {
            'commission needed': moneyQuantity(income.variableNeeded),
            'cap on commission': income.commission.cap && moneyQuantity(income.commission.cap),
            'rate on new business':
              cap === null ? numberQuantity('fraction', rates.newBusiness) : null,
            ...quota,
            ...uncredited,
          },
          moneyQuantity(required),
        ),
    'bookings.target': explanation(
      'the larger of quota and the bookings that earn the goal',
      {
        ...quota,
        ...uncredited,
        ...fullQuota,
        'bookings that earn the goal': moneyQuantity(required),
      },
      moneyQuantity(target),
    ),
    'bookings.attainment': explanation(
      'bookings that count towards quota ÷ quota in the period',
      { target: moneyQuantity(target), ...uncredited, ...quota },
      numberQuantity('fraction', attainment),
    ),
  };
}
