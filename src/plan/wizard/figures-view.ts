/** What each step's entries lead to, in a line or two: refreshed while people type. */
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { lines, mrkdwn, type SlackText } from '../../slack/text.ts';
import { monthsBetween } from '../../time/local-date.ts';
import { DEFAULT_PIPELINE, type PlanDraft, type StepId } from '../draft.ts';
import { agreedActivities, callCapacity } from '../model/agreed-levels.ts';
import type { LiveFigures } from '../model/compute.ts';
import { evenChanceX } from '../model/pipeline.ts';
import { warningText } from '../reading/warning-text.ts';
import { ACTIVITIES } from '../schemas.ts';
import { activityCount } from '../words.ts';

type Figures = (draft: PlanDraft, live: LiveFigures, viewer: NumberStyle) => (SlackText | null)[];

const FIGURES: Partial<Record<StepId, Figures>> = {
  goal(draft, live, viewer) {
    if (live.incomeTarget === null) return [mrkdwn`Your goal will show here in terms of quota.`];
    const months = monthsBetween(draft.period).length;
    const goal = formatMoney(live.incomeTarget, viewer);
    const share = goalInQuota(live, viewer);
    return [
      share === null
        ? mrkdwn`*${goal}* in ${months === 1 ? 'one month' : `${months} months`}, before tax.`
        : mrkdwn`*${goal}* is ${share} of quota${pipelineNote(draft, live, viewer)}.`,
      ...(live.lifeGoals ?? []).map(({ label, amount, paidOn, late }) => {
        const what = mrkdwn`${label} (${formatMoneyShort(amount, viewer)})`;
        if (paidOn === null) return mrkdwn`${what}: not paid for in this period.`;
        return mrkdwn`${what}: paid for by ${formatDate(paidOn, viewer.locale, 'date')}${late ? ', later than you need it' : ''}.`;
      }),
    ];
  },
  compensation(draft, live, viewer) {
    if (!live.bookings || live.variableNeeded === null) {
      return [
        mrkdwn`With the comp plan filled in, this line says what your goal takes in bookings.`,
      ];
    }
    const { required, target, attainment } = live.bookings;
    return [
      isUnreachable(live)
        ? null
        : mrkdwn`Your goal takes ${formatMoney(live.variableNeeded, viewer)} of commission: *${formatMoney(required, viewer)}* of bookings.`,
      mrkdwn`Target *${formatMoneyShort(target, viewer)}*, ${formatPercent(attainment, viewer.locale)} of quota${pipelineNote(draft, live, viewer)}.`,
    ];
  },
  pipeline(draft, live, viewer) {
    const { winRate, xFactor } = draft.pipeline ?? DEFAULT_PIPELINE;
    const even = evenChanceX(winRate);
    return [
      live.pipeline
        ? mrkdwn`*${formatMoneyShort(live.pipeline.required, viewer)}* of qualified pipeline: ${formatFactor(xFactor, viewer.locale)} your target.`
        : null,
      mrkdwn`1 ÷ your win rate is ${formatFactor(1 / winRate, viewer.locale)}. ${even === null ? '' : mrkdwn`From ${formatFactor(even, viewer.locale)} on, ten wins are likelier than not.`}`,
    ];
  },
  renewals(draft, live, viewer) {
    if (draft.renewals.length === 0) return [];
    const total = draft.renewals.reduce((sum, { amount }) => sum + amount, 0);
    const expected = draft.renewals.reduce(
      (sum, { amount, pressureTested }) => sum + amount * pressureTested,
      0,
    );
    return [
      mrkdwn`*${formatMoneyShort(live.layers?.renewal.expected ?? Math.round(expected), viewer)}* to count on of ${formatMoneyShort(total, viewer)} that renews.`,
    ];
  },
  expansion(draft, _live, viewer) {
    const total = draft.expansion.reduce((sum, { target }) => sum + target, 0);
    return total === 0 ? [] : [mrkdwn`*${formatMoneyShort(total, viewer)}* of expansion in all.`];
  },
  newBusiness(_draft, live, viewer) {
    if (!live.layers)
      return [
        mrkdwn`With goal, comp plan and deal size, this line says how many leads are yours to find.`,
      ];
    const { target, deals, opportunities, sdrSupply, gap } = live.layers.newBusiness;
    const count = (value: number) => formatCount(Math.ceil(value - 1e-9), viewer.locale);
    return [
      mrkdwn`*${formatMoneyShort(target, viewer)}* of new business: ${count(deals)} deals out of ${count(opportunities)} opportunities.`,
      mrkdwn`SDRs bring ${formatCount(Math.floor(sdrSupply), viewer.locale)}. *${count(gap)}* are yours to find.`,
    ];
  },
  activities(draft, live, viewer) {
    const levels = agreedActivities(draft, live);
    if (!levels)
      return [mrkdwn`With goal, comp plan and new business, this line says what a day looks like.`];
    const { minutesPerWeek, callsPerWeek, short, minutesNeeded } = callCapacity(
      draft.callBlocks,
      draft.callsPerHour,
      levels.calls.perWeek,
    );
    const n = (value: number) => formatCount(value, viewer.locale);
    return [
      mrkdwn`A day: ${ACTIVITIES.map((activity) => `${activityCount(activity, levels[activity].perDay, n(levels[activity].perDay))}`).join(' · ')}`,
      mrkdwn`${n(live.sellingDays ?? 0)} selling days. ${holidayNote(draft)}`,
      short === 0
        ? mrkdwn`Your blocks hold ${n(callsPerWeek)} calls a week, and ${n(levels.calls.perWeek)} are needed: they fit.`
        : mrkdwn`${n(levels.calls.perWeek)} calls a week take ${n(minutesNeeded)} minutes of call blocks; ${n(minutesPerWeek)} are planned.`,
    ];
  },
  insurance(_draft, live, viewer) {
    if (!live.pipeline) return [];
    const calls = live.activities && live.baseActivities;
    return [
      mrkdwn`*${formatMoneyShort(live.pipeline.insured, viewer)}* of pipeline instead of ${formatMoneyShort(live.pipeline.required, viewer)}.`,
      calls && live.activities?.calls.perDay === live.baseActivities?.calls.perDay
        ? mrkdwn`The calls a day stay at ${formatCount(live.activities?.calls.perDay ?? 0, viewer.locale)}: rounding up covers it.`
        : calls
          ? mrkdwn`${formatCount(live.activities?.calls.perDay ?? 0, viewer.locale)} calls a day instead of ${formatCount(live.baseActivities?.calls.perDay ?? 0, viewer.locale)}: that is the premium.`
          : null,
    ];
  },
};

const isUnreachable = ({ warnings }: LiveFigures) =>
  warnings.some(({ code }) => code === 'goal_unreachable');

/**
 * The bookings that earn the goal as a share of quota, rounded down as in the warning; null where they
 * are not known or no bookings earn it.
 */
function goalInQuota(live: LiveFigures, { locale }: NumberStyle): string | null {
  if (!live.bookings || isUnreachable(live)) return null;
  const below = live.warnings.find((warning) => warning.code === 'goal_below_quota');
  if (!below) return formatPercent(live.bookings.attainment, locale);
  return formatPercent(Math.floor((below.required / below.atQuota) * 100) / 100, locale);
}

/** `; 3X is $4.0M of pipeline`. */
function pipelineNote(draft: PlanDraft, { pipeline }: LiveFigures, viewer: NumberStyle): string {
  if (!pipeline) return '';
  const { xFactor } = draft.pipeline ?? DEFAULT_PIPELINE;
  return `; ${formatFactor(xFactor, viewer.locale)} is ${formatMoneyShort(pipeline.required, viewer)} of pipeline`;
}

/** Which step a warning belongs under. */
const WARNING_STEPS = {
  goal_unreachable: 'compensation',
  goal_below_quota: 'compensation',
  x_factor_thin: 'pipeline',
  goal_late: 'goal',
} as const;

function holidayNote({ calendar }: PlanDraft): string {
  const { holidays, timeOff } = calendar;
  const parts = [
    holidays.length > 0 ? `${holidays.length} public holidays` : 'no public holidays',
    timeOff.length > 0
      ? `${timeOff.length === 1 ? 'one time off' : `${timeOff.length} times off`}`
      : '',
  ].filter(Boolean);
  return `${parts.join(' and ')} taken out.`;
}

/** The step's figures for `draft`, which `live` was computed from, and the warnings that belong there; null where none. */
export function stepFigures(
  step: StepId,
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
): SlackText | null {
  const found = FIGURES[step]?.(draft, live, viewer) ?? [];
  const warnings = live.warnings
    .filter(({ code }) => WARNING_STEPS[code] === step)
    .map((warning) => mrkdwn`:small_orange_diamond: ${warningText(warning, viewer)}`);
  const all = [...found, ...warnings];
  return all.length === 0 ? null : lines(...all);
}
