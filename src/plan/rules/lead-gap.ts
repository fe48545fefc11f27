import type { Sdr } from '../schemas.ts';
import { type Exact, exact, max, ZERO } from './exact.ts';

/**
 * Opportunities that the SDRs bring: (inbound + outbound) × qualificationRate × N ÷ M (spec step 9);
 * 0 without an SDR.
 */
export function sdrSupply(sdr: Sdr | null, sellingDays: number, daysPerMonth: Exact): Exact {
  if (sdr === null) return ZERO;
  return exact(sdr.inboundPerMonth)
    .add(exact(sdr.outboundPerMonth))
    .mul(exact(sdr.qualificationRate))
    .mul(sellingDays)
    .div(daysPerMonth);
}

export interface LeadGap {
  /** Opportunities that the rep has to find alone. */
  gap: Exact;
  /** Their share of all opportunities, 0 … 1. */
  share: Exact;
}

/** Gap = max(0, Oₙ − supply); share = gap ÷ Oₙ, 0 where Oₙ is 0 (spec step 9). */
export function leadGap(opportunities: Exact, supply: Exact): LeadGap {
  const gap = max(ZERO, opportunities.sub(supply));
  return { gap, share: opportunities.equals(0) ? ZERO : gap.div(opportunities) };
}
