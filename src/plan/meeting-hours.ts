import { zoneOf } from '../time/zone.ts';
import type { Pair } from './access.ts';
import type { PlanDraft } from './draft.ts';
import { type MeetingHours, meetingHours } from './meeting-hours-rules.ts';

/** The monthly 1:1 on the clocks of both; null: nobody manages the rep. */
export function meetingHoursOf(
  draft: Pick<PlanDraft, 'reviews' | 'period'>,
  { rep, manager }: Pair,
): MeetingHours | null {
  if (!manager) return null;
  return meetingHours(draft, { rep: zoneOf(rep.timeZone), manager: zoneOf(manager.timeZone) });
}
