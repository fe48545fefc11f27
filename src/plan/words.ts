/** The names that people read for what the plan stores in code words. */

import type { Activity } from './schemas.ts';

export const ACTIVITY_NAMES: Record<Activity, string> = {
  calls: 'Calls',
  visits: 'Visits',
  demos: 'Demos',
  proposals: 'Proposals',
  contracts: 'Contracts',
};

/** One of each, in the middle of a sentence. */
const ONE: Record<Activity, string> = {
  calls: 'call',
  visits: 'visit',
  demos: 'demo',
  proposals: 'proposal',
  contracts: 'contract',
};

/** `27 calls`, `1 demo`; `written` is the count as the reader writes it. */
export function activityCount(activity: Activity, count: number, written: string): string {
  return `${written} ${count === 1 ? ONE[activity] : ACTIVITY_NAMES[activity].toLowerCase()}`;
}
