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
import { winsNewBusiness } from '../carried-rules.ts';
import { DEFAULT_PIPELINE, openTermsOf, type PlanDraft, type StepId } from '../draft.ts';
import { agreedActivities, callCapacity } from '../model/agreed-levels.ts';
import type { LiveFigures } from '../model/compute.ts';
import { winRateOf } from '../model/funnel.ts';
import { evenChanceX } from '../model/pipeline.ts';
import type { Warning } from '../model/warnings.ts';
import {
  componentText,
  type FigureText,
  isOneQuota,
  leadsText,
  newBusinessText,
  payText,
  peakText,
  renewalText,
  uncoveredText,
  xText,
} from '../reading/figure-text.ts';
import { warningTexts } from '../reading/warning-text.ts';
import { ACTIVITIES, type Funnel } from '../schemas.ts';
import { isOneThing } from '../win-rate-rules.ts';
import { levelsText, levelText } from '../words.ts';

type Figures = (draft: PlanDraft, live: LiveFigures, viewer: NumberStyle) => (SlackText | null)[];

const FIGURES: Partial<Record<StepId, Figures>> = {
  goal(draft, live, viewer) {
    if (live.incomeTarget === null) return [mrkdwn`Your goal will show here in terms of quota.`];
    const months = monthsBetween(draft.period).length;
    const goal = formatMoney(live.incomeTarget, viewer);
    const takes = goalInBookings(draft, live, viewer);
    return [
      takes === null
        ? mrkdwn`*${goal}* in ${months === 1 ? 'one month' : `${months} months`}, before tax.`
        : mrkdwn`*${goal}* ${takes}${pipelineNote(draft, live, viewer)}.`,
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
    const isOne = hasOneQuota(draft, live, viewer);
    const share = isOne ? `, ${formatPercent(attainment, viewer.locale)} of quota` : '';
    const outcomes = isOne ? [] : (live.compensation ?? []).slice(0, COMPONENTS_SHOWN);
    return [
      isUnreachable(live)
        ? null
        : mrkdwn`Your goal takes ${formatMoney(live.variableNeeded, viewer)} of variable pay: *${formatMoney(required, viewer)}* of bookings.`,
      mrkdwn`Target *${formatMoneyShort(target, viewer)}*${share}${pipelineNote(draft, live, viewer)}.`,
      ...outcomes.map((outcome) => componentText(outcome, viewer)),
      payText(draft, live, viewer),
    ];
  },
  pipeline(draft, live, viewer) {
    const { winRate } = draft.pipeline ?? DEFAULT_PIPELINE;
    const even = evenChanceX(winRate);
    return [
      live.pipeline
        ? mrkdwn`*${formatMoneyShort(live.pipeline.required, viewer)}* of qualified pipeline over the period (${xText(draft, viewer)}).`
        : null,
      peakText(live, viewer),
      mrkdwn`1 ÷ your win rate is ${formatFactor(1 / winRate, viewer.locale)}.${even === null ? '' : mrkdwn` From ${formatFactor(even, viewer.locale)} on, ten wins are likelier than not.`}`,
      closingText(draft, viewer),
    ];
  },
  renewals: (draft, live, viewer) => [standOut(renewalText(draft, live.layers, viewer))],
  expansion(draft, _live, viewer) {
    const total = draft.expansion.reduce((sum, { target }) => sum + target, 0);
    return total === 0 ? [] : [mrkdwn`*${formatMoneyShort(total, viewer)}* of expansion in all.`];
  },
  newBusiness(draft, live, viewer) {
    if (!winsNewBusiness(draft)) {
      return [
        mrkdwn`New business isn’t part of this plan: renewals and expansion are, the agreed likelihoods counted in full.`,
        live.layers && standOut(uncoveredText(draft, live.layers, viewer)),
      ];
    }
    if (!live.layers) {
      return [
        mrkdwn`With goal, comp plan and deal size, this line says how many leads are yours to find.`,
      ];
    }
    const leads = leadsText(live.layers, viewer);
    return [
      standOut(newBusinessText(draft, live.layers, viewer)),
      leads && mrkdwn`${leads}.`,
      standOut(uncoveredText(draft, live.layers, viewer)),
    ];
  },
  activities(draft, live, viewer) {
    const levels = agreedActivities(draft, live);
    if (!levels)
      return [mrkdwn`With goal, comp plan and new business, this line says what a day looks like.`];
    const n = (value: number) => formatCount(value, viewer.locale);
    return [
      mrkdwn`*${levelsText(levels, viewer.locale)}*`,
      closingText(draft, viewer),
      mrkdwn`${n(live.sellingDays ?? 0)} selling days. ${holidayNote(draft)}`,
      capacityText(draft, levels.calls.perWeek, viewer),
    ];
  },
  insurance(draft, live, viewer) {
    if (!live.pipeline) return [];
    const premium = premiumText(live, viewer);
    const insured = formatMoneyShort(live.pipeline.insured, viewer);
    const base = formatMoneyShort(live.pipeline.required, viewer);
    const { by } = openTermsOf(draft).insurance;
    const more =
      insured === base
        ? mrkdwn`The pipeline stays at *${base}*.`
        : mrkdwn`*${insured}* of pipeline instead of ${base}, from ${formatDate(by, viewer.locale, 'date')} on.`;
    if (live.activities === null) return [more];
    if (premium !== null) return [more, mrkdwn`${premium}: that is the premium.`];
    return insured === base
      ? [mrkdwn`This insures nothing yet: a higher X would, or a risk with what it may cost.`]
      : [more, mrkdwn`What you do stays as it is: rounding up covers it.`];
  },
};

/** The figure in bold. */
const standOut = (text: FigureText | null) => text && mrkdwn`*${text.figure}* ${text.rest}.`;

/** `23 calls a day instead of 21, 4 contracts a month instead of 3`; null where nothing changes. */
function premiumText(
  { activities, baseActivities }: LiveFigures,
  { locale }: NumberStyle,
): string | null {
  if (!activities || !baseActivities) return null;
  const changed = ACTIVITIES.flatMap((activity) => {
    const [level, base] = [activities[activity].shown, baseActivities[activity].shown];
    if (level.count === base.count) return [];
    return [`${levelText(activity, level, locale)} instead of ${formatCount(base.count, locale)}`];
  });
  return changed.length === 0 ? null : changed.join(', ');
}

/** What becomes of a hundred demos, and how that goes with the win rate. */
function closingText({ pipeline, funnel }: PlanDraft, { locale }: NumberStyle): SlackText {
  const { winRate } = pipeline ?? DEFAULT_PIPELINE;
  const won = formatPercent(winRateOf(funnel), locale, 1);
  const demos = mrkdwn`Of 100 demos ${closingCounts(funnel, locale)}`;
  if (!isOneThing(winRate, funnel)) return mrkdwn`${demos}: the funnel wins ${won} of its demos.`;
  return mrkdwn`${demos}. That is your win rate, ${formatPercent(winRate, locale, 1)}: changing it here or there changes both.`;
}

/** `70 become proposals, 42 contracts, 34 deals` */
function closingCounts(funnel: Funnel, locale: string): string {
  const proposals = 100 * funnel.demoToProposal;
  const contracts = proposals * funnel.proposalToContract;
  const count = (value: number) => formatCount(value, locale, value < 3 ? 1 : 0);
  return `${count(proposals)} become proposals, ${count(contracts)} contracts, ${count(100 * winRateOf(funnel))} deals`;
}

/** Whether the call blocks hold the calls; null where there are neither. */
function capacityText(
  { callBlocks, callsPerHour }: PlanDraft,
  callsPerWeekNeeded: number,
  { locale }: NumberStyle,
): SlackText | null {
  if (callsPerWeekNeeded === 0) return null;
  const { minutesPerWeek, callsPerWeek, short, minutesNeeded } = callCapacity(
    callBlocks,
    callsPerHour,
    callsPerWeekNeeded,
  );
  const n = (value: number) => formatCount(value, locale);
  return short === 0
    ? mrkdwn`Your blocks hold ${n(callsPerWeek)} calls a week, and ${n(callsPerWeekNeeded)} are needed: they fit.`
    : mrkdwn`${n(callsPerWeekNeeded)} calls a week take ${n(minutesNeeded)} minutes of call blocks; ${n(minutesPerWeek)} are planned.`;
}

/** Components that are shown one by one; the page shows the rest. */
const COMPONENTS_SHOWN = 6;

/** Whether the comp plan is one quota that all bookings count towards, as far as it is known. */
const hasOneQuota = (draft: PlanDraft, live: LiveFigures, viewer: NumberStyle) =>
  live.compensation ? isOneQuota(live, viewer) : draft.components.length === 0;

const isUnreachable = ({ warnings }: LiveFigures) =>
  warnings.some(({ code }) => code === 'goal_unreachable');

/**
 * What the goal takes: a share of quota, rounded down as in the warning, where there is one quota for
 * everything; else bookings. Null where they are not known or no bookings earn it.
 */
function goalInBookings(draft: PlanDraft, live: LiveFigures, viewer: NumberStyle): string | null {
  if (!live.bookings || isUnreachable(live)) return null;
  const { required, attainment } = live.bookings;
  if (!hasOneQuota(draft, live, viewer))
    return `takes ${formatMoneyShort(required, viewer)} of bookings`;
  const below = live.warnings.find((warning) => warning.code === 'goal_below_quota');
  const share = below ? Math.floor((below.required / below.atQuota) * 100) / 100 : attainment;
  return `is ${formatPercent(share, viewer.locale)} of quota`;
}

/** `; 3X is $4.0M of pipeline`. */
function pipelineNote(draft: PlanDraft, { pipeline }: LiveFigures, viewer: NumberStyle): string {
  if (!pipeline) return '';
  const money = formatMoneyShort(pipeline.required, viewer);
  return draft.renewals.length === 0
    ? `; ${xText(draft, viewer)} is ${money} of pipeline`
    : `; its pipeline is ${money} (${xText(draft, viewer)})`;
}

/** Under which steps a warning stands. */
const WARNING_STEPS: Record<Warning['code'], readonly StepId[]> = {
  goal_unreachable: ['compensation'],
  goal_below_quota: ['compensation'],
  component_short: ['compensation'],
  period_short: ['compensation'],
  pay_falls: ['compensation'],
  x_factor_thin: ['pipeline'],
  funnel_disagrees: ['pipeline', 'activities'],
  opening_missing: ['pipeline', 'newBusiness'],
  gap_uncovered: ['newBusiness'],
  cycle_too_long: ['newBusiness'],
  goal_late: ['goal'],
};

function holidayNote({ calendar }: PlanDraft): string {
  const { holidays, timeOff } = calendar;
  const parts = [
    holidays.length > 0 ? `${holidays.length} public holidays` : 'no public holidays',
    timeOff.length > 0
      ? `${timeOff.length === 1 ? 'one absence' : `${timeOff.length} absences`}`
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
  const warnings = live.warnings.filter(({ code }) => WARNING_STEPS[code].includes(step));
  const said = warningTexts(warnings, viewer).map((text) => mrkdwn`:small_orange_diamond: ${text}`);
  const all = [...found.filter((line) => line !== null), ...said];
  return all.length === 0 ? null : lines(...all);
}
