/** The warnings in plain words: the number first, never a scolding. */
import { moneyText } from './currency.ts';
import type { Warning } from './rules/warnings.ts';
import { chanceOfTenWins, evenChanceX } from './rules/x-factor-chance.ts';
import type { LocalDate } from './schemas.ts';

const percent = (fraction: number, decimals = 0) =>
  `${Number((fraction * 100).toFixed(decimals))} %`;
const factor = (value: number) => `${Number(value.toFixed(2))}X`;

const dateText = (date: LocalDate) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${date}T00:00:00Z`));

/** A warning as a sentence or two, in English; amounts in the plan's currency. */
export function warningText(warning: Warning, currency: string): string {
  const money = (minor: number) => moneyText(minor, currency);
  switch (warning.code) {
    case 'goal_unreachable':
      return unreachableText(warning, money);
    case 'goal_below_quota':
      return belowQuotaText(warning, money);
    case 'x_factor_thin':
      return thinText(warning);
    case 'goal_late':
      return lateText(warning, money);
  }
}

type Of<Code extends Warning['code']> = Extract<Warning, { code: Code }>;
type Money = (minor: number) => string;

function unreachableText({ variableNeeded, cap }: Of<'goal_unreachable'>, money: Money): string {
  const needed = money(variableNeeded);
  const why =
    cap === null
      ? `Your goal needs ${needed} of commission, and the rates don’t pay that much on any bookings.`
      : `Your goal needs ${needed} of commission, and the comp plan is capped at ${money(cap)}.`;
  const lever = cap === null ? 'the rates' : 'the cap';
  return `${why} The plan aims at 100 % of quota meanwhile: is it ${lever} or the goal that can move?`;
}

function belowQuotaText(
  { required, atQuota, extra }: Of<'goal_below_quota'>,
  money: Money,
): string {
  // Rounded down: a goal that falls short of quota by a little is not 100 % of it.
  const share = Math.floor((required / atQuota) * 100);
  const plan = `Your goal takes ${share} % of quota. The plan still aims at 100 %`;
  return extra > 0 ? `${plan}: what would you do with the extra ${money(extra)}?` : `${plan}.`;
}

function thinText({ xFactor, winRate, impliedXFactor }: Of<'x_factor_thin'>): string {
  const chance = chanceOfTenWins(xFactor, winRate);
  const even = evenChanceX(winRate);
  const odds = chance < 0.01 ? 'less than 1 % of the time' : `about ${percent(chance)} of the time`;
  const reach = `${factor(xFactor)} with a ${percent(winRate, 1)} win rate reaches ten wins ${odds}`;
  return even === null || even <= xFactor
    ? `${reach}; your win rate asks for ${factor(impliedXFactor)}.`
    : `${reach}; ${factor(even)} gets you past half.`;
}

function lateText(
  { label, amount, by, dueByThen, moneyByThen, paidOn }: Of<'goal_late'>,
  money: Money,
): string {
  const due = dueByThen === amount ? money(amount) : `${money(dueByThen)} due by then`;
  const paid =
    paidOn === null
      ? 'The milestones of this period don’t pay for it.'
      : `It is paid for on ${dateText(paidOn)}.`;
  return (
    `"${label}" (${money(amount)} by ${dateText(by)}) comes late: the plan will have brought ` +
    `${money(moneyByThen)} of the ${due}. ${paid}`
  );
}
