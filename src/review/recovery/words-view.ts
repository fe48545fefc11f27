/** How recovery items read. */
import { counted } from '../../activity/words-view.ts';
import { formatDate } from '../../slack/format.ts';
import { lines, type Mrkdwn, mention, mrkdwn, raw } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import type { CatchUpLine, Kpi } from '../schemas.ts';
import { catchUpLevel, KPI_NAMES, monthName } from '../words-view.ts';

export interface ShownItem {
  id: string;
  text: string;
  owner: 'rep' | 'manager';
  /** Slack's user id of whoever that is now; null: nobody manages the rep. */
  ownerId: string | null;
  kpi: Kpi | null;
  /** Local date. */
  due: string;
  /** Null: it is open. */
  done: { on: string; by: string } | null;
  /** The month at whose review it was agreed, where that is a former one. */
  month: string | null;
}

export interface ItemStyle {
  /** Local date of whoever reads. */
  today: string;
  /** BCP 47. */
  locale: string;
}

/** What would do as an item, in words of the rep or of the catch-up plan. */
export interface Suggestion {
  /** What a button says of it. */
  key: string;
  text: string;
  kpi: Kpi | null;
  due: string | null;
}

/** `12 Mar`, and with its year where that is another one. */
export function dateText(date: string, { today, locale }: ItemStyle): string {
  return formatDate(date, locale, date.slice(0, 4) === today.slice(0, 4) ? 'day' : 'date');
}

/** `12 days late`; null where it isn't. */
function lateText(due: string, today: string): string | null {
  const days = daysBetween(due, today);
  if (days <= 0) return null;
  return days === 1 ? '1 day late' : `${days} days late`;
}

export const ownerText = (ownerId: string | null): Mrkdwn =>
  ownerId === null ? mrkdwn`the manager` : mention(ownerId);

function whenText({ due, done }: ShownItem, style: ItemStyle): Mrkdwn {
  if (done) return mrkdwn`done on ${dateText(done.on, style)} by ${mention(done.by)}`;
  if (due === style.today) return mrkdwn`due *today*`;
  const late = lateText(due, style.today);
  if (late) return mrkdwn`due ${dateText(due, style)}, *${late}*`;
  return mrkdwn`by ${dateText(due, style)}`;
}

/** What, and under it who, by when, for which KPI and since when. */
export function itemWords(item: ShownItem, style: ItemStyle): Mrkdwn {
  const about = [
    ownerText(item.ownerId),
    whenText(item, style),
    item.kpi && mrkdwn`${KPI_NAMES[item.kpi]}`,
    item.month && mrkdwn`from ${monthName(item.month, style.locale)}`,
  ].flatMap((part) => (part ? [part.mrkdwn] : []));
  return lines(
    item.done ? mrkdwn`✓ ${item.text}` : mrkdwn`*›* ${item.text}`,
    raw(about.join(' · ')),
  );
}

/** What a button's row is about, for whoever hears it. */
export const spokenItem = (what: string, { text }: ShownItem): string =>
  `${what}: ${truncate(text, 60)}`;

/** `3 items, 1 done`. */
export function countText(items: readonly ShownItem[]): string {
  const done = items.filter((item) => item.done).length;
  const all = items.length === 1 ? '1 item' : `${items.length} items`;
  if (done === 0) return all;
  return done === items.length ? `${all}, all done` : `${all}, ${done} done`;
}

/** `34 calls a day instead of 27 until 30 Apr`; null where nothing in reach makes up for it. */
export function catchUpText(line: CatchUpLine, locale: string): string | null {
  switch (line.kind) {
    case 'activity': {
      return `${catchUpLevel(line, locale)} until ${formatDate(line.until, locale, 'day')}`;
    }
    case 'deals': {
      if (!line.isInReach) return null;
      const until = formatDate(line.until, locale, 'day');
      if (line.demos === null) {
        return `${line.deals} ${line.deals === 1 ? 'deal' : 'deals'} beyond the plan by ${until}`;
      }
      const deals = line.deals === 1 ? 'the deal that is' : `the ${line.deals} deals that are`;
      return `${counted('demos', line.demos, locale)} more by ${until}, for ${deals} short`;
    }
    case 'leads': {
      const leads = line.short === 1 ? 'lead' : 'leads';
      return `${line.short} ${leads} that were promised, by ${formatDate(line.until, locale, 'day')}`;
    }
    case 'beyond':
      return null;
  }
}
