/** What every day's forms and messages are about: counts, reasons, causes, and what can be turned off. */
import type { Activity } from '../plan/schemas.ts';

/** How much of each activity: whole numbers. */
export type Counts = Record<Activity, number>;

/** More in a day is a slip of the finger. */
export const MOST_A_DAY = 1_000;
/** Characters of somebody's own words. */
export const MOST_WORDS = 1_000;

/** `of(activity)` for each. */
export function eachActivity<T>(of: (activity: Activity) => T): Record<Activity, T> {
  return {
    calls: of('calls'),
    visits: of('visits'),
    demos: of('demos'),
    proposals: of('proposals'),
    contracts: of('contracts'),
  };
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

/** The minutes after a check-in at which its one reminder may come. */
export const REMINDER_MINUTES = [30, 60, 90, 120, 180] as const;

export const NUDGES = [
  'checkIns',
  'reminder',
  'callBlocks',
  'syncs',
  'paceNotes',
  'overdueItems',
  'prospects',
  'digest',
  'coaching',
  'reasons',
] as const;
/** What somebody can turn on and off. */
export type Nudge = (typeof NUDGES)[number];
