/** Who has seen somebody's plan, by day. */
import type { ModalView } from '@slack/types';
import { timesText, timeText } from '../activity/words-view.ts';
import { context, section } from '../slack/blocks.ts';
import { formatDate } from '../slack/format.ts';
import { modal } from '../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../slack/text.ts';

/** What somebody saw on a day of the reader's. */
export interface SeenDay {
  userId: string;
  /** Local date. */
  date: string;
  /** The first and the last time, `HH:mm`. */
  first: string;
  last: string;
  plan: boolean;
  standing: boolean;
}

/** Newest first; `more`: there are others before. */
export function seenView(
  days: readonly SeenDay[],
  { locale, since, more }: { locale: string; since: string; more: boolean },
): ModalView {
  const head =
    days.length === 0
      ? mrkdwn`*Nobody but you has opened your plan* since ${formatDate(since, locale, 'date')}. Once your manager does, it stands here, with the day and the time.`
      : mrkdwn`*Who has seen what is yours*, by day and by your clock:`;
  const dates = [...new Set(days.map(({ date }) => date))];
  return modal({
    title: 'Who has seen my plan',
    close: 'Close',
    blocks: [
      section(head),
      ...dates.map((date) =>
        section(
          lines(
            mrkdwn`*${formatDate(date, locale, 'date')}*`,
            ...days.filter((one) => one.date === date).map((day) => lineOf(day, locale)),
          ),
        ),
      ),
      ...(more ? [context('Earlier days are in your `/bigplan export`.')] : []),
      context(
        'Noted are your plan, opened or sent, and how you stand wherever it is shown or sent to somebody by your name: Home, `/bigplan status`, `team`, `review` and `coach`, Monday’s digest, notes before a 1:1. What stands in your team’s channel is seen by whoever is in it. Kept for 400 days.',
      ),
    ],
  });
}

function lineOf({ userId, first, last, plan, standing }: SeenDay, locale: string) {
  const what =
    plan && standing ? 'your plan, and how you stand' : plan ? 'your plan' : 'how you stand';
  const times = first === last ? timeText(first, locale) : timesText(first, last, locale);
  return mrkdwn`${mention(userId)} · ${what} · ${times}`;
}
