import type { Compensation, Minor } from '../schemas.ts';
import { type Exact, exact, min, sum, toMinor, ZERO } from './exact.ts';
import { type Layers, mapLayers } from './layers.ts';

/**
 * Quota in the period, in minor units (spec step 2).
 * Q = quota × months / 12; with `ramp` (a fraction a month) Σ quota / 12 × ramp of each month.
 */
export function quotaInPeriod(
  { quota, ramp }: Pick<Compensation, 'quota' | 'ramp'>,
  months: number,
): Exact {
  const quotaMonths = ramp === null ? exact(months) : sum(ramp.map(exact));
  return exact(quota).mul(quotaMonths).div(12);
}

interface Band {
  from: Exact;
  multiplier: Exact;
}

/** A comp plan made ready for many questions; its money is in minor units. */
export interface Commission {
  /** The pay for bookings by layer, as if there were no cap. */
  uncapped(bookings: Layers<Exact>): Exact;
  /** The pay for bookings by layer. */
  pay(bookings: Layers<Exact>): Exact;
  cap: Exact | null;
  /** Attainments at which the marginal multiplier changes, in order, 0 first. */
  bandStarts: readonly Exact[];
  credits: Layers<boolean>;
  quota: Exact;
}

/** attainment → ∫ multiplier over 0 … attainment; what lies under whole bands is summed once. */
function areaUnder(bands: readonly Band[]): (attainment: Exact) => Exact {
  let before = ZERO;
  const stacked = bands.map(({ from, multiplier }, index) => {
    const band = { from, multiplier, before };
    const next = bands[index + 1];
    if (next) before = before.add(next.from.sub(from).mul(multiplier));
    return band;
  });
  return (attainment) => {
    const last = stacked.findLast(({ from }) => attainment.gt(from));
    return last ? last.before.add(attainment.sub(last.from).mul(last.multiplier)) : ZERO;
  };
}

/**
 * The comp plan as a function of bookings (spec step 3).
 *
 * Tiers are marginal bands on attainment a = C ÷ Q, C being the credited bookings (new business
 * always credits). The average multiplier is (∫₀ᵃ multiplier) ÷ a. A credited layer earns its rate
 * × that average × its bookings, an uncredited one its plain rate × its bookings. `cap` bounds the
 * sum. The pay is continuous in the bookings and never falls.
 */
export function commission(compensation: Compensation, quota: Exact): Commission {
  const rates = mapLayers(compensation.rates, exact);
  const credits = { ...compensation.quotaCredit, newBusiness: true };
  const cap = compensation.cap === null ? null : exact(compensation.cap);
  const bands = compensation.tiers.map(({ from, multiplier }) => ({
    from: exact(from),
    multiplier: exact(multiplier),
  }));
  const area = areaUnder(bands);

  function uncapped(bookings: Layers<Exact>): Exact {
    let [credited, creditedPay, plainPay] = [ZERO, ZERO, ZERO];
    for (const layer of ['renewal', 'expansion', 'newBusiness'] as const) {
      const pay = rates[layer].mul(bookings[layer]);
      if (credits[layer]) {
        credited = credited.add(bookings[layer]);
        creditedPay = creditedPay.add(pay);
      } else {
        plainPay = plainPay.add(pay);
      }
    }
    if (credited.equals(0)) return plainPay;
    const attainment = credited.div(quota);
    const multiplier = area(attainment).div(attainment);
    return plainPay.add(creditedPay.mul(multiplier));
  }

  return {
    uncapped,
    pay: (bookings) => (cap === null ? uncapped(bookings) : min(cap, uncapped(bookings))),
    cap,
    bandStarts: bands.map(({ from }) => from),
    credits,
    quota,
  };
}

/** The commission on bookings by layer in a period of `months`; both in minor units. */
export function commissionOn(
  bookings: Layers<Minor>,
  compensation: Compensation,
  months: number,
): Minor {
  const plan = commission(compensation, quotaInPeriod(compensation, months));
  return toMinor(plan.pay(mapLayers(bookings, exact)));
}
