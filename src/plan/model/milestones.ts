/** Step 12: where the plan stands at each month's end. */
import type { Month } from '../../time/local-date.ts';
import type { LocalDate, Minor, PlanTerms } from '../schemas.ts';
import { type DayWeights, openingWonBy } from './day-weights.ts';
import { type Exact, exact, ONE, toMinor, ZERO } from './exact.ts';
import { expansionDueAfter, type KnownLayers } from './known-layers.ts';
import { type Layers, mapLayers, sumOfLayers } from './layers.ts';
import type { NewBusinessNeeds } from './new-business.ts';

/** The parts of new business that are won in each month, and which never are. */
export interface Wins {
  /** By each month's end, of what is to be created: a(m). */
  created: Exact[];
  /** The same in each month, of all that is won by the end; they sum to 1. */
  shares: Exact[];
}

/** a(m), and a(m) ÷ a(last month) month by month; all in the last month where nothing closes by the end. */
export function winsByMonth(months: readonly Month[], { wonBy }: Pick<DayWeights, 'wonBy'>): Wins {
  const created = months.map(({ end }) => wonBy(end));
  const last = created.at(-1) ?? ZERO;
  const shares = created.map((won, index) => {
    if (last.equals(0)) return index === created.length - 1 ? ONE : ZERO;
    return won.sub(created[index - 1] ?? ZERO).div(last);
  });
  return { created, shares };
}

/** Where the plan stands at a month's end; money in minor units, unrounded. */
export interface ExactMilestone {
  /** `YYYY-MM`. */
  month: string;
  /** The month's last day. */
  end: LocalDate;
  /** Bookings since the start of the period. */
  bookings: Layers<Exact>;
  /** Qualified pipeline that is to be open then. */
  qualifiedPipeline: Layers<Exact>;
}

type Terms = Pick<PlanTerms, 'period' | 'expansion' | 'pipeline' | 'insurance'>;

interface Given {
  months: readonly Month[];
  known: KnownLayers;
  needs: Pick<NewBusinessNeeds, 'opening' | 'toCreate'>;
  weights: DayWeights;
  wins: Wins;
  salesCycleDays: number;
}

/**
 * Milestones at each month's end m (spec step 12).
 *
 * Bookings, cumulative: renewals on their dates; expansion by its parts; new business = O × the share of the
 * opening window's working days passed + Cₙ × a(m).
 *
 * Qualified pipeline open at m, X* being X, or Xᵢₙₛ from the first month end on or after the insurance's date:
 * new business = X* × Cₙ × (c(m) − a(m)) + X × what of O is still to come; expansion = X* × the parts that fall
 * due within a cycle or a part's time; renewals = the amounts still to come. With coverage `period`: X* × all that
 * is still to be booked of the layer.
 */
export function milestones(terms: Terms, given: Given): ExactMilestone[] {
  const { months, known, needs, weights, wins, salesCycleDays } = given;
  const { pipeline, insurance } = terms;
  const openingBy = openingWonBy(terms.period, weights, salesCycleDays);
  const lastWon = wins.created.at(-1) ?? ZERO;
  let [renewal, renewed, expansion] = [ZERO, ZERO, ZERO];
  return months.map(({ month, end }, index) => {
    const inMonth = known.byMonth[index];
    renewal = renewal.add(inMonth?.renewal ?? ZERO);
    renewed = renewed.add(inMonth?.renewalAmounts ?? ZERO);
    expansion = expansion.add(inMonth?.expansion ?? ZERO);
    const won = wins.created[index] ?? ZERO;
    const fromOpening = needs.opening.mul(openingBy(end));
    const x = exact(end >= insurance.by ? insurance.xFactor : pipeline.xFactor);
    const openingLeft = needs.opening.sub(fromOpening);
    return {
      month,
      end,
      bookings: {
        renewal,
        expansion,
        newBusiness: fromOpening.add(needs.toCreate.mul(won)),
      },
      qualifiedPipeline: {
        renewal: known.renewalAmounts.sub(renewed),
        ...(pipeline.coverage === 'period'
          ? {
              expansion: known.expansion.sub(expansion).mul(x),
              newBusiness: openingLeft.add(needs.toCreate.mul(lastWon.sub(won))).mul(x),
            }
          : {
              expansion: expansionDueAfter(end, terms.expansion, months, salesCycleDays).mul(x),
              newBusiness: needs.toCreate
                .mul(weights.createdBy(end).sub(won))
                .mul(x)
                .add(openingLeft.mul(exact(pipeline.xFactor))),
            }),
      },
    };
  });
}

/** What is booked in each month. */
export function bookedInMonths(timeline: readonly ExactMilestone[]): Layers<Exact>[] {
  return timeline.map(({ bookings }, index) => {
    const before = timeline[index - 1]?.bookings;
    if (!before) return bookings;
    return {
      renewal: bookings.renewal.sub(before.renewal),
      expansion: bookings.expansion.sub(before.expansion),
      newBusiness: bookings.newBusiness.sub(before.newBusiness),
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
  /** Qualified pipeline that is to be open at the month's end. */
  qualifiedPipeline: LayersWithTotal;
}

function withTotal(layers: Layers<Minor>): LayersWithTotal {
  return { total: layers.renewal + layers.expansion + layers.newBusiness, ...layers };
}

/**
 * Milestones as they leave the rules: each layer is rounded by itself and the total is their sum; in the last
 * month's bookings new business takes the difference, so that its total is the plan's (spec "Rules for all").
 */
export function roundMilestones(timeline: readonly ExactMilestone[]): Milestone[] {
  const last = timeline.length - 1;
  return timeline.map(({ month, bookings, qualifiedPipeline }, index) => {
    const rounded = mapLayers(bookings, toMinor);
    if (index === last && !bookings.newBusiness.equals(0)) {
      rounded.newBusiness = toMinor(sumOfLayers(bookings)) - rounded.renewal - rounded.expansion;
    }
    return {
      month,
      bookings: withTotal(rounded),
      qualifiedPipeline: withTotal(mapLayers(qualifiedPipeline, toMinor)),
    };
  });
}
