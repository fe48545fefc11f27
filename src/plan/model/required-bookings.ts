/**
 * Step 5, the inversion: the least bookings whose pay reaches what is needed.
 *
 * A total t of bookings is Eᵣ + Tₑ and the rest in new business, spread over the months as they are won; below
 * Eᵣ + Tₑ it is an equal share of both. The pay of one component in one quota period (a *line*) is monotone
 * between the totals at which it bends, so the most that all of them pay in a stretch of totals is known from its
 * ends and the bends inside. Stretches that can't reach what is needed are left out, the others halved, the
 * lower half first. All comparisons are exact; the total itself, which may be irrational, never has to be known.
 */
import {
  capped,
  type Earning,
  earningOf,
  type PayComponent,
  type PaySpan,
  payIn,
  reachedBefore,
} from './component-pay.ts';
import { ceiling, type Exact, exact, max, min, roundHalfUp, ZERO } from './exact.ts';
import type { KnownLayers } from './known-layers.ts';
import { type Layers, NO_BOOKINGS } from './layers.ts';

/** No total above this many minor units is looked for. */
const MOST = 10n ** 30n;

/** One component in one quota period: what it earns of Eᵣ + Tₑ, and of each unit of new business. */
interface Line {
  span: PaySpan;
  known: Earning;
  aUnit: Earning;
  /** The totals at which its pay bends or jumps, in order. */
  bends: Exact[];
  /** Whether it never pays less on more. */
  rises: boolean;
}

/** The pay of all components as a function of the total of bookings, in minor units. */
export interface PayCurve {
  /** Eᵣ + Tₑ. */
  both: Exact;
  /** The pay at a total. */
  at(total: Exact): Exact;
  /** The pay just below a total. */
  before(total: Exact): Exact;
  /** The most that is paid anywhere from `from` to `to`; never less, at times a little more. */
  mostIn(from: Exact, to: Exact): Exact;
  /** Whether nothing more is paid on the way from `from` to `to`, between which nothing bends; caps may. */
  isFlat(from: Exact, to: Exact): boolean;
  /** The totals between `from` and `to` at which anything bends, in order. */
  bendsIn(from: Exact, to: Exact): Exact[];
}

/** `shares`: the part of new business that is won in each month; they sum to 1. */
export function payCurve(
  components: readonly PayComponent[],
  known: KnownLayers,
  shares: readonly Exact[],
): PayCurve {
  const both = known.renewal.add(known.expansion);
  const all = components.map((component) => ({
    component,
    lines: component.spans.map((span) => lineOf(component, span, { known, shares, both })),
  }));

  function earningAt(line: Line, total: Exact): Earning {
    if (total.lt(both)) return scaled(line.known, total.div(both));
    return added(line.known, scaled(line.aUnit, total.sub(both)));
  }
  const creditRises = ({ known: { credit }, aUnit }: Line, total: Exact) =>
    (total.lte(both) ? credit : aUnit.credit).gt(0);
  const payAt = (component: PayComponent, line: Line, total: Exact) =>
    payIn(component, line.span, earningAt(line, total));
  const payBefore = (component: PayComponent, line: Line, total: Exact) =>
    payIn(
      component,
      line.span,
      earningAt(line, total),
      creditRises(line, total) ? reachedBefore : undefined,
    );
  const total = (of: (component: PayComponent, line: Line) => Exact) =>
    all.reduce((sum, { component, lines }) => {
      const pay = lines.reduce((pay, line) => pay.add(of(component, line)), ZERO);
      return sum.add(capped(component, pay));
    }, ZERO);

  return {
    both,
    at: (bookings) => total((component, line) => payAt(component, line, bookings)),
    before: (bookings) => total((component, line) => payBefore(component, line, bookings)),
    mostIn: (from, to) =>
      total((component, line) =>
        (line.rises ? [to] : [from, ...between(line.bends, from, to), to])
          .map((bookings) => payAt(component, line, bookings))
          .reduce(max),
      ),
    isFlat: (from, to) =>
      all.every(({ component, lines }) => {
        const pay = (of: typeof payBefore, bookings: Exact) =>
          lines.reduce((sum, line) => sum.add(of(component, line, bookings)), ZERO);
        const atEnd = pay(payBefore, to);
        if (component.cap?.lt(atEnd)) return true;
        return pay(payAt, from.add(to).div(2)).equals(atEnd);
      }),
    bendsIn: (from, to) =>
      all
        .flatMap(({ lines }) => lines.flatMap(({ bends }) => between(bends, from, to)))
        .sort((a, b) => a.compare(b))
        .filter((bend, index, bends) => index === 0 || !bends[index - 1]?.equals(bend)),
  };
}

const between = (bends: readonly Exact[], from: Exact, to: Exact) =>
  bends.filter((bend) => bend.gt(from) && bend.lt(to));

function scaled({ credit, creditPay, plainPay }: Earning, by: Exact): Earning {
  return { credit: credit.mul(by), creditPay: creditPay.mul(by), plainPay: plainPay.mul(by) };
}

function added(one: Earning, other: Earning): Earning {
  return {
    credit: one.credit.add(other.credit),
    creditPay: one.creditPay.add(other.creditPay),
    plainPay: one.plainPay.add(other.plainPay),
  };
}

interface Spread {
  known: KnownLayers;
  shares: readonly Exact[];
  both: Exact;
}

function lineOf(component: PayComponent, span: PaySpan, { known, shares, both }: Spread): Line {
  const sumIn = (of: (index: number) => Exact) =>
    span.months.reduce((sum, index) => sum.add(of(index)), ZERO);
  const earning = (bookings: Layers<Exact>) => earningOf(component, span, bookings);
  const inSpan = earning({
    renewal: sumIn((index) => known.byMonth[index]?.renewal ?? ZERO),
    expansion: sumIn((index) => known.byMonth[index]?.expansion ?? ZERO),
    newBusiness: ZERO,
  });
  const aUnit = earning({ ...NO_BOOKINGS, newBusiness: sumIn((index) => shares[index] ?? ZERO) });
  const thresholds = [
    ...component.bands.map(({ from }) => from),
    ...component.bonuses.map(({ at }) => at),
  ];
  const bends = thresholds.flatMap((attainment): Exact[] => {
    const credit = attainment.mul(span.quota);
    if (credit.equals(0)) return [];
    if (credit.lte(inSpan.credit)) return [both.mul(credit).div(inSpan.credit)];
    if (aUnit.credit.equals(0)) return [];
    return [both.add(credit.sub(inSpan.credit).div(aUnit.credit))];
  });
  return {
    span,
    known: inSpan,
    aUnit,
    bends: [both, ...bends].sort((a, b) => a.compare(b)),
    rises: neverFalls(component, span),
  };
}

/** Pay may fall only where one layer’s credit lowers the multiplier of another that pays more. */
function neverFalls({ bands, credits }: PayComponent, { rates }: PaySpan): boolean {
  const [first, ...others] = credits.map((layer) => rates[layer]);
  if (others.every((rate) => first?.equals(rate))) return true;
  return bands.every(({ multiplier }, index) =>
    multiplier.gte(bands[index - 1]?.multiplier ?? ZERO),
  );
}

/** The total that lies half a minor unit above `k`. */
const halfAbove = (k: bigint) => exact(2n * k + 1n).div(2);

/**
 * R in whole minor units: the least total whose pay reaches `needed`, rounded half up, or up where the pay jumps
 * there; null where none up to `most` does (spec step 5).
 */
export function requiredBookings(
  needed: Exact,
  curve: PayCurve,
  most: Exact = exact(MOST),
): bigint | null {
  if (needed.lte(0)) return 0n;
  if (most.equals(0)) return null;
  let from = ZERO;
  let to = min(most, max(curve.both, exact(1024)));
  for (;;) {
    const found = leastIn(needed, curve, from, to);
    if (found !== null) return found;
    if (to.gte(most)) return null;
    [from, to] = [to, min(most, to.mul(2))];
  }
}

/** R where it lies above `from`, whose pay is short, up to `to`; else null. */
function leastIn(needed: Exact, curve: PayCurve, from: Exact, to: Exact): bigint | null {
  if (curve.mostIn(from, to).lt(needed)) return null;
  const [first, last] = [roundHalfUp(from), roundHalfUp(to)];
  // The grid of half units tells roundings apart; between two points of it they are all the same.
  if (last - first <= 1n) {
    const cut = halfAbove(first);
    if (cut.gt(from) && cut.lt(to)) {
      return crossing(needed, curve, from, cut) ?? crossing(needed, curve, cut, to);
    }
    return crossing(needed, curve, from, to);
  }
  const middle = halfAbove((first + last - 1n) / 2n);
  return leastIn(needed, curve, from, middle) ?? leastIn(needed, curve, middle, to);
}

/** The same where `from` and `to` are at most one minor unit apart, with no half unit between them. */
function crossing(needed: Exact, curve: PayCurve, from: Exact, to: Exact): bigint | null {
  let start = from;
  for (const end of [...curve.bendsIn(from, to), to]) {
    const before = curve.before(end);
    if (before.gt(needed) || (before.equals(needed) && curve.isFlat(start, end))) {
      return roundHalfUp(start.add(end).div(2));
    }
    const there = curve.at(end);
    if (there.gte(needed)) return there.gt(before) ? ceiling(end) : roundHalfUp(end);
    start = end;
  }
  return null;
}
