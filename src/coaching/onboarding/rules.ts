/** A new hire's first twelve weeks (spec D4): what each is for, who confirms it, when the pair looks back. */
import { addDays, daysBetween, mondayOf } from '../../time/local-date.ts';

export const WEEK_KINDS = ['shadowing', 'joint_calls', 'own_calls'] as const;
export type WeekKind = (typeof WEEK_KINDS)[number];

const WEEKS = 12;
/** Days after the first one on which the pair looks back. */
export const LOOK_DAYS = [30, 60, 90] as const;
/** The last weeks of a kind in the template. */
const LAST_SHADOWING = 2;
const LAST_JOINT = 6;

/** What a week is for until the manager says otherwise. */
function templateKind(week: number): WeekKind {
  if (week <= LAST_SHADOWING) return 'shadowing';
  return week <= LAST_JOINT ? 'joint_calls' : 'own_calls';
}

/** Whoever learns says what they saw; what they do with others and alone, the manager confirms. */
export const confirmerOf = (kind: WeekKind): 'rep' | 'manager' =>
  kind === 'shadowing' ? 'rep' : 'manager';

/** What is kept of a week. */
export interface KeptWeek {
  week: number;
  kind: WeekKind | null;
  words: string | null;
  confirmedAt: Date | null;
  confirmedBy: string | null;
}

export interface OnboardingWeek extends Omit<KeptWeek, 'kind'> {
  kind: WeekKind;
  /** Local dates, both in: a Monday, and the Sunday after it. */
  from: string;
  to: string;
}

export interface OnboardingLook {
  day: (typeof LOOK_DAYS)[number];
  /** Local date. */
  on: string;
  heldAt: Date | null;
}

export interface Onboarding {
  repId: string;
  joinedOn: string;
  /** The rep's local date. */
  today: string;
  weeks: OnboardingWeek[];
  looks: OnboardingLook[];
}

/** So long after the first day it is shown, and its last look is owed. */
const SHOWN_DAYS = 120;

/** The first weeks of somebody who joined on `joinedOn`; null before that, and once they are long over. */
export function onboardingOf(
  { repId, joinedOn, today }: Pick<Onboarding, 'repId' | 'joinedOn' | 'today'>,
  kept: readonly KeptWeek[],
  held: readonly { day: number; heldAt: Date }[],
): Onboarding | null {
  if (daysBetween(joinedOn, today) > SHOWN_DAYS) return null;
  const monday = mondayOf(joinedOn);
  const weeks = Array.from({ length: WEEKS }, (_, at) => {
    const week = at + 1;
    const from = addDays(monday, 7 * at);
    const known = kept.find((one) => one.week === week);
    return {
      week,
      from,
      to: addDays(from, 6),
      kind: known?.kind ?? templateKind(week),
      words: known?.words ?? null,
      confirmedAt: known?.confirmedAt ?? null,
      confirmedBy: known?.confirmedBy ?? null,
    };
  });
  const looks = LOOK_DAYS.map((day) => ({
    day,
    on: addDays(joinedOn, day),
    heldAt: held.find((one) => one.day === day)?.heldAt ?? null,
  }));
  return { repId, joinedOn, today, weeks, looks };
}

/** The week that a date lies in; null in none. */
export const weekOn = ({ weeks }: Onboarding, date: string): OnboardingWeek | null =>
  weeks.find(({ from, to }) => from <= date && date <= to) ?? null;

/** The looks that have come and weren't held: what the manager owes. */
export const owedLooks = ({ looks, today }: Onboarding): OnboardingLook[] =>
  looks.filter(({ on, heldAt }) => on <= today && heldAt === null);
