/** How the time of a meeting reads, on the clocks of one or both. */
import { timeText } from '../../activity/words-view.ts';
import { dateFormat } from '../../slack/locale.ts';
import { type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';

/** An instant as somebody sees it, and as the one they meet sees it. */
export interface MeetingTime {
  reader: WallTime;
  /** Null where nobody else is there. */
  other: (WallTime & { userId: string }) | null;
}

const utc = ({ date, time }: WallTime) => Date.parse(`${date}T${time}:00Z`);

/** `Tue, 2 Mar`, in the locale's own way. */
export function weekdayText(date: string, locale: string): string {
  return dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(
    utc({ date, time: '00:00' }),
  );
}

/** `Tue 2 Mar, 10:00`, in the locale's own way. */
export function whenText(at: WallTime, locale: string): string {
  return dateFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(utc(at));
}

/** `Tue 2 Mar, 10:00 (16:00 for @max)`; the other's clocks only where they show something else. */
export function meetingText({ reader, other }: MeetingTime, locale: string): Mrkdwn {
  const when = whenText(reader, locale);
  if (!other || utc(other) === utc(reader)) return mrkdwn`${when}`;
  const theirs =
    other.date === reader.date ? timeText(other.time, locale) : whenText(other, locale);
  return mrkdwn`${when} (${theirs} for ${mention(other.userId)})`;
}
