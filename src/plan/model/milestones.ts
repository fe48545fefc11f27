import { type Month, monthOf, monthsBetween } from '../../time/local-date.ts';
import { workingDates } from '../../time/working-days.ts';
import type { ExpansionTarget, Minor, PlanTerms, Renewal } from '../schemas.ts';
import { type Exact, exact, sum, sumOfIntegers, sumOfProducts, toMinor, ZERO } from './exact.ts';
import { type Layers, mapLayers } from './layers.ts';

type Terms = Pick<
  PlanTerms,
  'period' | 'calendar' | 'compensation' | 'renewals' | 'expansion' | 'pipeline' | 'insurance'
>;

/** Where the plan stands at a month's end; money in minor units, unrounded. */
export interface ExactMilestone {
  /** `YYYY-MM`. */
  month: string;
  /** The month's last day. */
  end: string;
  /** Bookings since the start of the period. */
  bookings: Layers<Exact>;
  /** Qualified pipeline that is due then. */
  qualifiedPipeline: Layers<Exact>;
}

/** Running totals, one for each value. */
function cumulative(values: readonly Exact[]): Exact[] {
  let total = ZERO;
  return values.map((value) => {
    total = total.add(value);
    return total;
  });
}

/** Each month's part of new business: working days, weighted by the ramp; they sum to 1. */
function newBusinessShares(
  { period, calendar, compensation: { ramp } }: Terms,
  months: readonly Month[],
): Exact[] {
  const daysIn = new Map(months.map(({ month }) => [month, 0]));
  for (const date of workingDates(calendar, period.start, period.end)) {
    daysIn.set(monthOf(date), (daysIn.get(monthOf(date)) ?? 0) + 1);
  }
  const days = [...daysIn.values()].map(exact);
  const weighted = days.map((count, index) => count.mul(exact(ramp?.[index] ?? 1)));
  // A ramp whose whole weight lies on months without a working day says nothing: take it away.
  const parts = sum(weighted).equals(0) ? days : weighted;
  const whole = sum(parts);
  return parts.map((part) => part.div(whole));
}

/** The part of every expansion target with `parts` parts that falls due up to month `index` + 1. */
function expansionShare(parts: number, index: number, months: number): Exact {
  const dueMonths = Array.from({ length: parts }, (_, i) => Math.ceil(((i + 1) * months) / parts));
  return exact(dueMonths.filter((due) => due <= index + 1).length).div(parts);
}

/**
 * Milestones at each month's end (spec step 12), `newBusiness` being Tₙ in minor units. Needs a
 * working day in the period.
 *
 * Bookings, cumulative: renewals by their dates × pressure-tested likelihood; expansion in equal
 * parts, part i of q (4 for quarters, 2 for halves) at the end of month ⌈i × months ÷ q⌉; new
 * business by the share of the period's working days passed, each day weighted by its month's ramp.
 * Qualified pipeline due: renewals = amounts still to come; expansion and new business = what
 * remains × X, × Xᵢₙₛ from the first month end on or after the insurance date.
 */
export function milestones(terms: Terms, newBusiness: Exact): ExactMilestone[] {
  const months = monthsBetween(terms.period);
  const newBusinessShare = cumulative(newBusinessShares(terms, months));

  const renewalsIn = months.map((): Renewal[] => []);
  const indexOf = new Map(months.map(({ month }, index) => [month, index]));
  for (const renewal of terms.renewals) {
    renewalsIn[indexOf.get(monthOf(renewal.date)) ?? -1]?.push(renewal);
  }
  const expected = cumulative(
    renewalsIn.map((rows) => sumOfProducts(rows.map((row) => [row.amount, row.pressureTested]))),
  );
  const passed = cumulative(
    renewalsIn.map((rows) => sumOfIntegers(rows.map(({ amount }) => amount))),
  );
  const allRenewals = passed.at(-1) ?? ZERO;

  const targets = (split: ExpansionTarget['split']) =>
    sumOfIntegers(terms.expansion.filter((row) => row.split === split).map((row) => row.target));
  const [quarters, halves] = [targets('quarters'), targets('halves')];
  const allExpansion = quarters.add(halves);

  return months.map(({ month, end }, index) => {
    const x = exact(end >= terms.insurance.by ? terms.insurance.xFactor : terms.pipeline.xFactor);
    const bookings = {
      renewal: expected[index] ?? ZERO,
      expansion: quarters
        .mul(expansionShare(4, index, months.length))
        .add(halves.mul(expansionShare(2, index, months.length))),
      newBusiness: newBusiness.mul(newBusinessShare[index] ?? ZERO),
    };
    return {
      month,
      end,
      bookings,
      qualifiedPipeline: {
        renewal: allRenewals.sub(passed[index] ?? ZERO),
        expansion: allExpansion.sub(bookings.expansion).mul(x),
        newBusiness: newBusiness.sub(bookings.newBusiness).mul(x),
      },
    };
  });
}

export type LayersWithTotal = Layers<Minor> & { total: Minor };

/** A milestone as it leaves the rules: whole minor units. */
export interface Milestone {
  /** `YYYY-MM`. */
  month: string;
  /** Bookings since the start of the period. */
  bookings: LayersWithTotal;
  /** Qualified pipeline that is due at the month's end. */
  qualifiedPipeline: LayersWithTotal;
}

function sumOfLayers({ renewal, expansion, newBusiness }: Layers<Exact>): Exact {
  return renewal.add(expansion).add(newBusiness);
}

/** Rounds a milestone; its total is the rounded sum, not the sum of the rounded layers. */
export function roundMilestone({ month, bookings, qualifiedPipeline }: ExactMilestone): Milestone {
  const round = (layers: Layers<Exact>): LayersWithTotal => ({
    total: toMinor(sumOfLayers(layers)),
    ...mapLayers(layers, toMinor),
  });
  return { month, bookings: round(bookings), qualifiedPipeline: round(qualifiedPipeline) };
}
