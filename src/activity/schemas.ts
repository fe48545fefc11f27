/** What the forms of every day hold, from what Slack sends to checked values, and the codes behind them. */
import { z } from 'zod';
import {
  choiceField,
  countField,
  dateField,
  orNull,
  textField,
  timeField,
} from '../input/schemas.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { WEEKDAYS } from '../time/local-date.ts';

/** How much of each activity: whole numbers. */
export type Counts = Record<Activity, number>;

/** More in a day is a slip of the finger. */
export const MOST_A_DAY = 1_000;
const MOST_WORDS = 1_000;

/** `of(activity)` for each. */
export function eachActivity<T>(of: (activity: Activity) => T): Record<Activity, T> {
  return Object.fromEntries(ACTIVITIES.map((activity) => [activity, of(activity)])) as Record<
    Activity,
    T
  >;
}

export const NO_COUNTS: Counts = eachActivity(() => 0);

/** Why a day, a block or a sync was skipped. */
export const SKIP_REASONS = ['away', 'customers', 'meetings', 'travel', 'tools', 'other'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What gets in the way of a number: structural causes first, one's own execution last. */
export const CAUSES = [
  'lead_supply',
  'lead_quality',
  'content',
  'marketing_handoff',
  'brand_and_pr',
  'training',
  'coaching',
  'product_context',
  'tools_and_data',
  'incentives',
  'pricing',
  'market',
  'plan_assumption',
  'time_away',
  'own_execution',
] as const;
export type Cause = (typeof CAUSES)[number];

const Words = orNull(textField({ max: MOST_WORDS }));

/** A day's five numbers as typed; what is left empty is none. */
export function dayForm(locale: string) {
  const count = orNull(countField({ locale, max: MOST_A_DAY }));
  return z
    .object({ date: dateField({ locale }), ...eachActivity(() => count) })
    .superRefine((form, context) => {
      if (ACTIVITIES.some((activity) => form[activity] !== null)) return;
      const message = 'Fill in at least one number: 0 is one too.';
      context.addIssue({ code: 'custom', path: ['calls'], message });
    })
    .transform(({ date, ...counts }) => ({
      date,
      counts: eachActivity((activity) => counts[activity] ?? 0),
    }));
}

/** How many calls a block held. */
export function blockCountForm(locale: string) {
  return z.object({ calls: countField({ locale, max: MOST_A_DAY }) });
}

export const SkipForm = z.object({ reason: choiceField(SKIP_REASONS), words: Words });
export type SkipForm = z.infer<typeof SkipForm>;

export const MoveForm = z.object({ time: timeField() });

export function awayForm(locale: string) {
  return z
    .object({ from: dateField({ locale }), to: orNull(dateField({ locale })) })
    .transform(({ from, to }) => ({ from, to: to ?? from }));
}

export const ObstacleForm = z.object({
  causes: z
    .array(z.enum(CAUSES))
    .min(1, 'Pick at least one: several may apply.')
    .max(CAUSES.length),
  words: Words,
});

/** The minutes after a check-in at which its one reminder may come. */
export const REMINDER_MINUTES = [30, 60, 90, 120, 180] as const;

export const NUDGES = [
  'checkIns',
  'reminder',
  'callBlocks',
  'syncs',
  'paceNotes',
  'overdueItems',
  'reasons',
] as const;
/** What somebody can turn on and off. */
export type Nudge = (typeof NUDGES)[number];

export function nudgeForm(locale: string) {
  return z.object({
    on: z.preprocess((raw) => raw ?? [], z.array(z.enum(NUDGES))),
    checkInTime: timeField(),
    reminderMinutes: choiceField(REMINDER_MINUTES.map(String)).transform(Number),
    weekdays: z.preprocess(
      (raw) => raw ?? [],
      z.array(z.enum(WEEKDAYS)).min(1, 'Pick at least one day; to stop everything, pause.'),
    ),
    pausedUntil: orNull(dateField({ locale })),
    why: orNull(textField({ max: 500 })),
  });
}
