import { type CountedDay, paceOf } from '../../activity/rules/pace.ts';
import { monthOf } from '../../time/local-date.ts';
import type { Card } from '../schemas.ts';
import type { Facts, Yardstick } from './yardstick.ts';

/**
 * New business since the plan in force began, as a product of three shares of plan (1 is on plan):
 *
 *     bookings ÷ milestone = volume × conversion × deal size
 *
 * with volume = demos done ÷ planned, deal size = won amount ÷ deals ÷ the plan's average, and conversion
 * what is left over: wins for each demo, against plan. Deal size is null before the first win; conversion
 * is 0 then. `due`: the milestone of new business, minor units. Null where no demo or no new business was planned yet.
 */
export function splitOf(
  { milestones, averageDealSize }: Yardstick,
  { bookings, span, since }: Facts,
  days: readonly CountedDay[],
  due: number,
): Card['split'] {
  const from = `${monthOf(since)}-01`;
  const before = milestones.findLast(({ month }) => month < monthOf(since));
  const planned = due - (before?.bookings.newBusiness ?? 0);
  const demos = paceOf(days, 'demos');
  if (planned <= 0 || demos.share === null || demos.share === 0) return null;
  const won = bookings.filter(
    ({ layer, date }) => layer === 'newBusiness' && date >= from && date <= span.to,
  );
  const amount = won.reduce((sum, deal) => sum + deal.amount, 0);
  if (amount === 0) return { volume: demos.share, conversion: 0, dealSize: null };
  const dealSize = amount / won.length / averageDealSize;
  return {
    volume: demos.share,
    conversion: amount / planned / (demos.share * dealSize),
    dealSize,
  };
}
