import type { PlanDraft } from './draft.ts';
import type { Activities } from './rules/activities.ts';
import { agreedLevels } from './rules/agreed-levels.ts';
import type { LiveFigures } from './rules/live-figures.ts';

/** The activity levels that hold for the draft, overruled ones in place; null while not computable. */
export function agreedActivities(draft: PlanDraft, live: LiveFigures): Activities | null {
  const perMonth = live.explanations.daysPerMonth?.result.value;
  if (!live.activities || live.sellingDays === null || typeof perMonth !== 'number') return null;
  const workdaysPerWeek = draft.calendar.workdays.length;
  return agreedLevels(live.activities, draft.overrides, {
    workdaysPerWeek,
    sellingDays: live.sellingDays,
    perMonth,
  });
}
