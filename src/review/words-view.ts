/** How KPIs, months and standings read. */
import { STAGE_NAMES, timeText } from '../activity/words-view.ts';
import { LAYER_NAMES } from '../actuals/words-view.ts';
import { ACTIVITIES, type Activity, LAYERS, type Layer } from '../plan/schemas.ts';
import { ACTIVITY_NAMES, levelText } from '../plan/words.ts';
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
import type {
  CatchUpLine,
  Health,
  Kpi,
  KpiLine,
  MonthStanding,
  Scorecard,
  Verdict,
} from './schemas.ts';
import { askedActivity, topicsOf } from './scorecard/question-rules.ts';

export const KPI_NAMES: Record<Kpi, string> = {
  bookings: 'Bookings',
  ...LAYER_NAMES,
  coverage: 'Coverage',
  leads: 'Leads',
  ...ACTIVITY_NAMES,
  ...STAGE_NAMES,
};

export const HEALTH_NAMES: Record<Health, string> = {
  on_track: 'on track',
  at_risk: 'at risk',
  off_track: 'off track',
  too_early: 'too early to say',
};

/** How a form without a figure is read, in its reader's language. */
export const withoutFigures = (locale = 'en'): NumberStyle => ({
  locale,
  currency: 'XXX',
  digits: 0,
});

export const isLayer = (kpi: Kpi): kpi is Layer => LAYERS.some((one) => one === kpi);
export const isActivity = (kpi: Kpi): kpi is Activity => ACTIVITIES.some((one) => one === kpi);
/** Whether a KPI is in minor units. */
export const isMoney = (kpi: Kpi): boolean => kpi === 'bookings' || isLayer(kpi);

/** One side of a KPI: `118k`, `2.4X`, `184`, `51%`; `–` where it isn't known. */
function figureText(kpi: Kpi, value: number | null, { locale, digits }: NumberStyle): string {
  if (value === null) return '–';
  if (isMoney(kpi)) return formatMoneyShort(value, { locale, digits });
  if (kpi === 'coverage') return formatFactor(Math.floor(value * 100) / 100, locale);
  if (kpi === 'leads') return formatCount(value, locale, 1);
  return isActivity(kpi) ? formatCount(value, locale) : formatPercent(value, locale);
}

/**
 * `New business 64 k of 101 k`, `Renewals 118 k of 112 k agreed, 56 k after the cut`, `Coverage 2.4X of
 * 3.25X`, `Leads 3 of 10 promised`, `Calls 184 of 270`, `Calls 480 of 525, 2,300 of 2,625 since the plan began`, `Demo → proposal 51% of 66%`.
 */
export function lineText(line: KpiLine, style: NumberStyle): string {
  const { kpi, actual, target } = line;
  const name = KPI_NAMES[kpi];
  if (target === null && kpi === 'coverage') return `${name}: none asked for yet`;
  if (target === null) return `${name} ${figureText(kpi, actual, style)}`;
  if (actual === null) {
    return line.verdict === 'met' ? `${name}: none asked for by then` : `${name}: not entered yet`;
  }
  if (target === 0 && isMoney(kpi))
    return `${name} ${figureText(kpi, actual, style)}, none due yet`;
  const [is, due] = [figureText(kpi, actual, style), figureText(kpi, target, style)];
  const isShort = actual < target && line.verdict !== 'unknown';
  // What is short by less than a short figure shows is told to the cent.
  if (is === due && isShort && isMoney(kpi)) {
    return `${name} ${formatMoney(actual, style)} of ${formatMoney(target, style)}`;
  }
  return `${name} ${is} of ${due}${besideText(line, style)}`;
}

function besideText({ kpi, target, cut, soFar }: KpiLine, style: NumberStyle): string {
  if (kpi === 'leads') return ' promised';
  if (soFar) {
    const [is, due] = [soFar.actual, soFar.target].map((value) => figureText(kpi, value, style));
    return `, ${is} of ${due} since the plan began`;
  }
  if (cut === null || cut === target) return '';
  return ` agreed, ${figureText(kpi, cut, style)} after the cut`;
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

/** `63%`; of what is short 99% at most. `–` where it says nothing. */
export function shareText(line: KpiLine, { locale }: NumberStyle): string {
  const share = shareOf(line);
  if (share === null) return '–';
  const isShort = (line.verdict === 'missed' || line.verdict === 'short') && share < 1;
  return formatPercent(isShort ? Math.min(share, 0.99) : share, locale);
}

/** ✓ met, ≈ short by no more than chance, ✗ missed, – unknown. */
export const MARKS: Record<Verdict, string> = { met: '✓', short: '≈', missed: '✗', unknown: '–' };

const NUMBERS = ['three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** How often chance alone brings so little: `one month in three`, `every other month`, `most months`. */
export function oftenText(chance: number, unit: 'month' | 'quarter' | 'time'): string {
  const of = Math.round(1 / chance);
  if (of <= 1) return unit === 'time' ? 'most of the time' : `most ${unit}s`;
  if (of === 2) return `every other ${unit}`;
  return `one ${unit} in ${NUMBERS[of - 3] ?? of}`;
}

/** All bookings together, as a line: cards of former versions have none. */
export function bookingsLine({ lines, bookings }: MonthStanding): KpiLine {
  const { actual, target } = bookings;
  const verdict = target <= 0 ? 'unknown' : actual >= target ? 'met' : 'missed';
  return (
    lines.find(({ kpi }) => kpi === 'bookings') ?? {
      kpi: 'bookings',
      actual,
      target,
      verdict,
      tries: null,
      chance: null,
      cut: null,
      soFar: null,
    }
  );
}

/**
 * Why a month stands as it does: `leads 3 of 10 promised, bookings 63% (new business 41%), coverage 2.4X of
 * 3.25X, calls on plan`.
 */
export function healthText(card: MonthStanding, style: NumberStyle): string {
  const of = (kpi: Kpi) => card.lines.find((line) => line.kpi === kpi);
  const [leads, coverage, bookings] = [of('leads'), of('coverage'), bookingsLine(card)];
  const parts = [
    leads?.verdict === 'missed' ? lowerText(leads, style) : null,
    bookedText(bookings, card, style),
    coverage ? coveredText(coverage, bookings, style) : null,
    workText(card, style),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function lowerText(line: KpiLine, style: NumberStyle): string {
  const text = lineText(line, style);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `bookings 63% (new business 41%)`. */
function bookedText(line: KpiLine, { lines }: MonthStanding, style: NumberStyle): string {
  if (shareOf(line) === null) return 'no bookings due yet';
  const share = `bookings ${shareText(line, style)}`;
  if (line.verdict === 'short') return `${share} (within chance)`;
  if (line.verdict === 'met') return share;
  const layers = lines.filter(({ kpi, target }) => isLayer(kpi) && (target ?? 0) > 0);
  const [worst] = layers
    .filter(({ verdict }) => verdict === 'missed')
    .toSorted((a, b) => (shareOf(a) ?? 0) - (shareOf(b) ?? 0));
  return worst && layers.length > 1
    ? `${share} (${KPI_NAMES[worst.kpi].toLowerCase()} ${shareText(worst, style)})`
    : share;
}

/** Where bookings are met, only a pipeline that is short is worth a word. */
function coveredText(line: KpiLine, bookings: KpiLine, style: NumberStyle): string | null {
  const isMet = bookings.verdict === 'met';
  if (line.verdict === 'missed') return `${isMet ? 'though ' : ''}${lowerText(line, style)}`;
  if (isMet) return null;
  if (line.verdict === 'unknown') return line.target === null ? null : 'pipeline not entered';
  return line.actual === null ? null : lowerText(line, style);
}

/** What says whether the work was done: the activity that is asked about, else the first that holds. */
function workText({ lines }: MonthStanding, style: NumberStyle): string | null {
  const asked = askedActivity(topicsOf(lines));
  const missed = lines.find(({ kpi }) => kpi === asked);
  if (missed) return `${KPI_NAMES[missed.kpi].toLowerCase()} ${shareText(missed, style)}`;
  const held = lines.find(({ kpi, verdict }) => isActivity(kpi) && verdict === 'met');
  return held ? `${KPI_NAMES[held.kpi].toLowerCase()} on plan` : null;
}

/** `16 of 18 days logged`. */
export function loggedText({ counted, unlogged }: Scorecard['days'], locale: string): string {
  const count = (value: number) => formatCount(value, locale);
  return `${count(counted - unlogged)} of ${count(counted)} ${counted === 1 ? 'day' : 'days'} logged`;
}

/** `34 calls a day instead of 27`; of a card of a former version `170 calls a week instead of 135`. */
export function catchUpLevel(
  { activity, perWeek, extraPerWeek, pace }: Extract<CatchUpLine, { kind: 'activity' }>,
  locale: string,
): string {
  const { planned, ...level } = pace ?? {
    per: 'week' as const,
    count: perWeek,
    planned: perWeek - extraPerWeek,
  };
  return `${levelText(activity, level, locale)} instead of ${formatCount(planned, locale)}`;
}

/** Said once a page to a rep whose own target is another. */
export const atQuotaText = mrkdwn`All at quota, as your team’s channel reads it: your income goal stays with you and your manager. Your own target: \`/bigplan\`.`;

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

/** `*$64 k* booked, $101 k due by 31 Mar at quota (63%)`. */
export function bookingsText(
  { actual, target }: Scorecard['bookings'],
  { by, style }: { by: string; style: NumberStyle },
): Mrkdwn {
  const money = (minor: number) => formatMoneyShort(minor, style);
  const share = target > 0 ? ` (${formatPercent(actual / target, style.locale)})` : '';
  const due = `${money(target)} due by ${formatDate(by, style.locale, 'day')}`;
  return mrkdwn`*${money(actual)}* booked, ${due} at quota${share}`;
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
