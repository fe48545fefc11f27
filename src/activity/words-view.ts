/** How days, counts, reasons and people's own words read. */
import type { DaysOff } from '../input/days-off-scene.ts';
import { WEEKDAY_NAMES } from '../people/names-view.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { activityCount } from '../plan/words.ts';
import { formatCount, formatDate } from '../slack/format.ts';
import { dateFormat } from '../slack/locale.ts';
import { lines, type Mrkdwn, mrkdwn } from '../slack/text.ts';
import { addDays, weekdayOf } from '../time/local-date.ts';
import type { Hours } from '../time/part-of-day.ts';
import type { Week } from './day-rules.ts';
import type { Stage } from './pace/stage-rate-rules.ts';
import type { Cause, Counts, SkipReason } from './schemas.ts';

/** `Tuesday` within the last week, else `Tue, 2 Mar`. */
export function dayName(date: string, today: string, locale: string): string {
  const weekday = WEEKDAY_NAMES[weekdayOf(date)];
  const isNear = date <= today && date > addDays(today, -7);
  return isNear ? weekday : `${weekday.slice(0, 3)}, ${formatDate(date, locale, 'day')}`;
}

/** `Today, Thursday`, `Yesterday, Wednesday`, else as `dayName` with its date. */
export function fullDayName(date: string, today: string, locale: string): string {
  const weekday = WEEKDAY_NAMES[weekdayOf(date)];
  if (date === today) return `Today, ${weekday}`;
  if (date === addDays(today, -1)) return `Yesterday, ${weekday}`;
  return `${weekday.slice(0, 3)}, ${formatDate(date, locale, 'day')}`;
}

/** `today`, `yesterday`, or the day's name. */
export function dayInWords(date: string, today: string, locale: string): string {
  if (date === today) return 'today';
  if (date === addDays(today, -1)) return 'yesterday';
  return dayName(date, today, locale);
}

/**
 * `Fri, Mar 12, 2027`, `Fri, Mar 12, 2027 – Mon, Mar 15, 2027`, `Fri, Mar 12, 2027, morning`: each day with its weekday,
 * as the reader of days off reads it back.
 */
export function daysOffText({ from, to, share, hours }: DaysOff, locale: string): string {
  const day = (date: string) =>
    dateFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }).format(Date.parse(`${date}T00:00:00Z`));
  const days = from === to ? day(from) : `${day(from)} – ${day(to)}`;
  if (share === 1) return days;
  return hours === null ? `half a day, ${days}` : `${days}, ${hoursText(hours, locale)}`;
}

function hoursText({ start, end }: Hours, locale: string): string {
  if (start === '00:00') return end === '12:00' ? 'morning' : `until ${timeText(end, locale)}`;
  if (end === '24:00') return start === '12:00' ? 'afternoon' : `from ${timeText(start, locale)}`;
  return `${timeText(start, locale)} – ${timeText(end, locale)}`;
}

/** Somebody's words set apart, each of their lines. */
export function quote(words: string): Mrkdwn {
  return lines(...words.split('\n').map((line) => mrkdwn`>${line}`));
}

/** A wall time (`HH:mm`) as people of the locale write it. */
export function timeText(time: string, locale: string): string {
  return dateFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(
    Date.parse(`1970-01-01T${time}:00Z`),
  );
}

/** `9:00–10:30`, `9:00–10:30 AM`: from one wall time to another. */
export function timesText(from: string, to: string, locale: string): string {
  const [start, end] = [timeText(from, locale), timeText(to, locale)];
  const half = /\s[AP]M$/i.exec(end)?.[0] ?? '';
  return `${half !== '' && start.endsWith(half) ? start.slice(0, -half.length) : start}–${end}`;
}

/** `31 calls · 2 demos · 1 proposal`: what there was any of; `nothing` where there was none. */
export function countsText(counts: Counts, locale: string): string {
  const done = ACTIVITIES.filter((activity) => counts[activity] > 0);
  if (done.length === 0) return 'nothing';
  return done.map((activity) => counted(activity, counts[activity], locale)).join(' · ');
}

/** The same within a button or a sentence: `31 calls, 2 demos`. */
export const countsInLine = (counts: Counts, locale: string): string =>
  countsText(counts, locale).replaceAll(' · ', ', ');

export function counted(activity: Activity, count: number, locale: string): string {
  return activityCount(activity, count, formatCount(count, locale));
}

/** `Calls 27 planned · visits 1 · demos 1 · proposals – · contracts –`. */
export function plannedText(planned: Counts, locale: string): string {
  return ACTIVITIES.map((activity, at) => {
    const count = planned[activity] > 0 ? formatCount(planned[activity], locale) : '–';
    return at === 0 ? `Calls ${count}${count === '–' ? '' : ' planned'}` : `${activity} ${count}`;
  }).join(' · ');
}

/** `61 of 81 calls, 3 of 4 demos`: calls and demos, or what is planned instead; null where nothing is. */
export function weekText({ planned, done }: Week, locale: string): string | null {
  const shown = (['calls', 'demos', 'visits'] as const)
    .filter((activity) => planned[activity] > 0)
    .slice(0, 2);
  if (shown.length === 0) return null;
  return shown
    .map((activity) => {
      const did = formatCount(done[activity], locale);
      return `${did} of ${counted(activity, planned[activity], locale)}`;
    })
    .join(', ');
}

/** `One demo ahead.`: the rarest thing that the week has more of than planned; else null. */
export function aheadText({ planned, done }: Week, locale: string): string | null {
  const ahead = (['contracts', 'proposals', 'demos', 'visits'] as const).find(
    (activity) => done[activity] > planned[activity],
  );
  if (!ahead) return null;
  const more = done[ahead] - planned[ahead];
  const words = activityCount(ahead, more, more === 1 ? 'One' : formatCount(more, locale));
  return `${words} ahead.`;
}

export const SKIP_REASON_NAMES: Record<SkipReason, string> = {
  away: 'I was away',
  customers: 'With existing customers',
  meetings: 'Meetings or training',
  travel: 'Travelling',
  tools: 'Tools were down',
  other: 'Something else',
};

/** The same after a colon: `Tuesday skipped: travel`. */
export const SKIPPED_FOR: Record<SkipReason, string> = {
  away: 'away',
  customers: 'with existing customers',
  meetings: 'meetings or training',
  travel: 'travel',
  tools: 'tools were down',
  other: 'something else',
};

export const STAGE_NAMES: Record<Stage, string> = {
  callToVisit: 'Call → visit',
  visitToDemo: 'Visit → demo',
  demoToProposal: 'Demo → proposal',
  proposalToContract: 'Proposal → contract',
};

export const CAUSE_NAMES: Record<Cause, string> = {
  lead_supply: 'Too few leads',
  lead_quality: 'Leads that don’t fit',
  content: 'Content is missing',
  marketing_handoff: 'Hand-off from marketing',
  brand_and_pr: 'Brand and PR',
  training: 'Training',
  coaching: 'Coaching',
  product_context: 'Product context',
  tools_and_data: 'Tools and data',
  incentives: 'Incentives',
  pricing: 'Pricing',
  market: 'The market',
  plan_assumption: 'The plan assumed too much',
  time_away: 'Time away',
  own_execution: 'My own execution',
};

/** As it stands in somebody else's sentence: `too few leads`. */
export function causeInLine(cause: Cause): string {
  if (cause === 'own_execution') return 'own execution';
  const name = CAUSE_NAMES[cause];
  return name.charAt(0).toLowerCase() + name.slice(1);
}
