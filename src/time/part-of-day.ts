/** A part of a day that is off: how much of it, between which hours. */

/** Wall times, `HH:mm`, up to `24:00`. */
export interface Hours {
  start: string;
  end: string;
}

/** How much of a day, 1 or 0.5, and between which hours where they were named. */
export interface PartOfDay {
  share: number;
  hours: Hours | null;
}

export const WHOLE_DAY: PartOfDay = { share: 1, hours: null };
export const HALF: PartOfDay = { share: 0.5, hours: null };
export const MORNING: PartOfDay = { share: 0.5, hours: { start: '00:00', end: '12:00' } };
export const AFTERNOON: PartOfDay = { share: 0.5, hours: { start: '12:00', end: '24:00' } };

/** In minutes: when most people work, and what is more than a half of that. */
const DAY_START = 8 * 60;
const DAY_END = 18 * 60;
const MORE_THAN_HALF = 6 * 60;

/** How much of a day is off between two times; `evening`: nothing, nobody works then. */
export function partOfHours(hours: Hours): PartOfDay | 'evening' {
  const [start = 0, end = 0] = [hours.start, hours.end].map((time) => {
    const [hour = 0, minutes = 0] = time.split(':').map(Number);
    return 60 * hour + minutes;
  });
  const worked = Math.min(end, DAY_END) - Math.max(start, DAY_START);
  if (worked <= 0) return 'evening';
  return worked > MORE_THAN_HALF ? WHOLE_DAY : { share: 0.5, hours };
}
