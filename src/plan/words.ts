/** The names that people read for what the plan stores in code words. */
import { formatCount } from '../slack/format.ts';
import type { PaceUnit, ShownPace } from './model/activities.ts';
import { ACTIVITIES, type Activity } from './schemas.ts';

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

/** Behind a count. */
export const PACE_NAMES: Record<PaceUnit, string> = {
  day: 'a day',
  week: 'a week',
  month: 'a month',
  quarter: 'a quarter',
};

const NONE = '–';

/** `23 calls a day`, `1 contract a month`; `contracts –` where there are none. */
export function levelText(activity: Activity, { count, per }: ShownPace, locale: string): string {
  if (count === 0) return `${ACTIVITY_NAMES[activity].toLowerCase()} ${NONE}`;
  return `${activityCount(activity, count, formatCount(count, locale))} ${PACE_NAMES[per]}`;
}

/** All five, those of one pace together: `23 calls a day · 9 visits, 6 demos a week · contracts –`. */
export function levelsText(levels: Record<Activity, { shown: ShownPace }>, locale: string): string {
  const parts: { per: PaceUnit | null; words: string[] }[] = [];
  for (const activity of ACTIVITIES) {
    const { count, per } = levels[activity].shown;
    const last = parts.at(-1);
    if (count > 0 && last?.per === per) {
      last.words.push(activityCount(activity, count, formatCount(count, locale)));
    } else if (count > 0) {
      parts.push({ per, words: [activityCount(activity, count, formatCount(count, locale))] });
    } else {
      parts.push({ per: null, words: [levelText(activity, { count, per }, locale)] });
    }
  }
  return parts
    .map(({ per, words }) => `${words.join(', ')}${per === null ? '' : ` ${PACE_NAMES[per]}`}`)
    .join(' · ');
}
