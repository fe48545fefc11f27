/** Where a version's plan stands among the rep's others. */

import { addDays } from '../../time/local-date.ts';
import type { Period } from '../schemas.ts';
import type { VersionStatus } from '../store.ts';
import {
  currentPlan,
  type DatedVersion,
  nextPlan,
  periodOf,
  type RepPlan,
} from './choose-rules.ts';

export interface PlanPlace {
  /** The newest version of the plan that takes over from this one; null: none was begun. */
  next: DatedVersion | null;
  /** Whether it is time to begin it. */
  isTimeForNext: boolean;
  /** This one takes over from another on its first day. */
  takesOver: boolean;
  /** Whether somebody who drops this version has something left to go on with. */
  hasOther: boolean;
}

/** So many days before its end a plan offers to begin the next one. */
const OFFERED_DAYS = 120;

export function placeOf(
  { planId, period, status }: { planId: string; period: Period; status: VersionStatus },
  plans: readonly RepPlan[],
  today: string,
): PlanPlace {
  const current = currentPlan(plans, today);
  const isCurrent = current?.id === planId;
  const next = isCurrent ? (nextPlan(plans, today)?.newest ?? null) : null;
  const isSigned = plans.some(({ id, signed }) => id === planId && signed !== null);
  return {
    next,
    isTimeForNext:
      isCurrent && status === 'agreed' && !next && today >= addDays(period.end, -OFFERED_DAYS),
    takesOver: current !== null && !isCurrent && period.start > periodOf(current).end,
    hasOther: isSigned || plans.some(({ id, closedOn }) => id !== planId && closedOn === null),
  };
}
