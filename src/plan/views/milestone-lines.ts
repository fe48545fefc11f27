import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { formatDate, formatMoneyShort } from '../../slack/format.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import type { PlanDraft } from '../draft.ts';
import type { LiveFigures } from '../rules/live-figures.ts';
import { reviewDate } from '../rules/review-dates.ts';

const MONTHS_A_SECTION = 6;

/** Each month's end: bookings by layer, pipeline then due, and the date on which it is looked at. */
export function milestoneBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
): KnownBlock[] {
  if (!live.milestones) {
    return [
      section('The timeline appears here once goal, comp plan and new business are filled in.'),
    ];
  }
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const rows = live.milestones.map(({ month, bookings, qualifiedPipeline }) => {
    const review = formatDate(reviewDate(month, draft.reviews), viewer.locale, 'day');
    return lines(
      mrkdwn`*${formatDate(`${month}-01`, viewer.locale, 'month')}* · ${money(bookings.total)} booked · ${money(qualifiedPipeline.total)} pipeline · looked at ${review}`,
      mrkdwn`      renewals ${money(bookings.renewal)} / ${money(qualifiedPipeline.renewal)} · expansion ${money(bookings.expansion)} / ${money(qualifiedPipeline.expansion)} · new business ${money(bookings.newBusiness)} / ${money(qualifiedPipeline.newBusiness)}`,
    );
  });
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < rows.length; at += MONTHS_A_SECTION) {
    blocks.push(section(lines(...rows.slice(at, at + MONTHS_A_SECTION))));
  }
  return blocks;
}
