import { type CountedDay, paceOf } from '../../activity/pace/pace-rules.ts';
import { monthOf } from '../../time/local-date.ts';
import type { Scorecard } from '../schemas.ts';
import type { Baseline, Facts } from './baseline-rules.ts';

/**
 * New business since the plan in force began, as a product of three shares of plan (1 is on plan):
 *
 *     bookings ÷ milestone = volume × conversion × deal size
 *
 * with volume = demos done ÷ planned, deal size = won amount ÷ deals ÷ the plan's average, and conversion
 * what is left over: wins for each demo, against plan. Before the first win there is volume alone.
 * `due`: the milestone of new business, minor units. Null where no demo or no new business was planned yet,
 * or where deals came without a demo.
 */
export function splitOf(
  { milestones, averageDealSize }: Baseline,
  { bookings, span, since }: Facts,
  days: readonly CountedDay[],
  due: number,
): Scorecard['split'] {
  const from = monthOf(since);
  const before = milestones.findLast(({ month }) => month < from);
  const planned = due - (before?.bookings.newBusiness ?? 0);
  const demos = paceOf(days, 'demos');
  if (planned <= 0 || demos.share === null) return null;
  const won = bookings.filter(
    ({ layer, date }) => layer === 'newBusiness' && date >= `${from}-01` && date <= span.to,
  );
  const amount = won.reduce((sum, deal) => sum + deal.amount, 0);
  const volume = { volume: demos.share, since: before ? from : null };
  if (amount === 0) return { ...volume, conversion: null, dealSize: null };
  if (demos.share === 0) return null;
  const dealSize = amount / won.length / averageDealSize;
  return { ...volume, conversion: amount / planned / (demos.share * dealSize), dealSize };
}
