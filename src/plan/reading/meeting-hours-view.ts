/** What the monthly 1:1 is on the clocks of both, where they differ. */
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { isUnkindTime } from '../../time/time-of-day.ts';
import type { Pair } from '../access.ts';
import { isUnkind, type MeetingHours } from '../meeting-hours-rules.ts';

const bothText = (hours: MeetingHours, { rep, manager }: Pair) =>
  mrkdwn`${hours.rep} for ${mention(rep.userId)}, ${hours.manager} for ${mention((manager ?? rep).userId)}`;

/** `10:00 for @dana, 16:00 for @max.`, and where that is early or late for one of them, what would do; else null. */
export function meetingHoursText(hours: MeetingHours | null, pair: Pair): Mrkdwn | null {
  if (!hours) return null;
  const isSame = hours.rep === hours.manager;
  const both = mrkdwn`${bothText(hours, pair)}.`;
  if (!isUnkind(hours)) return isSame ? null : both;
  const { rep, manager } = pair;
  const isManager = manager !== null && isUnkindTime(hours.manager);
  const [who, time] = isManager ? [manager, hours.manager] : [rep, hours.rep];
  return lines(
    mrkdwn`:warning: *That is ${time} for ${mention(who.userId)}.*${isSame ? '' : mrkdwn` ${both}`}`,
    hours.better !== null && mrkdwn`${hours.better} where ${mention(rep.userId)} is suits both.`,
  );
}

/** `:warning: The monthly 1:1 is at …` where its time is early or late for one of them; else null. */
export function unkindMeetingText(hours: MeetingHours | null, pair: Pair): Mrkdwn | null {
  if (!hours || !isUnkind(hours)) return null;
  const better = hours.better === null ? '' : `: ${hours.better} would suit both`;
  return mrkdwn`:warning: The monthly 1:1 is at *${bothText(hours, pair)}*${better}.`;
}
