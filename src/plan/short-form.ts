/** Comp plans as they were written before they had components. */
import { LAYERS } from './schemas.ts';

/** The one component of a comp plan in its short form is called this. */
export const ONLY_COMPONENT = 'Commission';

/** What stood directly under `compensation` then, and stands in a component now. */
export const SHORT_FORM_KEYS = [
  'quota',
  'rates',
  'quotaCredit',
  'tiers',
  'cap',
  'ramp',
] as const satisfies (keyof ShortForm)[];

interface ShortForm {
  /** Annual. */
  quota?: unknown;
  rates?: unknown;
  quotaCredit?: unknown;
  tiers?: unknown;
  cap?: unknown;
  ramp?: unknown;
}

/** The one component of a short form (money in minor units), yet to be checked by `Component`. */
export function onlyComponent({ quota, rates, quotaCredit, tiers, cap, ramp }: ShortForm) {
  const credited = { newBusiness: true, ...(typeof quotaCredit === 'object' ? quotaCredit : {}) };
  return {
    name: ONLY_COMPONENT,
    credits: LAYERS.filter((layer) => new Map(Object.entries(credited)).get(layer) === true),
    quota,
    quotaPeriod: 'year',
    quotaStart: null,
    pays: { rates },
    tiers,
    bonuses: [],
    cap,
    ramp,
  };
}

/** The stored form (money in minor units) as a comp plan with one component, yet to be checked. */
export function fromShortForm({ baseSalary, ...short }: ShortForm & { baseSalary?: unknown }) {
  return { baseSalary, otherPay: [], guarantee: null, first: onlyComponent(short) };
}
