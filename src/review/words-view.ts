/** How KPIs, months and standings read. */
import { STAGE_NAMES, timeText } from '../activity/words-view.ts';
import { LAYER_NAMES } from '../actuals/words-view.ts';
import { ACTIVITIES, type Activity, LAYERS, type Layer } from '../plan/schemas.ts';
import { ACTIVITY_NAMES } from '../plan/words.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../slack/format.ts';
import { dateFormat } from '../slack/locale.ts';
import { type Mrkdwn, mention, mrkdwn } from '../slack/text.ts';
import type { WallTime } from '../time/zone.ts';
import type { Health, Kpi, KpiLine, Scorecard } from './schemas.ts';

export const KPI_NAMES: Record<Kpi, string> = {
  ...LAYER_NAMES,
  coverage: 'Coverage',
  ...ACTIVITY_NAMES,
  ...STAGE_NAMES,
};

export const HEALTH_NAMES: Record<Health, string> = {
  on_track: 'on track',
  at_risk: 'at risk',
  off_track: 'off track',
};

/** How a form without a figure is read, in its reader's language. */
export const withoutFigures = (locale = 'en'): NumberStyle => ({
  locale,
  currency: 'XXX',
  digits: 0,
});

export const isLayer = (kpi: Kpi): kpi is Layer => LAYERS.some((one) => one === kpi);
const isActivity = (kpi: Kpi): kpi is Activity => ACTIVITIES.some((one) => one === kpi);

/** One side of a KPI: `118k`, `2.4X`, `184`, `51%`; `–` where it isn't known. */
function figureText(kpi: Kpi, value: number | null, { locale, digits }: NumberStyle): string {
  if (value === null) return '–';
  switch (kpi) {
    case 'renewal':
    case 'expansion':
    case 'newBusiness':
      return formatMoneyShort(value, { locale, digits });
    case 'coverage':
      return formatFactor(Math.floor(value * 100) / 100, locale);
    default:
      return isActivity(kpi) ? formatCount(value, locale) : formatPercent(value, locale);
  }
}

/** `New business 64k of 101k`, `Coverage 2.4X of 3.25X`, `Calls 184 of 270`, `Demo → proposal 51% of 66%`. */
export function lineText(line: KpiLine, style: NumberStyle): string {
  const { kpi, actual, target } = line;
  const name = KPI_NAMES[kpi];
  if (target === null) return `${name} ${figureText(kpi, actual, style)}`;
  if (actual === null) {
    return line.verdict === 'met' ? `${name}: nothing left to win` : `${name}: not entered yet`;
  }
  if (target === 0 && isLayer(kpi))
    return `${name} ${figureText(kpi, actual, style)}, none due yet`;
  const [is, due] = [figureText(kpi, actual, style), figureText(kpi, target, style)];
  // What is missed by less than a short figure shows is told to the cent.
  if (is === due && line.verdict === 'missed' && isLayer(kpi)) {
    return `${name} ${formatMoney(actual, style)} of ${formatMoney(target, style)}`;
  }
  return `${name} ${is} of ${due}`;
}

/** The two sides apart, for a table. */
export function lineCells(line: KpiLine, style: NumberStyle): { actual: string; target: string } {
  return {
    actual: figureText(line.kpi, line.actual, style),
    target: figureText(line.kpi, line.target, style),
  };
}

/** actual ÷ target; null where that says nothing. */
export function shareOf({ actual, target }: Pick<KpiLine, 'actual' | 'target'>): number | null {
  return actual === null || target === null || target <= 0 ? null : actual / target;
}

/** `63%`; of what is missed 99% at most. `–` where it says nothing. */
export function shareText(line: KpiLine, { locale }: NumberStyle): string {
  const share = shareOf(line);
  if (share === null) return '–';
  const isShort = line.verdict === 'missed' && share < 1;
  return formatPercent(isShort ? Math.min(share, 0.99) : share, locale);
}

/** ✓ met, ✗ missed, – unknown. */
export const MARKS: Record<KpiLine['verdict'], string> = { met: '✓', missed: '✗', unknown: '–' };

/** `March`, and with what else ends then: `March and Q1`, `December, Q4 and the year`. */
export function monthText(
  { month, quarter, last }: Pick<Scorecard, 'month' | 'quarter' | 'last'>,
  locale: string,
): string {
  const name = monthName(month, locale);
  if (last)
    return quarter === null ? `${name} and the period` : `${name}, Q${quarter} and the period`;
  return quarter === null ? name : `${name} and Q${quarter}`;
}

/** `March` of `2027-03`. */
export function monthName(month: string, locale: string): string {
  return dateFormat(locale, { month: 'long' }).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** `*$64k* booked, $101k due by 31 Mar at quota (63%)`. `measure`: what it is measured against. */
export function bookingsText(
  { actual, target }: Scorecard['bookings'],
  { by, style, measure }: { by: string; style: NumberStyle; measure: string },
): Mrkdwn {
  const money = (minor: number) => formatMoneyShort(minor, style);
  const share = target > 0 ? ` (${formatPercent(actual / target, style.locale)})` : '';
  const due = `${money(target)} due by ${formatDate(by, style.locale, 'day')}`;
  return mrkdwn`*${money(actual)}* booked, ${due} ${measure}${share}`;
}

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
