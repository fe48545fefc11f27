/** What one more deal pays (spec A4): the pay with it less the pay without it, and where that changes. */
import { monthOf, monthsBetween } from '../../time/local-date.ts';
import type { Compensation, Layer, LocalDate, Minor, Period } from '../schemas.ts';
import {
  bookingsByMonth,
  capped,
  type DatedBooking,
  earningOf,
  type PayComponent,
  type PaySpan,
  payComponent,
  payIn,
  reachedBefore,
} from './component-pay.ts';
import { ceiling, type Exact, exact, min, sum, toMinor, ZERO } from './exact.ts';
import { addLayers, type Layers, NO_BOOKINGS, sumOfLayers } from './layers.ts';

/** A quota period of a component. */
interface QuotaOf {
  /** Its name; null where there is no other. */
  component: string | null;
  /** The first and last day; null where it is all of the plan. */
  within: Period | null;
}

/** Where the next such deals begin to pay something else. */
export interface NextThreshold extends QuotaOf {
  /** Bookings that count in the quota period by then, in minor units, rounded up. */
  from: Minor;
  /** What each such deal pays from there on, in minor units. */
  each: Minor;
  /** Whether that is something else than before; if not, it pays `once` alone. */
  changes: boolean;
  /** The pay moves on from deal to deal there: `each` is what one of them pays, more or less. */
  moves: boolean;
  /** What is paid on top once it is reached, in minor units. */
  once: Minor;
}

/** What a deal pays, in minor units. */
export interface DealWorth {
  /** Of all components, after their caps; negative where its credit lowers what others pay. */
  pays: Minor;
  /** What of it is paid at once because the deal reaches something. */
  once: Minor;
  /** A cap takes all of it, or a part. */
  capped: boolean;
  /** What it counts towards first, and what counts there without it; null: no quota. */
  counts: (QuotaOf & { credit: Minor; quota: Minor }) | null;
  /** The nearest threshold beyond it; null where every further such deal pays the same. */
  next: NextThreshold | null;
}

/** A component in the quota period that the deal falls into; money in minor units. */
interface Line {
  component: PayComponent;
  span: PaySpan;
  /** What is booked in it. */
  booked: Layers<Exact>;
  /** What its other quota periods pay. */
  elsewhere: Exact;
}

/**
 * What `deal` pays on top of `bookings` (those of the plan, without it), quota periods being those of its
 * date. Pay is rounded before it is compared, so that the worths of deals entered one after another sum to
 * `payOn` of them all.
 */
export function dealWorth(
  compensation: Pick<Compensation, 'components'>,
  period: Period,
  bookings: readonly DatedBooking[],
  deal: DatedBooking,
): DealWorth {
  const lines = linesOf(compensation, period, bookings, deal.date);
  const amount = exact(deal.amount);
  const before = payOnMore(lines, deal.layer);
  const after = payOnMore(
    lines.map((line) => ({ ...line, booked: withMore(line, deal.layer, amount) })),
    deal.layer,
  );
  return {
    pays: toMinor(before.at(amount)) - toMinor(before.at(ZERO)),
    once: toMinor(
      sum(before.thresholds.filter(({ at }) => at.lte(amount)).map(({ at }) => before.jump(at))),
    ),
    capped: before.at(amount).sub(before.at(ZERO)).lt(before.uncapped(amount)),
    counts: countsTowards(lines, deal.layer),
    next: amount.gt(0) ? nextThreshold(after, amount) : null,
  };
}

function linesOf(
  { components }: Pick<Compensation, 'components'>,
  period: Period,
  bookings: readonly DatedBooking[],
  date: LocalDate,
): Line[] {
  const months = monthsBetween(period);
  const month = months.findIndex((one) => one.month === monthOf(date));
  const byMonth = bookingsByMonth(bookings, months);
  const bookedIn = (span: PaySpan) =>
    span.months.map((index) => byMonth[index] ?? NO_BOOKINGS).reduce(addLayers, NO_BOOKINGS);
  return components.flatMap((one): Line[] => {
    const component = payComponent(one, months);
    const span = component.spans.find((each) => each.months.includes(month));
    if (!span) return [];
    const others = component.spans.filter((each) => each !== span);
    const pay = (each: PaySpan) =>
      payIn(component, each, earningOf(component, each, bookedIn(each)));
    return [{ component, span, booked: bookedIn(span), elsewhere: sum(others.map(pay)) }];
  });
}

const withMore = ({ booked }: Pick<Line, 'booked'>, layer: Layer, more: Exact): Layers<Exact> => ({
  ...booked,
  [layer]: booked[layer].add(more),
});

const creditOf = ({ component, booked }: Pick<Line, 'component' | 'booked'>): Exact =>
  sumOfLayers(booked, component.credits);

function quotaPeriodOf({ component, span }: Line, lines: readonly unknown[]): QuotaOf {
  return {
    component: lines.length > 1 ? component.name : null,
    within: component.spans.length > 1 ? { start: span.start, end: span.end } : null,
  };
}

function countsTowards(lines: readonly Line[], layer: Layer): DealWorth['counts'] {
  const line = lines.find(
    ({ component, span }) => component.credits.includes(layer) && span.quota.gt(0),
  );
  if (!line) return null;
  const [credit, quota] = [toMinor(creditOf(line)), toMinor(line.span.quota)];
  return { ...quotaPeriodOf(line, lines), credit, quota };
}

interface Threshold {
  line: Line;
  /** How much more of the layer it takes, in minor units; above 0. */
  at: Exact;
}

/** The pay as a function of how much more is booked in a layer, in minor units. */
interface PayOnMore {
  lines: readonly Line[];
  at(more: Exact): Exact;
  /** What it would be without caps, less what is paid now. */
  uncapped(more: Exact): Exact;
  /** The pay just before so much is booked. */
  before(more: Exact): Exact;
  /** What is paid at once as it is. */
  jump(more: Exact): Exact;
  /** In order, one at each place. */
  thresholds: readonly Threshold[];
}

function payOnMore(lines: readonly Line[], layer: Layer): PayOnMore {
  const pay = (line: Line, more: Exact, isReached?: typeof reachedBefore) => {
    const { component, span, elsewhere } = line;
    const earning = earningOf(component, span, withMore(line, layer, more));
    return elsewhere.add(payIn(component, span, earning, isReached));
  };
  const at = (more: Exact) => sum(lines.map((line) => capped(line.component, pay(line, more))));
  const before = (more: Exact) =>
    sum(
      lines.map((line) => {
        const rises = line.component.credits.includes(layer);
        return capped(line.component, pay(line, more, rises ? reachedBefore : undefined));
      }),
    );
  const thresholds = lines.flatMap((line): Threshold[] => {
    const { component, span } = line;
    const credit = creditOf(line);
    const attainments = component.credits.includes(layer)
      ? [...component.bands.map(({ from }) => from), ...component.bonuses.map(({ at }) => at)]
      : [];
    const reached = attainments.map((one) => one.mul(span.quota).sub(credit));
    const cap = capReached(component.cap, (more) => pay(line, more));
    return [...reached, ...(cap ? [cap] : [])]
      .filter((more) => more.gt(0))
      .map((more) => ({ line, at: more }));
  });
  return {
    lines,
    at,
    before,
    uncapped: (more) => sum(lines.map((line) => pay(line, more).sub(pay(line, ZERO)))),
    jump: (more) => at(more).sub(before(more)),
    thresholds: thresholds
      .sort((one, other) => one.at.compare(other.at))
      .filter(({ at }, index, all) => !all[index - 1]?.at.equals(at)),
  };
}

/** More than anybody books, in minor units. */
const MOST = 10n ** 15n;

/**
 * How much more brings a component to its cap; null where nothing does, or it is there already. Within the minor
 * unit in which that happens pay is taken to rise evenly.
 */
function capReached(cap: Exact | null, pay: (more: Exact) => Exact): Exact | null {
  if (cap === null || pay(ZERO).gte(cap) || pay(exact(MOST)).lt(cap)) return null;
  let [short, enough] = [0n, MOST];
  while (enough - short > 1n) {
    const middle = (short + enough) / 2n;
    if (pay(exact(middle)).gte(cap)) enough = middle;
    else short = middle;
  }
  const [from, to] = [pay(exact(short)), pay(exact(enough))];
  return exact(short).add(cap.sub(from).div(to.sub(from)));
}

/** The first threshold at which deals of `amount` begin to pay something else, or that pays something itself. */
function nextThreshold(curve: PayOnMore, amount: Exact): NextThreshold | null {
  const now = curve.at(ZERO);
  const places = curve.thresholds.map(({ at }) => at);
  /** What one of them pays at the slope from `start` on, up to the threshold after it. */
  const eachFrom = (start: Exact, after: number) => {
    const following = places.slice(after).find((at) => at.gt(start));
    const end = following ? min(following, start.add(amount)) : start.add(amount);
    const paid = (following?.equals(end) ? curve.before(end) : curve.at(end)).sub(curve.at(start));
    return paid.mul(amount).div(end.sub(start));
  };
  for (const [index, { line, at }] of curve.thresholds.entries()) {
    const until = toMinor(curve.before(at).sub(now).mul(amount).div(at));
    const each = toMinor(eachFrom(at, index + 1));
    const once = toMinor(curve.jump(at));
    const changes = each !== until;
    if (!changes && once === 0) continue;
    return {
      ...quotaPeriodOf(line, curve.lines),
      from: Number(ceiling(creditOf(line).add(at))),
      each,
      changes,
      moves: movesOn(line, each),
      once,
    };
  }
  return null;
}

/** Where layers of a component earn different rates, its multiplier pays each deal a little otherwise. */
function movesOn({ component, span }: Line, each: Minor): boolean {
  const [first, ...others] = component.credits.map((layer) => span.rates[layer]);
  const isOne = others.every((rate) => first?.equals(rate));
  return each !== 0 && !isOne && component.bands.length > 1;
}
