/** Step 5: the target that follows from quota and from the bookings that earn the goal. */
import type { Layer } from '../schemas.ts';
import type { PayComponent } from './component-pay.ts';
import { type Exact, exact, max, roundHalfUp, ZERO } from './exact.ts';
import type { IncomeFigures } from './income.ts';
import type { KnownLayers } from './known-layers.ts';
import { sumOfLayers } from './layers.ts';
import { type PayCurve, payCurve, requiredBookings } from './required-bookings.ts';

/** The bookings that the plan aims at; money in minor units. */
export interface BookingsFigures {
  /** R, rounded: the first rounding, from which the rest is exact. */
  required: Exact;
  /** The bookings of 100 % of every quota that new business fills (of every one where it isn't carried). */
  quotaTotal: Exact;
  /** T. */
  target: Exact;
  reachable: boolean;
  /** The component whose attainment speaks for the plan: the first that credits new business, else the first. */
  leading: PayComponent;
  curve: PayCurve;
}

/** U_c: what of Eᵣ and Tₑ a component doesn't credit. */
function uncreditedBy(
  { credits }: Pick<PayComponent, 'credits'>,
  { renewal, expansion }: KnownLayers,
): Exact {
  const layers: Layer[] = ['renewal', 'expansion'];
  return sumOfLayers(
    { renewal, expansion, newBusiness: ZERO },
    layers.filter((layer) => !credits.includes(layer)),
  );
}

/** The component whose attainment speaks for the plan. */
export function leadingComponent(components: readonly PayComponent[]): PayComponent {
  const [first] = components;
  const leading = components.find(({ credits }) => credits.includes('newBusiness')) ?? first;
  if (!leading) throw new RangeError('a comp plan has a component');
  return leading;
}

/**
 * R = the least total whose pay reaches V; quota total = the largest Q_c + U_c over the components that credit
 * new business (over all where it isn't carried); T = max(quota total, R) (spec step 5). `shares`: the part of
 * new business that is won in each month.
 */
export function bookingsFigures(
  { variableNeeded }: IncomeFigures,
  components: readonly PayComponent[],
  { known, shares, carries }: { known: KnownLayers; shares: readonly Exact[]; carries: boolean },
): BookingsFigures {
  const curve = payCurve(components, known, shares);
  const counted = components.filter(({ credits }) => !carries || credits.includes('newBusiness'));
  const quotaTotal = counted
    .map((component) => component.quota.add(uncreditedBy(component, known)))
    .reduce(max);
  const found = requiredBookings(variableNeeded, curve, carries ? undefined : curve.both);
  const required = exact(found ?? roundHalfUp(carries ? quotaTotal : curve.both));
  return {
    required,
    quotaTotal,
    target: max(quotaTotal, required),
    reachable: found !== null,
    leading: leadingComponent(components),
    curve,
  };
}
