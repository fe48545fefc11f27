import { monthsBetween } from '../../time/local-date.ts';
import type { Compensation, Period } from '../schemas.ts';
import { type Problem, under } from './problem.ts';

/** Tiers from 0, in order, never falling; paths `<index>.from` and `<index>.multiplier`. */
export function checkTiers(tiers: Compensation['tiers']): Problem[] {
  return tiers.flatMap(({ from, multiplier }, index): Problem[] => {
    const before = tiers[index - 1];
    if (!before) {
      if (from === 0) return [];
      return [{ path: `${index}.from`, problem: 'must be 0 in the first tier' }];
    }
    const problems: Problem[] = [];
    if (from <= before.from) {
      problems.push({
        path: `${index}.from`,
        problem: `must be above ${before.from}, where the tier before begins`,
      });
    }
    if (multiplier < before.multiplier) {
      problems.push({
        path: `${index}.multiplier`,
        problem: `must not fall: ${before.multiplier}, as in the tier before, or more would do`,
      });
    }
    return problems;
  });
}

/** A fraction for each month of the period, one of them above 0; path `ramp`. */
export function checkRamp(ramp: Compensation['ramp'], period: Period): Problem[] {
  if (ramp === null) return [];
  const months = monthsBetween(period).length;
  if (ramp.length !== months) {
    return [
      {
        path: 'ramp',
        problem: `must hold one number a month: ${months} for this period, not ${ramp.length}`,
      },
    ];
  }
  if (ramp.some((fraction) => fraction > 0)) return [];
  return [{ path: 'ramp', problem: 'must be above 0 in at least one month' }];
}

/** Tiers and ramp together; paths `tiers.<index>.…` and `ramp`. */
export function checkCompensation(
  { tiers, ramp }: Pick<Compensation, 'tiers' | 'ramp'>,
  period: Period,
): Problem[] {
  return [...under('tiers', checkTiers(tiers)), ...checkRamp(ramp, period)];
}
