/** The warnings in plain words: the number first, what would do, never a scolding. */
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { dateFormat } from '../../slack/locale.ts';
import { truncate } from '../../slack/truncate.ts';
import { chanceOfTenWins, evenChanceX } from '../model/pipeline.ts';
import type { Warning } from '../model/warnings.ts';
import type { LocalDate } from '../schemas.ts';

/** Figures as the reader writes them. */
function written(viewer: NumberStyle) {
  const { locale } = viewer;
  return {
    money: (minor: number) => formatMoney(minor, viewer),
    /** For amounts that nobody compares to the cent. */
    short: (minor: number) => formatMoneyShort(minor, viewer),
    percent: (fraction: number, decimals = 0) => formatPercent(fraction, locale, decimals),
    factor: (value: number) => formatFactor(value, locale),
    count: (value: number) => formatCount(value, locale),
    date: (date: LocalDate) => formatDate(date, locale, 'date'),
    /** `January – March 2027`, the locale's own way. */
    months: (start: LocalDate, end: LocalDate) =>
      dateFormat(locale, { month: 'long', year: 'numeric' }).formatRange(
        Date.parse(`${start}T00:00:00Z`),
        Date.parse(`${end}T00:00:00Z`),
      ),
  };
}
type Written = ReturnType<typeof written>;

/** What is shown of the name of a component or a goal. */
const NAME_MAX = 60;

type Of<Code extends Warning['code']> = Extract<Warning, { code: Code }>;

/**
 * Warnings as they are read, in their order. The short quota periods of a component are told together; where it
 * has only one, that it is short is told once.
 */
export function warningTexts(warnings: readonly Warning[], viewer: NumberStyle): string[] {
  const periods = warnings.filter((warning) => warning.code === 'period_short');
  const isWhole = ({ name, quota }: Of<'period_short'>) =>
    warnings.some(
      (other) => other.code === 'component_short' && other.name === name && other.quota === quota,
    );
  return warnings.flatMap((warning) => {
    if (warning.code !== 'period_short') return [warningText(warning, viewer)];
    const alike = periods.filter(({ name }) => name === warning.name);
    if (alike[0] !== warning || isWhole(warning)) return [];
    return [periodsText(alike, written(viewer))];
  });
}

/** A warning as a sentence or two, in English; figures as the viewer writes them. */
export function warningText(warning: Warning, viewer: NumberStyle): string {
  const figures = written(viewer);
  switch (warning.code) {
    case 'goal_unreachable':
      return unreachableText(warning, figures);
    case 'goal_below_quota':
      return belowQuotaText(warning, figures);
    case 'component_short':
      return componentText(warning, figures);
    case 'period_short':
      return periodsText([warning], figures);
    case 'pay_falls':
      return payFallsText(warning, figures);
    case 'x_factor_thin':
      return thinText(warning, figures);
    case 'funnel_disagrees':
      return funnelText(warning, figures);
    case 'gap_uncovered':
      return gapText(warning, figures);
    case 'opening_missing':
      return openingText(warning, figures);
    case 'cycle_too_long':
      return cycleText(warning, figures);
    case 'goal_late':
      return lateText(warning, figures);
  }
}

function unreachableText(
  { variableNeeded, cap }: Of<'goal_unreachable'>,
  { money, percent }: Written,
): string {
  const needed = money(variableNeeded);
  const why =
    cap === null
      ? `Your goal needs ${needed} of variable pay, and the bookings that this plan can hold don’t pay that much.`
      : `Your goal needs ${needed} of variable pay, and the comp plan is capped at ${money(cap)}.`;
  const lever = cap === null ? 'the comp plan' : 'the cap';
  return `${why} The plan aims at ${percent(1)} of quota or more meanwhile: is it ${lever} or the goal that can move?`;
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

/** Rounded down, so that what is short never reads as all of it. */
const shareOf = (part: number, whole: number) => Math.floor((part / whole) * 100) / 100;

function componentText(
  { name, credit, quota }: Of<'component_short'>,
  { short, percent }: Written,
): string {
  const share = percent(shareOf(credit, quota));
  return `“${truncate(name, NAME_MAX)}” ends at ${share} at plan: ${short(credit)} of its ${short(quota)} quota. What else could count towards it?`;
}

/** Quota periods that are told one by one. */
const PERIODS_SHOWN = 2;

function periodsText(
  periods: readonly Of<'period_short'>[],
  { short, months, count }: Written,
): string {
  const told = periods
    .slice(0, PERIODS_SHOWN)
    .map(
      ({ start, end, credit, quota }) =>
        `${months(start, end)} (${short(credit)} of ${short(quota)})`,
    );
  const rest = periods.length - told.length;
  const more = rest > 0 ? ` and ${count(rest)} more` : '';
  const [first] = periods;
  return `At plan “${truncate(first?.name ?? '', NAME_MAX)}” meets under half of its quota in ${told.join(', ')}${more}. Each quota period counts anew, so pay is low then, whatever the others bring: what is open on the first day and deals that can close earlier would help.`;
}

function payFallsText(
  { target, payAtTarget, required, payAtRequired }: Of<'pay_falls'>,
  { money }: Written,
): string {
  return `More would pay less: ${money(payAtRequired)} of variable pay at ${money(required)} of bookings, ${money(payAtTarget)} at the target of ${money(target)}. Please check the comp plan as it is entered against the letter.`;
}

function thinText(
  { xFactor, winRate, impliedXFactor }: Of<'x_factor_thin'>,
  { percent, factor }: Written,
): string {
  const chance = chanceOfTenWins(xFactor, winRate);
  const even = evenChanceX(winRate);
  const reach = `${factor(xFactor)} with a ${percent(winRate, 1)} win rate reaches ten wins ${oftenText(chance)}`;
  return even === null || even <= xFactor
    ? `${reach}; your win rate asks for ${factor(impliedXFactor)}.`
    : `${reach}. ${factor(even)} gets you past half.`;
}

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** What a chance is nearest to. */
const ODDS: readonly [chance: number, words: string][] = [
  [1 / 2, 'about every second time'],
  [2 / 5, 'about two times in five'],
  ...[3, 4, 5, 6, 7, 8, 9, 10].map((n): [number, string] => [
    1 / n,
    `about one time in ${SMALL[n]}`,
  ]),
  [1 / 20, 'about one time in twenty'],
  [1 / 50, 'about one time in fifty'],
  [1 / 100, 'about one time in a hundred'],
];

/** `about one time in five`: what people can picture. */
function oftenText(chance: number): string {
  if (chance < 0.0075) return 'less than one time in a hundred';
  const off = ([odds]: (typeof ODDS)[number]) => Math.abs(Math.log(chance / odds));
  const [first, ...others] = ODDS;
  if (!first) throw new Error('there are odds');
  return others.reduce((best, one) => (off(one) < off(best) ? one : best), first)[1];
}

function funnelText({ winRate, funnel }: Of<'funnel_disagrees'>, { percent }: Written): string {
  const [said, made] = [percent(winRate, 1), percent(funnel, 1)];
  return `The win rate says ${said}, the funnel’s last three rates multiply to ${made}: they are one thing. Put ${made} as the win rate in Pipeline, or change the three in Activities until they make ${said}; from then on each follows the other.`;
}

function gapText({ uncovered }: Of<'gap_uncovered'>, { short }: Written): string {
  return `${short(uncovered)} of quota is brought by nothing: new business isn’t part of the plan, and renewals and expansion end below it. More expansion targets would cover it, or a quota that fits the accounts.`;
}

function openingText(
  { newBusiness, salesCycleDays }: Of<'opening_missing'>,
  { short, count }: Written,
): string {
  return `${short(newBusiness)} of new business starts from nothing, so with a sales cycle of ${count(salesCycleDays)} days none of it closes in the first ${count(salesCycleDays)}. Is some qualified pipeline open on the first day? Then enter it in Pipeline.`;
}

function cycleText(
  { sellingDays, salesCycleDays, uncovered }: Of<'cycle_too_long'>,
  { short, count }: Written,
): string {
  const days = sellingDays === 1 ? 'one working day is' : `${count(sellingDays)} working days are`;
  const left = sellingDays === 0 ? 'no working day is' : days;
  const open =
    uncovered > 0 ? `${short(uncovered)} of new business can’t` : 'hardly any new business can';
  return `A sales cycle of ${count(salesCycleDays)} days is long for this period: ${left} early enough to start a deal that closes in it, so ${open}. Opening pipeline, a longer period, or a cycle counted from a later step would do.`;
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
    `"${truncate(label, NAME_MAX)}" (${money(amount)} by ${date(by)}) comes late: the plan will have brought ` +
    `${money(moneyByThen)} of the ${due}. ${paid}`
  );
}
