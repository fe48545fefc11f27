/** Which of a rep's plans a day belongs to: one may be in the making, or signed, while another runs. */
import type { Period } from '../schemas.ts';
import type { VersionStatus } from '../store.ts';

/** A version with the period that it is for. */
export interface DatedVersion {
  id: string;
  number: number;
  status: VersionStatus;
  period: Period;
}

/** A plan with its newest version, and the newest that both signed. */
export interface RepPlan {
  id: string;
  repId: string;
  /** Local date (UTC) on which it was closed; null: it wasn't. */
  closedOn: string | null;
  newest: DatedVersion;
  signed: DatedVersion | null;
}

/** As both have signed it; where they haven't yet, as it is being made. */
export const periodOf = ({ signed, newest }: RepPlan): Period => (signed ?? newest).period;

const contains = ({ start, end }: Period, date: string) => start <= date && date <= end;

/** Of several, oldest first: the last for which `key` is greatest (or least). */
function most<T>(all: readonly T[], key: (one: T) => string, sign: 1 | -1): T | null {
  return all.reduce<T | null>((best, one) => {
    if (best === null) return one;
    const order = key(one) < key(best) ? -1 : 1;
    return key(one) === key(best) || order === sign ? one : best;
  }, null);
}

/** The plan that runs on a date, begun last; else the next to begin; else the one that ended last. */
function belonging(plans: readonly RepPlan[], date: string): RepPlan | null {
  const running = plans.filter((plan) => contains(periodOf(plan), date));
  const ahead = plans.filter((plan) => periodOf(plan).start > date);
  return (
    most(running, (plan) => periodOf(plan).start, 1) ??
    most(ahead, (plan) => periodOf(plan).start, -1) ??
    most(plans, (plan) => periodOf(plan).end, 1)
  );
}

const isOpen = ({ closedOn }: RepPlan) => closedOn === null;
const isSigned = ({ signed }: RepPlan) => signed !== null;

/** The plan that is shown as a rep's own on a date: one in force before one in the making. */
export function currentPlan(plans: readonly RepPlan[], date: string): RepPlan | null {
  const open = plans.filter(isOpen);
  const running = open.filter((plan) => isSigned(plan) && contains(periodOf(plan), date));
  return belonging(running, date) ?? belonging(open, date);
}

/** The plan that takes over from the current one; null: none was begun. */
export function nextPlan(plans: readonly RepPlan[], date: string): RepPlan | null {
  const current = currentPlan(plans, date);
  if (!current) return null;
  const after = plans.filter(
    (plan) =>
      isOpen(plan) && plan.id !== current.id && periodOf(plan).start > periodOf(current).end,
  );
  return most(after, (plan) => periodOf(plan).start, -1);
}

/** The plan that both have signed and that is in force on a date, or will be next, or was last. */
export function planInForceOn(plans: readonly RepPlan[], date: string): RepPlan | null {
  return belonging(
    plans.filter((plan) => isOpen(plan) && isSigned(plan)),
    date,
  );
}

/**
 * The signed plan that holds a day, whether it is over by now or not: one that was closed before its end holds
 * none. Null: the day is in no plan.
 */
export function planHolding(plans: readonly RepPlan[], date: string): RepPlan | null {
  const holding = plans.filter(
    (plan) =>
      isSigned(plan) &&
      contains(periodOf(plan), date) &&
      (plan.closedOn === null || plan.closedOn > periodOf(plan).end),
  );
  return most(holding, (plan) => periodOf(plan).start, 1);
}
