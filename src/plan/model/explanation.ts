/** How a figure came about, as data: what was done in words, what went in, what came out. */
import type { Activity, LocalDate } from '../schemas.ts';
import { type Exact, toMinor, toNumber } from './exact.ts';

/** money: integer minor units · fraction: 0.3 is 30 % · factor: 3 is 3× · count: may have decimals. */
export type Unit = 'money' | 'fraction' | 'count' | 'factor' | 'date' | 'days';

export type Quantity =
  | { unit: Exclude<Unit, 'date'>; value: number }
  | { unit: 'date'; value: LocalDate };

export type Input = Quantity & { label: string };

export interface Explanation {
  formula: string;
  inputs: Input[];
  result: Quantity;
}

/** What goal and comp plan ask for. */
export type TargetKey =
  | 'income.target'
  | 'income.variableNeeded'
  | 'bookings.quota'
  | 'bookings.required'
  | 'bookings.target'
  | 'pipeline.xFactor'
  | 'pipeline.required'
  | 'pipeline.insured'
  | 'pipeline.impliedXFactor';
/** What the plan earns; a component by its place in the comp plan. */
export type EarningKey = 'bookings.attainment' | `compensation.${number}.pay` | 'guarantee.topUps';
export type LayerKey =
  | 'layers.renewal.pipeline'
  | 'layers.renewal.expected'
  | 'layers.renewal.cut'
  | 'layers.expansion.pipeline'
  | 'layers.expansion.target'
  | 'layers.newBusiness.pipeline'
  | 'layers.newBusiness.target'
  | 'layers.newBusiness.opening'
  | 'layers.newBusiness.toCreate'
  | 'layers.newBusiness.uncovered'
  | 'layers.newBusiness.deals'
  | 'layers.newBusiness.opportunities'
  | 'layers.newBusiness.sdrSupply'
  | 'layers.newBusiness.gap'
  | 'pipeline.open';
/** The days of the plan, as activity is spread over them. */
export type DayKey = 'sellingDays' | 'days.creation' | 'days.closing' | 'daysPerMonth';
/** What stands between the layers and the agreed activities: new business with the risks in it. */
export type InsuredKey =
  | 'insured.newBusiness'
  | 'insured.deals'
  | 'insured.opportunities'
  | 'insured.ownShare'
  | 'insured.demosForNewBusiness';
/** The agreed (insured) activities, in all and at the pace at which they are said. */
export type ActivityKey = `activities.${Activity}.${'total' | 'shown'}`;

/** Every figure that a person sees and may ask about. */
export type FigureKey = TargetKey | EarningKey | LayerKey | DayKey | InsuredKey | ActivityKey;

/** Of the figures that a plan has: who has no new business is told nothing of leads. */
export type Explanations = Partial<Record<FigureKey, Explanation>>;

export function moneyQuantity(value: Exact): Quantity {
  return { unit: 'money', value: toMinor(value) };
}

export function numberQuantity(
  unit: Exclude<Unit, 'date' | 'money'>,
  value: Exact | number,
): Quantity {
  return { unit, value: typeof value === 'number' ? value : toNumber(value) };
}

export function dateQuantity(value: LocalDate): Quantity {
  return { unit: 'date', value };
}

/** An explanation whose inputs are given as label → quantity, in order; null leaves one out. */
export function explanation(
  formula: string,
  inputs: Record<string, Quantity | null>,
  result: Quantity,
): Explanation {
  return {
    formula,
    inputs: Object.entries(inputs).flatMap(([label, quantity]) =>
      quantity === null ? [] : [{ label, ...quantity }],
    ),
    result,
  };
}
