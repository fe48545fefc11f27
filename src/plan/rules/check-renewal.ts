import type { Period, Renewal } from '../schemas.ts';
import { exact } from './exact.ts';
import type { Problem } from './problem.ts';

/** The most that the pressure test leaves of an agreed likelihood (spec A6). */
export function halfLikelihood(likelihood: number): number {
  return likelihood / 2;
}

/**
 * Whether a pressure-tested likelihood is more than half of the agreed one, compared as the
 * decimals that people see. The half of a number with all its digits may have no decimal of its
 * own, so it is let through as it is.
 */
function isOverHalf(pressureTested: number, likelihood: number): boolean {
  if (pressureTested === halfLikelihood(likelihood)) return false;
  return exact(pressureTested).mul(2).gt(exact(likelihood));
}

/** A renewal inside the period; path `date`. */
export function checkRenewalDate({ date }: Pick<Renewal, 'date'>, period: Period): Problem[] {
  if (date >= period.start && date <= period.end) return [];
  const inside = `must be inside the period, ${period.start} to ${period.end}`;
  return [{ path: 'date', problem: inside }];
}

/** A likelihood cut to at most half; path `pressureTested`. */
export function checkPressureTest({
  likelihood,
  pressureTested,
}: Pick<Renewal, 'likelihood' | 'pressureTested'>): Problem[] {
  if (!isOverHalf(pressureTested, likelihood)) return [];
  const most = `must be at most half of the likelihood: ${halfLikelihood(likelihood)} would do`;
  return [{ path: 'pressureTested', problem: most }];
}

/** Inside the period and pressure-tested; paths `date` and `pressureTested`. */
export function checkRenewal(
  renewal: Pick<Renewal, 'date' | 'likelihood' | 'pressureTested'>,
  period: Period,
): Problem[] {
  return [...checkRenewalDate(renewal, period), ...checkPressureTest(renewal)];
}
