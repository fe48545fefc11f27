import { type Mrkdwn, mention, mrkdwn, raw, toMrkdwn } from '../slack/text.ts';
import type { Weekday } from '../time/local-date.ts';

/** A line of names is read up to here; more are counted. */
const MOST = 20;

const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });

/** `@Dana, @Max, and @Priya`: pings nobody in a view, and shows the names that Slack knows now. */
export function mentions(userIds: readonly string[]): Mrkdwn {
  const shown = userIds.slice(0, MOST).map((id) => toMrkdwn(mention(id)));
  const more = userIds.length - shown.length;
  return raw(conjunction.format(more > 0 ? [...shown, `${more} more`] : shown));
}

export const WEEKDAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** `Mon, Tue, and Wed`. */
export function weekdayList(days: readonly Weekday[]): string {
  return conjunction.format(days.map((day) => WEEKDAY_NAMES[day].slice(0, 3)));
}

/** Who looks after the settings, for somebody who may not change them. */
export function adminsWords(admins: readonly string[]): Mrkdwn {
  return admins.length === 0
    ? mrkdwn`The workspace’s settings are looked after by this workspace's Slack admins. Tell them what you need.`
    : mrkdwn`The workspace’s settings are looked after by ${mentions(admins)}. Tell them what you need: it takes a minute.`;
}
