/** The second implementation's pay (spec, steps 2, 3 and 5): quota period by quota period, and its inverse. */
import type { Component, Layer, Tier } from '../../src/plan/schemas.ts';
import { ONE, Ratio, ZERO } from './naive-ratio.ts';

type ByLayer = Record<Layer, Ratio>;
/** What is booked in each month, not added up. */
export type Spread = Record<Layer, Ratio[]>;

const LAYER_NAMES = ['renewal', 'expansion', 'newBusiness'] as const;
const LENGTHS = { year: 12, half: 6, quarter: 3, month: 1 };
const monthNumber = (name: string) => Number(name.slice(0, 4)) * 12 + Number(name.slice(5, 7));

interface NaiveQuotaPeriod {
  /** Indices in the plan. */
  months: number[];
  quota: Ratio;
  /** How much of a whole quota period it is. */
  share: Ratio;
  rates: ByLayer;
}

function naiveQuotaPeriods(component: Component, months: string[]): NaiveQuotaPeriod[] {
  const length = LENGTHS[component.quotaPeriod];
  const start = monthNumber(component.quotaStart ?? months[0] ?? '');
  const groups = new Map<number, number[]>();
  months.forEach((name, index) => {
    const group = Math.floor((monthNumber(name) - start) / length);
    groups.set(group, [...(groups.get(group) ?? []), index]);
  });
  const monthly = Ratio.of(component.quota).over(Ratio.of(length));
  return [...groups.values()].map((indices) => {
    const quota = Ratio.sum(
      indices.map((index) => monthly.times(Ratio.of(component.ramp?.[index] ?? 1))),
    );
    const unramped = monthly.times(Ratio.of(indices.length));
    return {
      months: indices,
      quota,
      share: Ratio.of(indices.length).over(Ratio.of(length)),
      rates: ratesOf(component, indices.length, quota.isZero ? unramped : quota),
    };
  });
}

function ratesOf({ pays, credits }: Component, months: number, quota: Ratio): ByLayer {
  if ('rates' in pays) {
    return {
      renewal: Ratio.of(pays.rates.renewal),
      expansion: Ratio.of(pays.rates.expansion),
      newBusiness: Ratio.of(pays.rates.newBusiness),
    };
  }
  const rate =
    'rate' in pays
      ? Ratio.of(pays.rate)
      : Ratio.of(pays.atTarget)
          .times(new Ratio(BigInt(months), 12n))
          .over(quota);
  const on = (layer: Layer) => (credits.includes(layer) ? rate : ZERO);
  return { renewal: on('renewal'), expansion: on('expansion'), newBusiness: on('newBusiness') };
}

/** The average multiplier over the bands up to an attainment above 0. */
function averageMultiplier(tiers: readonly Tier[], reached: Ratio): Ratio {
  const everything = tiers.findLastIndex(
    (tier) => tier.all && reached.reaches(Ratio.of(tier.from)),
  );
  let area = ZERO;
  tiers.forEach((tier, index) => {
    const next = tiers[index + 1];
    const from = Ratio.of(tier.from);
    const to = next ? Ratio.of(next.from).min(reached) : reached;
    const { multiplier } = tiers[Math.max(index, everything)] ?? tier;
    if (from.less(to)) area = area.plus(to.minus(from).times(Ratio.of(multiplier)));
  });
  return area.over(reached);
}

function creditOf({ credits }: Component, booked: ByLayer): Ratio {
  return Ratio.sum(credits.map((layer) => booked[layer]));
}

function multiplierAt(component: Component, { quota }: NaiveQuotaPeriod, credit: Ratio): Ratio {
  if (quota.isZero || credit.isZero) return ONE;
  return averageMultiplier(component.tiers, credit.over(quota));
}

function quotaPeriodPay(component: Component, period: NaiveQuotaPeriod, booked: ByLayer): Ratio {
  const credit = creditOf(component, booked);
  const multiplier = multiplierAt(component, period, credit);
  const commission = LAYER_NAMES.map((layer) => {
    const plain = period.rates[layer].times(booked[layer]);
    return component.credits.includes(layer) ? plain.times(multiplier) : plain;
  });
  const bonuses = component.bonuses
    .filter(({ at }) => !period.quota.isZero && credit.reaches(Ratio.of(at).times(period.quota)))
    .map(({ amount }) => Ratio.of(amount).times(period.share));
  return Ratio.sum([...commission, ...bonuses]);
}

/**
 * At least what the quota period pays between two amounts of new business, the lower and the higher.
 * The pay is rate of new business × credit × multiplier, which never falls, and what the other layers
 * earn above that rate × multiplier, which falls where a decelerator lowers the average.
 */
function mostBetween(
  component: Component,
  period: NaiveQuotaPeriod,
  lower: ByLayer,
  higher: ByLayer,
): Ratio {
  const atHigher = quotaPeriodPay(component, period, higher);
  const { credits, tiers } = component;
  if (!credits.includes('newBusiness') || period.quota.isZero) return atHigher;
  const beside = Ratio.sum(
    credits.map((layer) =>
      period.rates[layer]
        .minus(period.rates.newBusiness)
        .times(layer === 'newBusiness' ? ZERO : higher[layer]),
    ),
  );
  if (beside.isZero) return atHigher;
  const [from, to] = [creditOf(component, lower), creditOf(component, higher)];
  const multipliers = [multiplierAt(component, period, from), multiplierAt(component, period, to)];
  tiers.forEach((tier, index) => {
    const at = Ratio.of(tier.from);
    const credit = at.times(period.quota);
    if (!from.less(credit) || to.less(credit)) return;
    multipliers.push(averageMultiplier(tiers, at), averageMultiplier(tiers.slice(0, index), at));
  });
  const earned = multipliers.map((multiplier) => multiplier.times(beside));
  const most = earned.reduce((a, b) => a.max(b));
  return atHigher.minus(multiplierAt(component, period, to).times(beside)).plus(most);
}

const capped = ({ cap }: Component, pay: Ratio) => (cap === null ? pay : pay.min(Ratio.of(cap)));

function bookedIn({ months }: NaiveQuotaPeriod, spread: Spread): ByLayer {
  const of = (layer: Layer) => Ratio.sum(months.map((month) => spread[layer][month] ?? ZERO));
  return { renewal: of('renewal'), expansion: of('expansion'), newBusiness: of('newBusiness') };
}

export interface NaiveComponent extends Component {
  periods: NaiveQuotaPeriod[];
  /** Q_c. */
  wholeQuota: Ratio;
}

export function naiveComponent(component: Component, months: string[]): NaiveComponent {
  const periods = naiveQuotaPeriods(component, months);
  return { ...component, periods, wholeQuota: Ratio.sum(periods.map(({ quota }) => quota)) };
}

/** What a component pays for what is booked, and the credit in each of its quota periods. */
export function naiveComponentPay(component: NaiveComponent, spread: Spread) {
  const periods = component.periods.map((period) => {
    const booked = bookedIn(period, spread);
    return {
      ...period,
      credit: creditOf(component, booked),
      pay: quotaPeriodPay(component, period, booked),
    };
  });
  return {
    periods,
    credit: Ratio.sum(periods.map(({ credit }) => credit)),
    pay: capped(component, Ratio.sum(periods.map(({ pay }) => pay))),
  };
}

const HALF = new Ratio(1n, 2n);
const NEARLY_NOTHING = new Ratio(1n, 1n << 160n);
/** Less than any jump, more than a slope over nearly nothing. */
const JUMP = new Ratio(1n, 1n << 60n);
/** In half minor units: more than any plan can ask, with rates and multipliers of 10⁻⁹. */
const ENDLESS = 1n << 130n;

/**
 * Pay as a function of total bookings: below what is known of renewals and expansion an equal share of
 * both, above it with new business, of which `fresh` says how much comes in each month.
 */
export function naiveTotals(components: readonly NaiveComponent[], known: Spread, fresh: Ratio[]) {
  const both = Ratio.sum([...known.renewal, ...known.expansion]);
  const rows = components.map((component) => ({
    component,
    periods: component.periods.map((period) => ({
      period,
      booked: bookedIn(period, known),
      fresh: Ratio.sum(period.months.map((month) => fresh[month] ?? ZERO)),
    })),
  }));
  type Row = (typeof rows)[number]['periods'][number];

  function bookedAt({ booked, fresh }: Row, total: Ratio): ByLayer {
    if (total.reaches(both)) {
      return { ...booked, newBusiness: total.minus(both).times(fresh) };
    }
    const share = total.over(both);
    return {
      renewal: booked.renewal.times(share),
      expansion: booked.expansion.times(share),
      newBusiness: ZERO,
    };
  }

  const overAll = (payOf: (component: Component, row: Row) => Ratio) =>
    Ratio.sum(
      rows.map(({ component, periods }) =>
        capped(component, Ratio.sum(periods.map((row) => payOf(component, row)))),
      ),
    );
  const payAt = (total: Ratio) =>
    overAll((component, row) => quotaPeriodPay(component, row.period, bookedAt(row, total)));
  /** At least the pay anywhere between; below `both` pay never falls. */
  function mostPay(low: Ratio, high: Ratio): Ratio {
    if (both.reaches(high)) return payAt(high);
    return overAll((component, row) =>
      mostBetween(component, row.period, bookedAt(row, low.max(both)), bookedAt(row, high)),
    );
  }

  /** The totals at which a tier or bonus is reached. */
  function bends(): Ratio[] {
    return rows.flatMap(({ component, periods }) =>
      periods.flatMap((row) => {
        const already = creditOf(component, row.booked);
        const comes = component.credits.includes('newBusiness') ? row.fresh : ZERO;
        return [
          ...component.tiers.map(({ from }) => from),
          ...component.bonuses.map(({ at }) => at),
        ]
          .map((at) => Ratio.of(at).times(row.period.quota))
          .flatMap((credit) => {
            if (credit.less(already)) return [credit.over(already).times(both)];
            return comes.isZero ? [] : [credit.minus(already).over(comes).plus(both)];
          });
      }),
    );
  }

  /** The least total in the half minor unit up to `high` that pays enough, rounded as R is. */
  function roundedWithin(low: Ratio, high: Ratio, needed: Ratio): bigint | null {
    const inside = bends().filter((at) => low.less(at) && at.less(high));
    inside.sort((a, b) => (a.less(b) ? -1 : 1));
    const at = [...inside, high].find((total) => payAt(total).reaches(needed));
    if (!at) return null;
    const justBelow = payAt(at.minus(NEARLY_NOTHING));
    const jumps = justBelow.less(needed) && JUMP.less(payAt(at).minus(justBelow));
    if (jumps) return at.ceil();
    const isAt = justBelow.less(needed);
    return (isAt ? at : at.minus(NEARLY_NOTHING)).plus(HALF).floor();
  }

  /** R, of the totals between two numbers of half minor units; null where none pays enough. */
  function leastBetween(low: bigint, high: bigint, needed: Ratio): bigint | null {
    const [from, to] = [new Ratio(low, 2n), new Ratio(high, 2n)];
    if (mostPay(from, to).less(needed)) return null;
    if (high - low <= 1n) return roundedWithin(from, to, needed);
    const middle = (low + high) / 2n;
    return leastBetween(low, middle, needed) ?? leastBetween(middle, high, needed);
  }

  /** R rounded, or null where no total pays enough. */
  function least(needed: Ratio, isCarried: boolean): bigint | null {
    if (needed.isZero) return 0n;
    const allKnown = both.times(new Ratio(2n)).ceil();
    if (payAt(both).reaches(needed)) return leastBetween(0n, allKnown, needed);
    if (!isCarried) return null;
    if (mostPay(both, new Ratio(ENDLESS)).less(needed)) return null;
    let low = allKnown > 0n ? allKnown - 1n : 0n;
    for (let step = 1n; low < ENDLESS; step *= 2n) {
      const found = leastBetween(low, low + step, needed);
      if (found !== null) return found;
      low += step;
    }
    return null;
  }

  return { both, payAt, bends, least };
}
