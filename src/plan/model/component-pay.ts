/** Step 3: what a comp plan pays on bookings, quota period by quota period. */
import { type Month, monthOf, monthsBetween } from '../../time/local-date.ts';
import {
  type Compensation,
  type Component,
  LAYERS,
  type Layer,
  type Minor,
  type Period,
} from '../schemas.ts';
import { type Exact, exact, min, ONE, toMinor, ZERO } from './exact.ts';
import { addLayers, type Layers, layersOf, NO_BOOKINGS, sumOfLayers } from './layers.ts';
import { type QuotaSpan, quotaOf, quotaSpans } from './quota-spans.ts';

interface Band {
  from: Exact;
  multiplier: Exact;
  all: boolean;
}

interface FlatBonus {
  at: Exact;
  /** For a whole quota period. */
  amount: Exact;
}

/** A quota period with what it pays at 1×; money in minor units. */
export interface PaySpan extends QuotaSpan {
  rates: Layers<Exact>;
}

/** A component made ready for many questions. */
export interface PayComponent {
  name: string;
  credits: readonly Layer[];
  spans: readonly PaySpan[];
  bands: readonly Band[];
  bonuses: readonly FlatBonus[];
  /** For the whole period, in minor units. */
  cap: Exact | null;
  /** Q_c, in minor units. */
  quota: Exact;
}

/** What counts in a quota period; money in minor units. */
export interface Earning {
  /** K: what counts towards the quota. */
  credit: Exact;
  /** What that pays at 1×. */
  creditPay: Exact;
  /** What the other layers pay, whatever the attainment. */
  plainPay: Exact;
}

/** The rates of each layer in a quota period: see `Pays`; `atTarget` × its months ÷ 12 ÷ Q_cp (or the unramped one). */
function ratesIn({ pays, credits }: Component, span: QuotaSpan): Layers<Exact> {
  if ('rates' in pays) return layersOf((layer) => exact(pays.rates[layer]));
  const rate =
    'rate' in pays
      ? exact(pays.rate)
      : exact(pays.atTarget)
          .mul(span.months.length)
          .div(12)
          .div(span.quota.equals(0) ? span.unramped : span.quota);
  return layersOf((layer) => (credits.includes(layer) ? rate : ZERO));
}

export function payComponent(component: Component, months: readonly Month[]): PayComponent {
  const spans = quotaSpans(component, months);
  return {
    name: component.name,
    credits: component.credits,
    spans: spans.map((span) => ({ ...span, rates: ratesIn(component, span) })),
    bands: bandsOf(component.tiers),
    bonuses: component.bonuses.map(({ at, amount }) => ({ at: exact(at), amount: exact(amount) })),
    cap: component.cap === null ? null : exact(component.cap),
    quota: quotaOf(spans),
  };
}

/** What bookings by layer count for in a quota period. */
export function earningOf(
  { credits }: Pick<PayComponent, 'credits'>,
  { rates }: PaySpan,
  bookings: Layers<Exact>,
): Earning {
  let [credit, creditPay, plainPay] = [ZERO, ZERO, ZERO];
  for (const layer of LAYERS) {
    if (bookings[layer].equals(0)) continue;
    const pay = rates[layer].mul(bookings[layer]);
    if (credits.includes(layer)) {
      credit = credit.add(bookings[layer]);
      creditPay = creditPay.add(pay);
    } else {
      plainPay = plainPay.add(pay);
    }
  }
  return { credit, creditPay, plainPay };
}

/** Whether an attainment is reached; `before`: just before it gets there, where it is still to rise. */
type Reached = (attainment: Exact, at: Exact) => boolean;
const reached: Reached = (attainment, at) => attainment.gte(at);
export const reachedBefore: Reached = (attainment, at) => attainment.gt(at);

/** ∫ multiplier over 0 … attainment; below the highest `all` band that is reached its own counts. */
function areaUnder(bands: readonly Band[], attainment: Exact, isReached: Reached): Exact {
  const top = bands.findLastIndex(({ all, from }) => all && isReached(attainment, from));
  let area = ZERO;
  for (const [index, { from, multiplier }] of bands.entries()) {
    if (index < top) continue;
    const start = index === top ? ZERO : from;
    if (attainment.lte(start)) break;
    const next = bands[index + 1];
    const end = next ? min(next.from, attainment) : attainment;
    area = area.add(end.sub(start).mul(multiplier));
  }
  return area;
}

/** The multiplier that is paid on average up to an attainment, above 0, before a tier that begins there. */
export function averageMultiplier(tiers: Component['tiers'], attainment: number): Exact {
  return areaUnder(bandsOf(tiers), exact(attainment), reachedBefore).div(exact(attainment));
}

function bandsOf(tiers: Component['tiers']): Band[] {
  return tiers.map(({ from, multiplier, all }) => ({
    from: exact(from),
    multiplier: exact(multiplier),
    all,
  }));
}

/**
 * The pay of a quota period, in minor units (spec step 3): plain pay + pay at 1× × the average multiplier
 * over what K ÷ Q_cp crosses + the bonuses that it reaches. Where Q_cp is 0 the multiplier is 1 and there
 * is no bonus.
 */
export function payIn(
  { bands, bonuses }: Pick<PayComponent, 'bands' | 'bonuses'>,
  { quota, share }: PaySpan,
  { credit, creditPay, plainPay }: Earning,
  isReached: Reached = reached,
): Exact {
  if (quota.equals(0)) return plainPay.add(creditPay);
  if (credit.equals(0)) return plainPay;
  const attainment = credit.div(quota);
  const multiplier = isFlat(bands) ? ONE : areaUnder(bands, attainment, isReached).div(attainment);
  let pay = plainPay.add(creditPay.mul(multiplier));
  for (const { at, amount } of bonuses) {
    if (isReached(attainment, at)) pay = pay.add(amount.mul(share));
  }
  return pay;
}

const isFlat = ([first, ...others]: readonly Band[]) =>
  others.length === 0 && first?.multiplier.equals(1) === true;

export function capped({ cap }: Pick<PayComponent, 'cap'>, pay: Exact): Exact {
  return cap === null ? pay : min(cap, pay);
}

/** What the component has earned by each month's end, in minor units, on the bookings of each month. */
export function earnedByMonth(
  component: PayComponent,
  bookings: readonly Layers<Exact>[],
): Exact[] {
  const earned: Exact[] = [];
  let before = ZERO;
  for (const span of component.spans) {
    let inSpan = NO_BOOKINGS;
    let pay = ZERO;
    for (const index of span.months) {
      inSpan = addLayers(inSpan, bookings[index] ?? NO_BOOKINGS);
      pay = payIn(component, span, earningOf(component, span, inSpan));
      earned[index] = capped(component, before.add(pay));
    }
    before = before.add(pay);
  }
  return earned;
}

/** Bookings that count towards each quota period, in minor units, on the bookings of each month. */
export function creditBySpan(
  { spans, credits }: PayComponent,
  bookings: readonly Layers<Exact>[],
): Exact[] {
  return spans.map(({ months }) =>
    months.reduce(
      (credit, index) => credit.add(sumOfLayers(bookings[index] ?? NO_BOOKINGS, credits)),
      ZERO,
    ),
  );
}

/** Something booked; minor units. */
export interface DatedBooking {
  /** Local date. */
  date: string;
  layer: Layer;
  amount: Minor;
}

/** Bookings by month of the period; what lies outside of it is left out. */
export function bookingsByMonth(
  bookings: readonly DatedBooking[],
  months: readonly Month[],
): Layers<Exact>[] {
  const indexOf = new Map(months.map(({ month }, index) => [month, index]));
  const sums = months.map(() => layersOf(() => 0n));
  for (const { date, layer, amount } of bookings) {
    const sum = sums[indexOf.get(monthOf(date)) ?? -1];
    if (sum) sum[layer] += BigInt(amount);
  }
  return sums.map((sum) => layersOf((layer) => exact(sum[layer])));
}

/** The variable pay on dated bookings in a period, in minor units, unrounded: all components, after their caps. */
export function exactPayOn(
  compensation: Pick<Compensation, 'components'>,
  period: Period,
  bookings: readonly DatedBooking[],
): Exact {
  const months = monthsBetween(period);
  const byMonth = bookingsByMonth(bookings, months);
  return compensation.components.reduce((total, component) => {
    const earned = earnedByMonth(payComponent(component, months), byMonth);
    return total.add(earned.at(-1) ?? ZERO);
  }, ZERO);
}

/** The same, rounded half up. */
export function payOn(
  compensation: Pick<Compensation, 'components'>,
  period: Period,
  bookings: readonly DatedBooking[],
): Minor {
  return toMinor(exactPayOn(compensation, period, bookings));
}
