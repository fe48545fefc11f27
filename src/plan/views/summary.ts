/** The plan on one page: ten lines from the goal to today's calls. */
import type { KnownBlock } from '@slack/types';
import { section } from '../../slack/kit/blocks.ts';
import { lines, md, type Words } from '../../slack/kit/escape.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoneyShort,
  formatPercent,
} from '../../slack/kit/format.ts';
import { lastDayOfMonth, weekdayOf } from '../../time/local-date.ts';
import { agreedActivities } from '../agreed.ts';
import { openTermsOf, type PlanDraft } from '../draft.ts';
import type { FieldContext } from '../fields.ts';
import type { LiveFigures } from '../rules/live-figures.ts';
import { reviewDate } from '../rules/review-dates.ts';
import { ACTIVITIES } from '../schemas.ts';
import { warningText } from '../warning-text.ts';
import { ACTIVITY_NAMES } from '../words.ts';

const up = (value: number) => Math.ceil(value - 1e-9);

/**
 * The chain from goal to today's calls, as far as it can be computed; `today` is a local date.
 * Holds the personal goal: for the pair's eyes only.
 */
export function summaryLines(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: FieldContext,
  today: string,
): Words[] {
  const { bookings, pipeline, layers } = live;
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const count = (value: number) => formatCount(value, viewer.locale);
  const dated = (date: string) => formatDate(date, viewer.locale, 'day');
  const factor = (value: number) => formatFactor(value, viewer.locale);
  const found: Words[] = [];
  if (live.incomeTarget !== null) {
    found.push(
      md`*Goal* ${money(live.incomeTarget)} by ${formatDate(draft.period.end, viewer.locale, 'date')}${lifeGoalNote(live, viewer)}`,
    );
  }
  if (bookings && live.quota !== null) {
    found.push(
      md`*Target* ${money(bookings.target)}: ${formatPercent(bookings.attainment, viewer.locale)} of the ${money(live.quota)} quota`,
    );
  }
  if (pipeline) {
    const { by } = openTermsOf(draft).insurance ?? { by: draft.period.end };
    found.push(
      md`*Pipeline* ${money(pipeline.required)} qualified (${factor(pipeline.xFactor)}), ${money(pipeline.insured)} insured by ${dated(by)}`,
    );
  }
  if (layers) {
    const { renewal, expansion, newBusiness } = layers;
    found.push(
      md`*Renewals* ${money(renewal.expected)} to count on of ${money(renewal.pipeline)}, after the pressure test`,
      md`*Expansion* ${money(expansion.target)} from ${count(draft.expansion.length)} ${draft.expansion.length === 1 ? 'target' : 'targets'}`,
      md`*New business* ${money(newBusiness.target)}: ${count(up(newBusiness.deals))} deals out of ${count(up(newBusiness.opportunities))} opportunities`,
      md`*Leads* SDRs bring ${count(Math.floor(newBusiness.sdrSupply))}, ${count(up(newBusiness.gap))} are yours to find`,
    );
  }
  const levels = agreedActivities(draft, live);
  if (levels) {
    const perDay = ACTIVITIES.map(
      (each) => `${count(levels[each].perDay)} ${ACTIVITY_NAMES[each].toLowerCase()}`,
    );
    found.push(md`*Every day* ${perDay.join(' · ')}`);
  }
  const next = live.milestones?.find(({ month }) => lastDayOfMonth(`${month}-01`) >= today);
  if (next) {
    const end = lastDayOfMonth(`${next.month}-01`);
    found.push(
      md`*Next milestone* ${money(next.bookings.total)} booked by ${dated(end)}, looked at on ${dated(reviewDate(next.month, draft.reviews))}`,
    );
  }
  if (levels) found.push(todayLine(draft, levels.calls.perDay, today, viewer));
  return found;
}

function lifeGoalNote({ lifeGoals }: LiveFigures, { locale }: FieldContext): string {
  const [first] = (lifeGoals ?? []).filter(({ paidOn }) => paidOn !== null);
  if (!first?.paidOn) return '';
  return ` · ${first.label} paid for by ${formatDate(first.paidOn, locale, 'day')}`;
}

function todayLine(
  draft: PlanDraft,
  calls: number,
  today: string,
  { locale }: FieldContext,
): Words {
  if (today < draft.period.start) {
    return md`*Day one* ${formatDate(draft.period.start, locale, 'date')}: ${formatCount(calls, locale)} calls`;
  }
  const weekday = weekdayOf(today);
  const blocks = draft.callBlocks.filter(({ days }) => days.includes(weekday));
  const when = blocks.map(({ start, minutes }) => `${start} for ${minutes} min`).join(', ');
  return md`*Today* ${formatCount(calls, locale)} calls${when && ` · ${when}`}`;
}

/** The summary with its warnings, each saying what would do. */
export function summaryBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: FieldContext,
  today: string,
): KnownBlock[] {
  const chain = summaryLines(draft, live, viewer, today);
  const warnings = live.warnings.map(
    (warning) => md`:small_orange_diamond: ${warningText(warning, draft.currency)}`,
  );
  return [
    ...(chain.length > 0 ? [section(lines(...chain))] : []),
    ...(warnings.length > 0 ? [section(lines(...warnings))] : []),
  ];
}
