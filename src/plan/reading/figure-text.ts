/** Figures of a plan in words, the same in its steps and on its page. Money in minor units. */
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { lastDayOfMonth, monthsBetween } from '../../time/local-date.ts';
import { winsNewBusiness } from '../carried-rules.ts';
import { DEFAULT_PIPELINE, type PlanDraft } from '../draft.ts';
import type { ComponentOutcome, ComputedPlan, LiveFigures } from '../model/compute.ts';
import type { Milestone } from '../model/milestones.ts';

/** Components that are named one by one, and what is shown of a name. */
const NAMED = 4;
const NAME_MAX = 50;

/** Counts are rounded up, as everywhere in the plan; 3.0000000001 is 3. */
const up = (value: number) => Math.ceil(value - 1e-9);

/** Whether people can see that there is something: a major unit or more. */
const isSeen = (minor: number, { digits }: NumberStyle) => minor >= 10 ** digits;

/** Whole major units, so that what is shown adds up. */
const whole = (minor: number, { digits }: NumberStyle) =>
  Math.round(minor / 10 ** digits) * 10 ** digits;

/** `$24,500`: an amount in whole units. */
const wholeText = (minor: number, viewer: NumberStyle) => formatMoney(whole(minor, viewer), viewer);

/** `3X`, and that renewals count once where there are some. */
export function xText({ pipeline, renewals }: PlanDraft, { locale }: NumberStyle): string {
  const factor = formatFactor((pipeline ?? DEFAULT_PIPELINE).xFactor, locale);
  return renewals.length === 0 ? factor : `${factor}, renewals once`;
}

/** Whether the comp plan is one quota that all bookings count towards. */
export function isOneQuota({ compensation, bookings }: LiveFigures, viewer: NumberStyle): boolean {
  const [only, ...others] = compensation ?? [];
  if (!only || !bookings || others.length > 0) return false;
  return formatMoneyShort(only.credit, viewer) === formatMoneyShort(bookings.target, viewer);
}

/** `*Retention* $2.09M of the $2.07M quota, 101%: pays $24,500` */
export function componentText(
  { quota, credit, attainment, pay, ...component }: ComponentOutcome,
  viewer: NumberStyle,
): Mrkdwn {
  const name = truncate(component.name, NAME_MAX);
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const pays = mrkdwn`pays ${wholeText(pay, viewer)}`;
  if (quota === 0) return mrkdwn`*${name}* no quota in this period: ${pays}`;
  const share = formatPercent(Math.floor(attainment * 100 + 1e-9) / 100, viewer.locale);
  return mrkdwn`*${name}* ${money(credit)} of the ${money(quota)} quota, ${share}: ${pays}`;
}

/** What the plan pays, part by part: whole units that add up; null while it isn't known. */
export function payText(
  { compensation, period }: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
): Mrkdwn | null {
  if (!compensation || !live.compensation) return null;
  const months = monthsBetween(period).length;
  const topUps = compensation.guarantee?.recoverable ? 0 : (live.guarantee?.topUps ?? 0);
  const parts: [minor: number, name: string][] = [
    [(compensation.baseSalary * months) / 12, 'base'],
    [compensation.otherPay.reduce((sum, { amount }) => sum + amount, 0), 'other pay'],
    ...variableParts(live.compensation),
    [topUps, 'from the guarantee'],
  ];
  const shown = parts.filter(([minor]) => isSeen(minor, viewer));
  const total = shown.reduce((sum, [minor]) => sum + whole(minor, viewer), 0);
  const named = shown.map(([minor, name]) => `${wholeText(minor, viewer)} ${name}`);
  const short = whole(live.incomeTarget ?? 0, viewer) - total;
  const less = isSeen(short, viewer)
    ? `, ${formatMoney(short, viewer)} short of the goal as the bookings fall into the timeline`
    : '';
  return mrkdwn`*Pay at plan* ${formatMoney(total, viewer)}${less}: ${named.join(' + ')}`;
}

function variableParts(outcomes: readonly ComponentOutcome[]): [number, string][] {
  const [only, ...others] = outcomes;
  if (only && others.length === 0) return [[only.pay, 'variable']];
  const rest = outcomes.slice(NAMED).reduce((sum, { pay }) => sum + pay, 0);
  return [
    ...outcomes
      .slice(0, NAMED)
      .map(({ pay, name }): [number, string] => [pay, truncate(name, NAME_MAX)]),
    [rest, 'from the others'],
  ];
}

/** What is guaranteed and how much of it the plan needs; null where nothing is. */
export function guaranteeText(
  { compensation }: PlanDraft,
  { guarantee }: LiveFigures,
  viewer: NumberStyle,
): Mrkdwn | null {
  const agreed = compensation?.guarantee;
  if (!agreed || !guarantee) return null;
  const { perMonth, months, recoverable } = agreed;
  const span = months === 1 ? 'for one month' : `for ${formatCount(months, viewer.locale)} months`;
  const said = mrkdwn`${formatMoney(perMonth, viewer)} a month ${span}`;
  const topUps = wholeText(guarantee.topUps, viewer);
  if (!isSeen(guarantee.topUps, viewer)) {
    return mrkdwn`*${recoverable ? 'Draw' : 'Guarantee'}* ${said}: at plan more than that is earned`;
  }
  return recoverable
    ? mrkdwn`*Draw* ${said}, to be earned back: ${topUps} ahead of what is earned at most`
    : mrkdwn`*Guarantee* ${said}: ${topUps} more than what is earned in them at plan`;
}

/** A figure and what is said of it, so that the figure can stand out where nothing else does. */
export interface FigureText {
  figure: string;
  rest: Mrkdwn;
}

/** Renewals as the target counts them, and the other figure beside it; null where nothing renews. */
export function renewalText(
  draft: PlanDraft,
  layers: ComputedPlan['layers'] | null,
  viewer: NumberStyle,
): FigureText | null {
  const { renewals } = draft;
  if (renewals.length === 0) return null;
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  const sumOf = (weight: (row: PlanDraft['renewals'][number]) => number) =>
    Math.round(renewals.reduce((sum, row) => sum + row.amount * weight(row), 0));
  const total = money(sumOf(() => 1));
  const agreed = money(sumOf(({ likelihood }) => likelihood));
  const cut = money(layers?.renewal.cut ?? sumOf(({ pressureTested }) => pressureTested));
  return winsNewBusiness(draft)
    ? {
        figure: cut,
        rest: mrkdwn`to count on of ${total} that renews, after the pressure test; ${agreed} is what you agreed is likely`,
      }
    : {
        figure: agreed,
        rest: mrkdwn`agreed as likely of ${total} that renews; the pressure test would leave ${cut}`,
      };
}

/** `$950k`, `in 24 deals of $40k on average, $160k of it from the $560k open on day one` */
export function newBusinessText(
  { pipeline, newBusiness }: PlanDraft,
  { newBusiness: { target, deals, opening } }: ComputedPlan['layers'],
  viewer: NumberStyle,
): FigureText {
  const money = (minor: number) => formatMoneyShort(minor, viewer);
  if (!isSeen(target, viewer)) {
    return { figure: 'nothing', rest: mrkdwn`left to win: the rest covers the target` };
  }
  const open = pipeline?.opening.newBusiness ?? 0;
  const from =
    opening > 0 ? `, ${money(opening)} of it from the ${money(open)} open on day one` : '';
  const size = money(newBusiness?.averageDealSize ?? 0);
  return {
    figure: money(target),
    rest: mrkdwn`in ${counted(up(deals), 'deal', viewer)} of ${size} on average${from}`,
  };
}

/** `69 opportunities to create: SDRs bring 40, *29* are yours to find`; null where there are none. */
export function leadsText(
  { newBusiness: { opportunities, gap } }: ComputedPlan['layers'],
  viewer: NumberStyle,
): Mrkdwn | null {
  const all = up(opportunities);
  if (all === 0) return null;
  const own = up(gap);
  const count = (value: number) => formatCount(value, viewer.locale);
  const said = counted(all, 'opportunity', viewer, 'opportunities');
  if (own === 0) return mrkdwn`${said} to create: your SDRs bring them`;
  if (own === all) return mrkdwn`${said} to create, all of them yours to find`;
  return mrkdwn`${said} to create: SDRs bring ${count(all - own)}, *${count(own)}* ${own === 1 ? 'is' : 'are'} yours to find`;
}

/** What nothing in the plan brings; null where it is all brought. */
export function uncoveredText(
  draft: PlanDraft,
  { newBusiness: { uncovered } }: ComputedPlan['layers'],
  viewer: NumberStyle,
): FigureText | null {
  if (!isSeen(uncovered, viewer)) return null;
  return {
    figure: formatMoneyShort(uncovered, viewer),
    rest: winsNewBusiness(draft)
      ? mrkdwn`of new business that can’t close before the period ends`
      : mrkdwn`of quota that nothing in the plan brings yet`,
  };
}

/** When most of the pipeline has to be open at once; null where none has. */
export function peakText(
  { milestones, weights }: Pick<LiveFigures, 'milestones' | 'weights'>,
  viewer: NumberStyle,
): SlackText | null {
  const peak = (milestones ?? []).reduce<Milestone | null>(
    (most, one) =>
      one.qualifiedPipeline.total > (most?.qualifiedPipeline.total ?? 0) ? one : most,
    null,
  );
  if (!peak) return null;
  const month = formatDate(`${peak.month}-01`, viewer.locale, 'month');
  const windowEnd = weights?.windowEnd ?? null;
  const isLate = windowEnd !== null && lastDayOfMonth(`${peak.month}-01`) > windowEnd;
  const later = isLate ? ', what closes in the next period included' : '';
  return mrkdwn`At the most, *${formatMoneyShort(peak.qualifiedPipeline.total, viewer)}* is to be open at once: at the end of ${month}${later}.`;
}

function counted(count: number, one: string, { locale }: NumberStyle, many = `${one}s`): string {
  return `${formatCount(count, locale)} ${count === 1 ? one : many}`;
}
