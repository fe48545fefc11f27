/** Comp plans as they were written before they had components. */
import { LAYERS } from './schemas.ts';

/** The one component of a comp plan in its short form is called this. */
export const ONLY_COMPONENT = 'Commission';

interface ShortForm {
  baseSalary?: unknown;
  /** Annual. */
  quota?: unknown;
  rates?: unknown;
  quotaCredit?: unknown;
  tiers?: unknown;
  cap?: unknown;
  ramp?: unknown;
}

/** The stored form (money in minor units) as a comp plan with one component, yet to be checked. */
export function fromShortForm({
  baseSalary,
  quota,
  rates,
  quotaCredit,
  tiers,
  cap,
  ramp,
}: ShortForm) {
  const credited = { newBusiness: true, ...(typeof quotaCredit === 'object' ? quotaCredit : {}) };
  return {
    baseSalary,
    otherPay: [],
    guarantee: null,
    first: {
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
    },
  };
}
