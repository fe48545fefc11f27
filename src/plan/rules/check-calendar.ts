import type { Calendar, TimeOff } from '../schemas.ts';
import { type Problem, under } from './problem.ts';

/** Time off that ends after it begins; path `to`. */
export function checkTimeOff({ from, to }: Pick<TimeOff, 'from' | 'to'>): Problem[] {
  return to < from ? [{ path: 'to', problem: `must not be before its start, ${from}` }] : [];
}

/** Every stretch of time off; paths `timeOff.<index>.to`. */
export function checkCalendar({ timeOff }: Pick<Calendar, 'timeOff'>): Problem[] {
  return timeOff.flatMap((row, index) => under(`timeOff.${index}`, checkTimeOff(row)));
}
