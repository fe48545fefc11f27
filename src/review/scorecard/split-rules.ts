/** Where new business comes short: how much was done, what became of it, or how large it was. */
import { type CountedDay, isLogged, paceOf } from '../../activity/pace/pace-rules.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import type { Scorecard } from '../schemas.ts';
import type { Baseline, Facts } from './baseline-rules.ts';
import { dueAt } from './verdict-rules.ts';

/**
 * New business as a product of three shares of plan (1 is on plan), of the wins that the demos since the
 * plan in force began can have become, a sales cycle later:
 *
 *     won ÷ due = volume × conversion × deal size
 *
 * with volume = demos done ÷ planned on logged days up to a cycle ago, deal size = won amount ÷ deals ÷ the
 * plan's average, and conversion what is left over: wins for each demo, against plan. Before the first win
 * there is volume alone. `until`: a local date. Before one cycle has passed nothing can be told (`splitFrom`
 * says from when on); the split is null too where less than one deal was due, too few days are logged, or
 * deals came without a demo.
 */
export function splitOf(
  baseline: Baseline,
  { bookings, since }: Facts,
  days: readonly CountedDay[],
  until: string,
): Pick<Scorecard, 'split' | 'splitFrom'> {
  const { salesCycleDays, dealSize } = baseline;
  const averageDealSize = dealSize.newBusiness;
  const from = addDays(since, salesCycleDays);
  if (averageDealSize <= 0) return { split: null, splitFrom: null };
  if (from > until) return { split: null, splitFrom: from };
  const unknown = { split: null, splitFrom: null };
  const due = (date: string) => dueAt(baseline, monthOf(date), date).newBusiness;
  const planned = due(until) - due(addDays(from, -1));
  const demosTo = addDays(until, -salesCycleDays);
  const demos = paceOf(
    days.filter(({ date }) => date <= demosTo),
    'demos',
  );
  if (planned < averageDealSize || demos.share === null) return unknown;
  if (!isLogged(demos)) return unknown;
  const won = bookings.filter(
    ({ layer, date }) => layer === 'newBusiness' && date >= from && date <= until,
  );
  const amount = won.reduce((sum, deal) => sum + deal.amount, 0);
  const window = { from, to: until, demosFrom: since, demosTo };
  const split = { volume: demos.share, conversion: null, dealSize: null, window };
  if (amount === 0) return { split, splitFrom: null };
  if (demos.share === 0) return unknown;
  const size = amount / won.length / averageDealSize;
  const conversion = amount / planned / (demos.share * size);
  return { split: { ...split, conversion, dealSize: size }, splitFrom: null };
}
