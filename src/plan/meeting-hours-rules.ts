/** The monthly 1:1 on the clocks of both. */
import { monthsBetween } from '../time/local-date.ts';
import { isUnkindTime, laterOn } from '../time/time-of-day.ts';
import type { Zone } from '../time/zone.ts';
import type { PlanDraft } from './draft.ts';
import { reviewDate } from './model/calendar.ts';

export interface MeetingHours {
  /** Wall times, `HH:mm`: where the rep is, and where their manager is. */
  rep: string;
  manager: string;
  /** A time where the rep is that would be kind to both; null: this one is, or there is none. */
  better: string | null;
}

/** Full hours that are proposed instead. */
const HOURS = Array.from({ length: 10 }, (_, hour) => laterOn('08:00', 60 * hour));

export const isUnkind = ({ rep, manager }: Pick<MeetingHours, 'rep' | 'manager'>): boolean =>
  isUnkindTime(rep) || isUnkindTime(manager);

/** When they meet, in the first month in which that is unkind to one of them; else in the first. */
export function meetingHours(
  { reviews, period }: Pick<PlanDraft, 'reviews' | 'period'>,
  zones: { rep: Zone; manager: Zone },
): MeetingHours {
  const dates = monthsBetween(period).map(({ month }) => reviewDate(month, reviews));
  const hoursAt = (time: string) =>
    dates.map((date) => {
      return { rep: time, manager: zones.manager.timeAt(zones.rep.instantAt(date, time)) };
    });
  const all = hoursAt(reviews.time);
  const unkind = all.find(isUnkind);
  const better = unkind && HOURS.find((time) => !hoursAt(time).some(isUnkind));
  const shown = unkind ?? all[0] ?? { rep: reviews.time, manager: reviews.time };
  return { ...shown, better: better ?? null };
}
