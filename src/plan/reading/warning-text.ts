/** The warnings in plain words: the number first, never a scolding. */
import {
  formatDate,
  formatFactor,
  formatMoney,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { chanceOfTenWins, evenChanceX } from '../model/pipeline.ts';
import type { Warning } from '../model/warnings.ts';
import type { LocalDate } from '../schemas.ts';

/** Figures as the reader writes them. */
function written(viewer: NumberStyle) {
  const { locale } = viewer;
  return {
    money: (minor: number) => formatMoney(minor, viewer),
    percent: (fraction: number, decimals = 0) => formatPercent(fraction, locale, decimals),
    factor: (value: number) => formatFactor(value, locale),
    date: (date: LocalDate) => formatDate(date, locale, 'date'),
  };
}
type Written = ReturnType<typeof written>;

/** A warning as a sentence or two, in English; figures as the viewer writes them. */
export function warningText(warning: Warning, viewer: NumberStyle): string {
  const figures = written(viewer);
  switch (warning.code) {
    case 'goal_unreachable':
      return unreachableText(warning, figures);
    case 'goal_below_quota':
      return belowQuotaText(warning, figures);
    case 'x_factor_thin':
      return thinText(warning, figures);
    case 'goal_late':
      return lateText(warning, figures);
  }
}

type Of<Code extends Warning['code']> = Extract<Warning, { code: Code }>;

function unreachableText(
  { variableNeeded, cap }: Of<'goal_unreachable'>,
  { money, percent }: Written,
): string {
  const needed = money(variableNeeded);
  const why =
    cap === null
      ? `Your goal needs ${needed} of commission, and the rates don’t pay that much on any bookings.`
      : `Your goal needs ${needed} of commission, and the comp plan is capped at ${money(cap)}.`;
  const lever = cap === null ? 'the rates' : 'the cap';
  return `${why} The plan aims at ${percent(1)} of quota meanwhile: is it ${lever} or the goal that can move?`;
}

function belowQuotaText(
  { required, atQuota, extra }: Of<'goal_below_quota'>,
  { money, percent }: Written,
): string {
  // Rounded down: a goal that falls short of quota by a little is not 100 % of it.
  const share = Math.floor((required / atQuota) * 100) / 100;
  const plan = `Your goal takes ${percent(share)} of quota. The plan still aims at ${percent(1)}`;
  return extra > 0 ? `${plan}: what would you do with the extra ${money(extra)}?` : `${plan}.`;
}

function thinText(
  { xFactor, winRate, impliedXFactor }: Of<'x_factor_thin'>,
  { percent, factor }: Written,
): string {
  const chance = chanceOfTenWins(xFactor, winRate);
  const even = evenChanceX(winRate);
  const odds =
    chance < 0.01
      ? `less than ${percent(0.01)} of the time`
      : `about ${percent(chance)} of the time`;
  const reach = `${factor(xFactor)} with a ${percent(winRate, 1)} win rate reaches ten wins ${odds}`;
  return even === null || even <= xFactor
    ? `${reach}; your win rate asks for ${factor(impliedXFactor)}.`
    : `${reach}; ${factor(even)} gets you past half.`;
}

function lateText(
  { label, amount, by, dueByThen, moneyByThen, paidOn }: Of<'goal_late'>,
  { money, date }: Written,
): string {
  const due = dueByThen === amount ? money(amount) : `${money(dueByThen)} due by then`;
  const paid =
    paidOn === null
      ? 'The milestones of this period don’t pay for it.'
      : `It is paid for on ${date(paidOn)}.`;
  return (
    `"${label}" (${money(amount)} by ${date(by)}) comes late: the plan will have brought ` +
    `${money(moneyByThen)} of the ${due}. ${paid}`
  );
}
