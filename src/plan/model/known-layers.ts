/** Step 4: what renewals and expansion bring, known before the inversion; in minor units. */
import { addDays, type Month, monthOf } from '../../time/local-date.ts';
import type { Component, ExpansionTarget, LocalDate, NewBusiness, PlanTerms } from '../schemas.ts';
import { type Exact, exact, ratio, SumOfProducts, sum, sumOfIntegers, ZERO } from './exact.ts';

/** Whether there is new business to fill with: the rep carries it, and some component credits it. */
export function carriesNewBusiness({
  newBusiness,
  compensation,
}: {
  newBusiness: Pick<NewBusiness, 'carried'>;
  compensation: Pick<PlanTerms['compensation'], 'components'>;
}): boolean {
  return newBusiness.carried && creditsNewBusiness(compensation.components);
}

/** Whether some component counts new business. */
export function creditsNewBusiness(components: readonly Pick<Component, 'credits'>[]): boolean {
  return components.some(({ credits }) => credits.includes('newBusiness'));
}

export interface KnownLayers {
  /** Eᵣ. */
  renewal: Exact;
  /** Tₑ. */
  expansion: Exact;
  /** Σ amount × p′, whoever carries what. */
  cut: Exact;
  /** Σ amounts of all renewals. */
  renewalAmounts: Exact;
  byMonth: KnownMonth[];
}

/** What is known of one month. */
export interface KnownMonth {
  /** Expected of the renewals dated in it. */
  renewal: Exact;
  /** The amounts of these. */
  renewalAmounts: Exact;
  /** Parts of expansion that fall due at its end. */
  expansion: Exact;
}

/**
 * Eᵣ = Σ amount × p′ on their dates, p′ being the agreed likelihood where no new business is carried to fill
 * the cut with; Tₑ = Σ targets, in equal parts (spec steps 4 and 12).
 */
export function knownLayers(
  { renewals, expansion }: Pick<PlanTerms, 'renewals' | 'expansion'>,
  carries: boolean,
  months: readonly Month[],
): KnownLayers {
  const indexOf = new Map(months.map(({ month }, index) => [month, index]));
  const inMonths = months.map(() => new RenewalSums());
  const outside = new RenewalSums();
  const cut = new SumOfProducts();
  for (const { amount, date, pressureTested, likelihood } of renewals) {
    const sums = inMonths[indexOf.get(monthOf(date)) ?? -1] ?? outside;
    sums.expected.add(amount, carries ? pressureTested : likelihood);
    sums.amounts.add(amount, 1);
    if (!carries) cut.add(amount, pressureTested);
  }
  const parts = expansionParts(expansion, months);
  const all = [...inMonths, outside].map((sums) => ({
    renewal: sums.expected.total(),
    renewalAmounts: sums.amounts.total(),
  }));
  const renewal = sum(all.map((one) => one.renewal));
  return {
    renewal,
    expansion: expansionTarget(expansion),
    cut: carries ? renewal : cut.total(),
    renewalAmounts: sum(all.map((one) => one.renewalAmounts)),
    byMonth: months.map((_, index) => ({
      renewal: all[index]?.renewal ?? ZERO,
      renewalAmounts: all[index]?.renewalAmounts ?? ZERO,
      expansion: parts[index] ?? ZERO,
    })),
  };
}

/** Of some renewals, added one by one. */
class RenewalSums {
  readonly expected = new SumOfProducts();
  readonly amounts = new SumOfProducts();
}

function expansionTarget(expansion: readonly ExpansionTarget[]): Exact {
  return sumOfIntegers(expansion.map(({ target }) => target));
}

/** In how many parts a target falls due. */
const PARTS_OF: Record<ExpansionTarget['split'], number> = { quarters: 4, halves: 2 };

/** The month, from 0, at whose end part `part` of `parts` falls due: ⌈part × months ÷ parts⌉, from 1. */
function monthOfPart(part: number, parts: number, months: number): number {
  return Math.ceil((part * months) / parts) - 1;
}

/** Σ of the parts of all expansion targets that fall due at each month's end. */
function expansionParts(expansion: readonly ExpansionTarget[], months: readonly Month[]): Exact[] {
  const due = months.map(() => ZERO);
  for (const split of ['quarters', 'halves'] as const) {
    const parts = PARTS_OF[split];
    const total = expansionTarget(expansion.filter((row) => row.split === split));
    for (let part = 1; part <= parts; part++) {
      const index = monthOfPart(part, parts, months.length);
      due[index] = (due[index] ?? ZERO).add(total.div(parts));
    }
  }
  return due;
}

/** A span of a part of expansion in days, as its open pipeline is asked for so long before: 31 × ⌈months ÷ parts⌉. */
function partDays(split: ExpansionTarget['split'], months: number): number {
  return 31 * Math.ceil(months / PARTS_OF[split]);
}

/**
 * What of expansion falls due in the time before which its pipeline has to be open (spec step 12): the
 * max(cycle, 31 × ⌈months ÷ parts⌉) days after `date`.
 */
export function expansionDueAfter(
  date: LocalDate,
  expansion: readonly ExpansionTarget[],
  months: readonly Month[],
  salesCycleDays: number,
): Exact {
  return (['quarters', 'halves'] as const).reduce((sum, split) => {
    const parts = PARTS_OF[split];
    const until = addDays(date, Math.max(salesCycleDays, partDays(split, months.length)));
    const ends = Array.from(
      { length: parts },
      (_, part) => months[monthOfPart(part + 1, parts, months.length)]?.end ?? '',
    );
    const due = ends.filter((end) => end > date && end <= until).length;
    const total = expansionTarget(expansion.filter((row) => row.split === split));
    return sum.add(total.mul(ratio(due, parts)));
  }, exact(0));
}
