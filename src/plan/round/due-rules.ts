/** By when both are to have signed a rep's next plan (spec A1). */
import { addDays, daysBetween, latestOf } from '../../time/local-date.ts';
import type { VersionStatus } from '../store.ts';
import { currentPlan, nextPlan, periodOf, planHolding, type RepPlan } from './choose-rules.ts';

/** Days after which a new hire's plan should be signed, and after which it is overdue. */
const AIM_DAYS = 30;
const LAST_DAYS = 60;
/** Days before a due date from which it is worth a word; of somebody whom Bigplan has just met, later. */
const SOON_DAYS = 30;
const LATER_DAYS = 14;
const SETTLING_DAYS = 7;
/** Whose plan is missing within so many days of a new cycle makes it for that one. */
const TURN_DAYS = 92;

/** `ahead`: nothing is to be done yet. `soon`: it is time. */
export type DueState = 'signed' | 'ahead' | 'soon' | 'overdue';

/** The plan that a rep and their manager have to sign next. */
export interface PlanDue {
  repId: string;
  kind: 'cycle' | 'new_hire';
  /** Local date by which both should have signed it. */
  dueOn: string;
  /** The last local date on which it isn't overdue. */
  lastDay: string;
  /** The local date from which it is worth a word to the rep. */
  tellOn: string;
  state: DueState;
  /** How it stands; null: nobody has begun it. */
  status: VersionStatus | null;
  /** Null: nobody has begun it. */
  planId: string | null;
  /** The local date on which the rep joined; null: not said, or they were here before. */
  joinedOn: string | null;
  /** Whether anybody has said when they joined. */
  isJoinedKnown: boolean;
}

export interface DueFacts {
  repId: string;
  joinedOn: string | null;
  wasHere: boolean;
  /** The local date on which Bigplan met them. */
  metOn: string;
}

/** The first of a cycle that `date` lies in; `month` (1–12) is the one in which cycles begin. */
export function cycleStart(date: string, month: number): string {
  const [year = 0, at = 1] = date.split('-').map(Number);
  const from = at >= month ? year : year - 1;
  return `${from}-${String(month).padStart(2, '0')}-01`;
}

/** The first of the next cycle after `date`. */
export function nextCycleStart(date: string, month: number): string {
  const start = cycleStart(date, month);
  return `${Number(start.slice(0, 4)) + 1}${start.slice(4)}`;
}

/** `today` is the rep's local date. */
export function planDue(
  facts: DueFacts,
  plans: readonly RepPlan[],
  cycleMonth: number,
  today: string,
): PlanDue {
  const { repId, joinedOn, wasHere } = facts;
  const who = { repId, joinedOn, isJoinedKnown: wasHere || joinedOn !== null };
  const held = openHolding(plans, today);
  const { due, plan } = held
    ? { due: onDay(addDays(periodOf(held).end, 1)), plan: nextPlan(plans, today) }
    : missing(facts, plans, cycleMonth, today);
  return { ...who, ...due, tellOn: tellOn(due, facts), ...standing(due, plan, today) };
}

function tellOn({ kind, dueOn }: Due, { joinedOn, metOn }: DueFacts): string {
  if (kind === 'new_hire' && joinedOn !== null) return joinedOn;
  const usual = addDays(dueOn, -SOON_DAYS);
  return usual >= addDays(metOn, SETTLING_DAYS) ? usual : addDays(dueOn, -LATER_DAYS);
}

/** The manager hears of a new hire's plan later than of the others': it is still being made. */
const MANAGER_DAYS = 20;

/** Local dates on which what is said of a due plan is looked at again, in order. */
export function dueDays({ kind, tellOn, dueOn, lastDay }: PlanDue): {
  manager: string;
  all: string[];
} {
  const manager = kind === 'new_hire' ? addDays(tellOn, MANAGER_DAYS) : tellOn;
  const days = [tellOn, manager, addDays(dueOn, -7), dueOn, addDays(lastDay, 1)];
  return { manager, all: [...new Set(days)].sort() };
}

type Due = Pick<PlanDue, 'kind' | 'dueOn' | 'lastDay'>;

const onDay = (dueOn: string): Due => ({ kind: 'cycle', dueOn, lastDay: dueOn });

function openHolding(plans: readonly RepPlan[], date: string): RepPlan | null {
  return planHolding(
    plans.filter(({ closedOn }) => closedOn === null),
    date,
  );
}

/** What is due of somebody who has no plan that both have signed and that runs. */
function missing(
  { joinedOn, metOn }: DueFacts,
  plans: readonly RepPlan[],
  cycleMonth: number,
  today: string,
): { due: Due; plan: RepPlan | null } {
  const start = cycleStart(today, cycleMonth);
  const next = nextCycleStart(today, cycleMonth);
  const begun = currentPlan(plans, today);
  // One that is over has to be followed, not signed.
  const plan = begun && periodOf(begun).end >= today ? begun : null;
  if (joinedOn !== null && joinedOn >= addDays(start, -AIM_DAYS)) {
    const due = { kind: 'new_hire' as const, dueOn: addDays(joinedOn, AIM_DAYS) };
    return { due: { ...due, lastDay: addDays(joinedOn, LAST_DAYS) }, plan };
  }
  if (plan && periodOf(plan).start > today) return { due: onDay(periodOf(plan).start), plan };
  if (plan === null && daysBetween(today, next) <= TURN_DAYS) return { due: onDay(next), plan };
  const ended = plans.flatMap(({ signed }) => (signed ? [addDays(signed.period.end, 1)] : []));
  const since = ended.filter((date) => date <= today);
  return { due: onDay(latestOf(start, addDays(metOn, AIM_DAYS), ...since)), plan };
}

function standing(
  { kind, dueOn, lastDay }: Due,
  plan: RepPlan | null,
  today: string,
): Pick<PlanDue, 'state' | 'status' | 'planId'> {
  const known = { status: plan?.newest.status ?? null, planId: plan?.id ?? null };
  if (plan?.signed) return { ...known, state: 'signed' };
  if (today > lastDay) return { ...known, state: 'overdue' };
  const isTime = kind === 'new_hire' || daysBetween(today, dueOn) <= SOON_DAYS;
  return { ...known, state: isTime ? 'soon' : 'ahead' };
}
