/** The plan on one page: ten lines from the goal to today's calls. */
import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { datesBetween, lastDayOfMonth, weekdayOf } from '../../time/local-date.ts';
import { isWorkingDay } from '../../time/working-days.ts';
import { openTermsOf, type PlanDraft } from '../draft.ts';
import { agreedActivities } from '../model/agreed-levels.ts';
import { reviewDate } from '../model/calendar.ts';
import type { LiveFigures } from '../model/compute.ts';
import { ACTIVITIES } from '../schemas.ts';
import { activityCount } from '../words.ts';
import { warningText } from './warning-text.ts';

/** Warnings that are shown; goals that come late may be many. */
const WARNINGS_SHOWN = 6;

const up = (value: number) => Math.ceil(value - 1e-9);

/**
 * The chain from goal to today's calls, as far as it can be computed; `today` is a local date.
 * Holds the personal goal: for the pair's eyes only.
 */
function summaryLines(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  today: string,
  settled: readonly SettledRenewal[],
): SlackText[] {
  const { bookings, pipeline, layers } = live;
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const count = (value: number) => formatCount(value, viewer.locale);
  const dated = (date: string) => formatDate(date, viewer.locale, 'day');
  const factor = (value: number) => formatFactor(value, viewer.locale);
  const found: SlackText[] = [];
  if (live.incomeTarget !== null) {
    found.push(
      mrkdwn`*Goal* ${money(live.incomeTarget)} by ${formatDate(draft.period.end, viewer.locale, 'date')}${lifeGoalNote(live, viewer)}`,
    );
  }
  if (bookings && live.quota !== null) {
    found.push(
      mrkdwn`*Target* ${money(bookings.target)}: ${formatPercent(bookings.attainment, viewer.locale)} of the ${money(live.quota)} quota`,
    );
  }
  if (pipeline) {
    const { by } = openTermsOf(draft).insurance ?? { by: draft.period.end };
    found.push(
      mrkdwn`*Pipeline* ${money(pipeline.required)} qualified (${factor(pipeline.xFactor)}), ${money(pipeline.insured)} insured by ${dated(by)}`,
    );
  }
  if (layers) {
    const { renewal, expansion, newBusiness } = layers;
    found.push(
      mrkdwn`*Renewals* ${money(renewal.expected)} to count on of ${money(renewal.pipeline)}, after the pressure test`,
      ...settledLines(draft, settled, viewer),
      mrkdwn`*Expansion* ${money(expansion.target)} from ${count(draft.expansion.length)} ${draft.expansion.length === 1 ? 'target' : 'targets'}`,
      mrkdwn`*New business* ${money(newBusiness.target)}: ${count(up(newBusiness.deals))} deals out of ${count(up(newBusiness.opportunities))} opportunities`,
      mrkdwn`*Leads* SDRs bring ${count(Math.floor(newBusiness.sdrSupply))}, ${count(up(newBusiness.gap))} are yours to find`,
    );
  }
  const levels = agreedActivities(draft, live);
  if (levels) {
    const perDay = ACTIVITIES.map((each) =>
      activityCount(each, levels[each].perDay, count(levels[each].perDay)),
    );
    found.push(mrkdwn`*Every day* ${perDay.join(' · ')}`);
  }
  const next = live.milestones?.find(({ month }) => lastDayOfMonth(`${month}-01`) >= today);
  if (next) {
    const end = lastDayOfMonth(`${next.month}-01`);
    found.push(
      mrkdwn`*Next milestone* ${money(next.bookings.total)} booked by ${dated(end)}, looked at on ${dated(reviewDate(next.month, draft.reviews))}`,
    );
  }
  const day = levels && todayLine(draft, levels.calls.perDay, today, viewer);
  return day ? [...found, day] : found;
}

function settledLines(...facts: Parameters<typeof settledLine>): SlackText[] {
  const line = settledLine(...facts);
  return line ? [line] : [];
}

function lifeGoalNote({ lifeGoals }: LiveFigures, { locale }: NumberStyle): string {
  const [first] = (lifeGoals ?? []).filter(({ paidOn }) => paidOn !== null);
  if (!first?.paidOn) return '';
  return ` · ${first.label} paid for by ${formatDate(first.paidOn, locale, 'day')}`;
}

function todayLine(
  draft: PlanDraft,
  calls: number,
  today: string,
  { locale }: NumberStyle,
): SlackText | null {
  const { calendar, period } = draft;
  const from = today < period.start ? period.start : today;
  const day = datesBetween(from, period.end).find((date) => isWorkingDay(calendar, date));
  if (day === undefined) return null;
  const blocks = draft.callBlocks.filter(({ days }) => days.includes(weekdayOf(day)));
  const when = blocks.map(({ start, minutes }) => ` · ${start} for ${minutes} min`).join(',');
  const name = day === today ? 'Today' : today < period.start ? 'Day one' : 'Next working day';
  const date = day === today ? '' : ` ${formatDate(day, locale, 'date')}:`;
  const number = activityCount('calls', calls, formatCount(calls, locale));
  return mrkdwn`*${name}*${date} ${number}${when}`;
}

/** The summary with its warnings, each saying what would do. */
export function summaryBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  today: string,
  settled: readonly SettledRenewal[] = [],
): KnownBlock[] {
  const chain = summaryLines(draft, live, viewer, today, settled);
  const rest = live.warnings.length - WARNINGS_SHOWN;
  const warnings = live.warnings
    .slice(0, WARNINGS_SHOWN)
    .map((warning) => mrkdwn`:small_orange_diamond: ${warningText(warning, viewer)}`);
  if (rest > 0) warnings.push(mrkdwn`and ${rest} more like these.`);
  return [
    ...(chain.length > 0 ? [section(lines(...chain))] : []),
    ...(warnings.length > 0 ? [section(lines(...warnings))] : []),
  ];
}

/** What has become of a renewal of the plan; money in minor units. */
export interface SettledRenewal {
  /** The row's id. */
  renewalId: string;
  outcome: 'won' | 'lost';
  amount: number;
  /** Local date. */
  date: string;
}

/** Settled renewals that a summary names; more are counted. */
const NAMED = 3;

/** `won $118k on 3 Mar`. */
function outcomeText({ outcome, amount, date }: SettledRenewal, viewer: NumberStyle): string {
  const day = formatDate(date, viewer.locale, 'day');
  return `${outcome} ${formatMoneyShort(amount, viewer)} on ${day}`;
}

/** ` · settled: won $118k on 3 Mar`, behind a renewal's line; nothing while it is open. */
export function settledNote(
  renewalId: string,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn {
  const found = settled.find((one) => one.renewalId === renewalId);
  return found ? mrkdwn` · settled: *${outcomeText(found, viewer)}*` : mrkdwn``;
}

/** `Settled 2 of 5: Acme won $118k on 3 Mar · Globex lost $40k on 5 Mar`; null while none is. */
function settledLine(
  { renewals }: PlanDraft,
  settled: readonly SettledRenewal[],
  viewer: NumberStyle,
): Mrkdwn | null {
  const known = settled.flatMap((one) => {
    const row = renewals.find(({ id }) => id === one.renewalId);
    return row ? [{ ...one, account: row.account }] : [];
  });
  if (known.length === 0) return null;
  const named = known
    .slice(-NAMED)
    .reverse()
    .map((one) => `${one.account} ${outcomeText(one, viewer)}`);
  const more = known.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])].join(' · ');
  return mrkdwn`*Settled* ${known.length} of ${renewals.length} renewals: ${all}`;
}

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
