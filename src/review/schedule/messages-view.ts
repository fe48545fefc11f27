/** What the two hear about when they meet. */
import type { KnownBlock } from '@slack/types';
import { nudgeMenuPick } from '../../activity/ids.ts';
import { quote } from '../../activity/words-view.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import type { WallTime } from '../../time/zone.ts';
import { holdAfterAll, monthMenu, moveOpen, skipOpen } from '../ids.ts';
import type { KpiLine } from '../schemas.ts';
import { bookingsText, lineText, type MeetingTime, meetingText, whenText } from '../words-view.ts';
import { unkindText } from './move-view.ts';

export interface MeetingScreen {
  reviewId: string;
  /** `March and Q1`. */
  name: string;
  /** As it is now. */
  at: MeetingTime;
  locale: string;
  reason: string | null;
}

export interface ChangeScreen extends MeetingScreen {
  kind: 'moved' | 'skipped' | 'held';
  /** Who did it: the one that the reader meets. */
  by: string;
  /** When they would have met before, on the reader's clocks. */
  from: WallTime;
  /** The reader doesn't work on that day. */
  isOff: boolean;
}

/** To the other one of the pair. */
export function changeMessage(screen: ChangeScreen): Message {
  const { kind, reviewId, name, at, by, from, isOff, reason, locale } = screen;
  const was = whenText(from, locale);
  const head = {
    moved: mrkdwn`*${mention(by)} moved the 1:1 about ${name}* to *${meetingText(at, locale)}*. It was ${was}.`,
    skipped: mrkdwn`*${mention(by)} skipped the 1:1 about ${name}*, ${was}. The next one comes as planned.`,
    held: mrkdwn`*The 1:1 about ${name} is on after all*, says ${mention(by)}: *${meetingText(at, locale)}*.`,
  }[kind];
  const off = isOff && kind !== 'skipped' && mrkdwn`That is no working day of yours.`;
  const hour = kind === 'skipped' ? null : unkindText(at, locale);
  const move = button('Move…', {
    ...moveOpen.with(reviewId),
    spoken: `Move the 1:1 about ${name}`,
  });
  const hold = button('Hold it after all', holdAfterAll.with(reviewId));
  return message(head, [
    section(lines(head, reason !== null && quote(reason), off, hour)),
    actions(kind === 'skipped' ? [hold, move] : [move]),
  ]);
}

export interface HeadsUpScreen extends MeetingScreen {
  repId: string;
  /** The month that is judged, `YYYY-MM`. */
  month: string;
  style: NumberStyle;
  /** Minor units, at quota. */
  bookings: { actual: number; target: number };
  /** Until when those are due, a local date. */
  by: string;
  coverage: KpiLine | null;
  /** When it opens at the latest, on the reader's clocks. */
  opensAt: WallTime;
  /** The team's; null: none is set. */
  channelId: string | null;
  /** Who skipped it; null: it is on. */
  skippedBy: string | null;
  /** Whether it is open: the rep needs not be waited for. */
  isOpen: boolean;
  /** Whether it waits all the same, since the channel takes nothing now. */
  isWaiting: boolean;
}

/**
 * To the manager, when reps are asked: figures, and nothing yet of why. One at least, in the order of their times; of
 * several each has a row.
 */
export function headsUpMessage(screens: readonly HeadsUpScreen[]): Message {
  const [first, ...others] = screens;
  if (!first) throw new RangeError('A message about no 1:1');
  return others.length === 0 ? aloneMessage(first) : severalMessage(first, screens);
}

/** More rows than that are no message any more. */
const MOST_ROWS = 20;

function severalMessage(first: HeadsUpScreen, screens: readonly HeadsUpScreen[]): Message {
  const { locale } = first.style;
  const number = (count: number) => formatCount(count, locale);
  const held = screens.filter(({ skippedBy }) => skippedBy === null);
  const [next] = held;
  const count = next
    ? `${number(screens.length)} of your 1:1s come up`
    : `${number(screens.length)} of your 1:1s are skipped`;
  const when = next
    ? mrkdwn`, the first with ${mention(next.repId)}: ${meetingText(next.at, locale)}`
    : mrkdwn`.`;
  const more = screens.length - MOST_ROWS;
  return message(mrkdwn`${count}${when}`, [
    section(
      lines(mrkdwn`*${count}*${when}`, held.some(({ isOpen }) => !isOpen) && whyFirstText(first)),
      { accessory: overflow(nudgeMenuPick.id, [...STOPS]) },
    ),
    ...screens.slice(0, MOST_ROWS).map(headsUpRow),
    ...(more > 0 ? [context(mrkdwn`And ${number(more)} more: \`/bigplan review\`.`)] : []),
  ]);
}

const whyFirstText = ({ channelId }: HeadsUpScreen): Mrkdwn =>
  channelId === null
    ? mrkdwn`Each is asked why first. Then it comes to your team’s channel, before you meet at the latest. None is set yet: \`/bigplan team\`.`
    : mrkdwn`Each is asked why first. It comes to ${channelMention(channelId)} when they send it, or before you meet without.`;

const MOST_OF_A_REASON = 150;

function headsUpRow(screen: HeadsUpScreen): KnownBlock {
  const { reviewId, repId, month, name, at, style, skippedBy, isOpen, reason } = screen;
  const { locale } = style;
  const who = mrkdwn`*${mention(repId)}* · ${name}`;
  if (skippedBy !== null) {
    return section(
      lines(
        mrkdwn`${who} · skipped, says ${mention(skippedBy)}`,
        reason !== null && quote(truncate(reason, MOST_OF_A_REASON)),
      ),
      { accessory: button('Hold it after all', holdAfterAll.with(reviewId)) },
    );
  }
  const pick = (what: 'move' | 'skip', label: string) => ({
    value: monthMenu.write({ what, repId, month }),
    label,
  });
  return section(
    lines(
      mrkdwn`${who} · *${meetingText(at, locale)}*`,
      figuresText(screen),
      isOpen && openText(screen),
    ),
    {
      accessory: overflow(monthMenu.id, [
        pick('move', 'Move…'),
        ...(isOpen ? [] : [pick('skip', 'Skip…')]),
      ]),
    },
  );
}

function aloneMessage(screen: HeadsUpScreen): Message {
  const { reviewId, name, at, repId, style, skippedBy, isOpen, reason } = screen;
  const { locale } = style;
  const when = meetingText(at, locale);
  if (skippedBy !== null) {
    const said = mrkdwn`*The 1:1 with ${mention(repId)} about ${name} is skipped*, says ${mention(skippedBy)}.`;
    return message(said, [
      section(lines(said, reason !== null && quote(reason))),
      actions([button('Hold it after all', holdAfterAll.with(reviewId))]),
    ]);
  }
  const head = mrkdwn`*Your 1:1 with ${mention(repId)} about ${name}: ${when}*`;
  return message(mrkdwn`Your 1:1 with ${mention(repId)} about ${name}: ${when}`, [
    section(lines(head, figuresText(screen), isOpen ? openText(screen) : firstText(screen)), {
      accessory: overflow(nudgeMenuPick.id, [...STOPS]),
    }),
    actions([
      button('Move…', {
        ...moveOpen.with(reviewId),
        spoken: `Move the 1:1 about ${name}`,
      }),
      ...(isOpen
        ? []
        : [
            button('Skip…', {
              ...skipOpen.with(reviewId),
              spoken: `Skip the 1:1 about ${name}`,
            }),
          ]),
    ]),
  ]);
}

/** The way out that every nudge carries. */
const STOPS = [
  { value: 'pause', label: 'Pause everything for a week' },
  { value: 'settings', label: 'My settings…' },
] as const;

/** `*$64k* booked, $101k due by 28 Feb at quota (63%)` and the coverage. */
function figuresText({ bookings, by, coverage, style }: HeadsUpScreen): Mrkdwn {
  const words = bookingsText(bookings, { by, style });
  return lines(words, coverage && mrkdwn`${lineText(coverage, style)}`);
}

function firstText({ repId, channelId, opensAt, style }: HeadsUpScreen): Mrkdwn {
  const until = whenText(opensAt, style.locale);
  const first = mrkdwn`${mention(repId)} is asked why first.`;
  return channelId === null
    ? mrkdwn`${first} Then it comes to your team’s channel, on ${until} at the latest. None is set yet: \`/bigplan team\`.`
    : mrkdwn`${first} It comes to ${channelMention(channelId)} when they send it, or on ${until} without.`;
}

function openText({ channelId, isWaiting }: HeadsUpScreen): Mrkdwn | null {
  if (channelId === null) return null;
  const channel = channelMention(channelId);
  return isWaiting
    ? mrkdwn`The review is open. ${channel} takes nothing now: it comes there by itself once that is mended.`
    : mrkdwn`The review is open, and for ${channel} to read.`;
}
