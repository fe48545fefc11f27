/** A comp plan as people say it: what a component pays on what, and how that changes with attainment. */
import {
  formatCount,
  formatDate,
  formatMoney,
  formatMoneyExactShort,
  formatMoneyShort,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { type Basis, baseRate, basisOf, ratesApart } from '../comp/basis.ts';
import { exact, toNumber } from '../model/exact.ts';
import {
  type Bonus,
  type Component,
  type Guarantee,
  LAYERS,
  type Layer,
  type OtherPay,
  type Pays,
  type QuotaPeriod,
  type Tier,
} from '../schemas.ts';

const IN_A_LINE: Record<Layer, string> = {
  renewal: 'renewals',
  expansion: 'expansion',
  newBusiness: 'new business',
};

/** `a quarter`, behind an amount or a number of times. */
const PERIOD_WORDS: Record<QuotaPeriod, string> = {
  year: 'a year',
  half: 'a half-year',
  quarter: 'a quarter',
  month: 'a month',
};

const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });

/** `renewals and new business`; all of them are `everything you book`. */
export function layersWords(layers: readonly Layer[]): string {
  if (LAYERS.every((layer) => layers.includes(layer))) return 'everything you book';
  return conjunction.format(
    LAYERS.filter((layer) => layers.includes(layer)).map((layer) => IN_A_LINE[layer]),
  );
}

const share = (fraction: number, { locale }: NumberStyle) => formatPercent(fraction, locale, 2);
const times = (multiplier: number, { locale }: NumberStyle) =>
  `${formatCount(multiplier, locale, 4)}x`;

/** `10%`, `10% on new business, 5% on renewals`, `$100,000 a year at quota`. */
export function paysWords(pays: Pays, style: NumberStyle): string {
  if ('rate' in pays) return share(pays.rate, style);
  if ('atTarget' in pays) return `${formatMoney(pays.atTarget, style)} a year at quota`;
  return [...LAYERS]
    .reverse()
    .map((layer) => `${share(pays.rates[layer], style)} on ${IN_A_LINE[layer]}`)
    .join(', ');
}

/** `15%` where the rate at 1× is known, else `1.5x the rate`. */
export function multipliedWords(
  multiplier: number,
  basis: Pick<Basis, 'rates'>,
  style: NumberStyle,
): string {
  if (multiplier === 0) return 'nothing';
  const rate = baseRate(basis);
  if (rate === null)
    return multiplier === 1 ? 'the plain rate' : `${times(multiplier, style)} the rate`;
  return share(toNumber(rate.mul(exact(multiplier))), style);
}

/** `120% ($1.2M)`; 100 % is the quota itself. */
function attainmentWords(at: number, { quota }: Pick<Basis, 'quota'>, style: NumberStyle) {
  const percent = share(at, style);
  if (quota === null || at === 1 || at === 0) return percent;
  return `${percent} (${formatMoneyShort(Math.round(at * quota), style)})`;
}

/** Each tier that changes what is paid, such as `above 100%: 15% instead of 10%`. */
export function tiersWords(tiers: readonly Tier[], basis: Basis, style: NumberStyle): string[] {
  const at = (attainment: number) => attainmentWords(attainment, basis, style);
  const pays = (multiplier: number) => multipliedWords(multiplier, basis, style);
  return tiers.flatMap(({ from, multiplier, all }, index): string[] => {
    if (from === 0) {
      const next = tiers[index + 1];
      if (multiplier === 1) return [];
      if (next === undefined) return [`from the first deal on: ${pays(multiplier)}`];
      return [`${multiplier === 0 ? 'below' : 'up to'} ${at(next.from)}: ${pays(multiplier)}`];
    }
    if (all) return [`from ${at(from)} on: ${pays(multiplier)} of everything, from the first deal`];
    if (multiplier === 0) return [`above ${at(from)}: nothing more`];
    const rate = baseRate(basis);
    const instead = multiplier === 1 || rate === null ? '' : ` instead of ${pays(1)}`;
    return [`above ${at(from)}: ${pays(multiplier)}${instead}`];
  });
}

/** `at 100%: $10,000 once a quarter`; ` more` for those that come on top of an earlier one. */
export function bonusesWords(
  bonuses: readonly Bonus[],
  quotaPeriod: QuotaPeriod,
  basis: Pick<Basis, 'quota'>,
  style: NumberStyle,
): string[] {
  return bonuses.map(({ at, amount }, index) => {
    const more = index === 0 ? '' : ' more';
    const much = formatMoney(amount, style);
    return `at ${attainmentWords(at, basis, style)}: ${much}${more}, once ${PERIOD_WORDS[quotaPeriod]}`;
  });
}

const PLAIN: Basis = { quota: null, rates: [] };

/** Accelerators where nothing is known but themselves: `above 100%: 1.5x the rate`. */
export function tiersAlone(tiers: readonly Tier[], style: NumberStyle): string {
  const said = tiersWords(tiers, PLAIN, style);
  return said.length === 0 ? 'none' : said.join('; ');
}

/** Bonuses by themselves: `$10,000 at 100%`. */
export function bonusesAlone(bonuses: readonly Bonus[], style: NumberStyle): string {
  return bonuses
    .map(({ at, amount }) => `${formatMoney(amount, style)} at ${share(at, style)}`)
    .join('; ');
}

/** `25%, 50%, then 100%`: each month's share of its quota. */
export function rampWords(ramp: readonly number[], style: NumberStyle): string {
  const last = ramp.findLastIndex((factor) => factor !== 1);
  const parts = ramp.slice(0, last + 1).map((factor) => share(factor, style));
  return [...parts, ...(last + 1 < ramp.length ? [`then ${share(1, style)}`] : [])].join(', ');
}

/** `MBO $10,000`, of the period. */
export function otherPayWords(rows: readonly OtherPay[], style: NumberStyle): string {
  return rows.map(({ label, amount }) => `${label} ${formatMoney(amount, style)}`).join('; ');
}

/** `$5,000 a month for 4 months`, and whether later commission pays it back. */
export function guaranteeWords(
  { perMonth, months, recoverable }: Guarantee,
  style: NumberStyle,
): string {
  const span =
    months === 1 ? 'the first month' : `the first ${formatCount(months, style.locale)} months`;
  const much = `at least ${formatMoney(perMonth, style)} a month for ${span}`;
  return recoverable ? `${much}, paid back from later commission` : much;
}

/** `February 2027`. */
export function quotaStartWords(month: string, { locale }: Pick<NumberStyle, 'locale'>): string {
  return formatDate(`${month}-01`, locale, 'month');
}

/** What a component pays on what: `10% of everything you book`, `10% of new business, 5% of renewals`. */
export function mainPayWords(
  component: Pick<Component, 'pays' | 'credits' | 'quota' | 'quotaPeriod'>,
  style: NumberStyle,
): string {
  const { pays, credits } = component;
  if ('rates' in pays) {
    const { rate, others } = ratesApart(pays, credits);
    const usual = credits.filter((layer) => others[layer] === undefined);
    const apart = LAYERS.filter((layer) => others[layer] !== undefined).map((layer) => {
      const plain = credits.includes(layer) ? '' : ', which doesn’t count towards quota';
      return `${multiplierFree(others[layer] ?? 0, style)} of ${IN_A_LINE[layer]}${plain}`;
    });
    return [`${share(rate, style)} of ${layersWords(usual)}`, ...apart].join(', ');
  }
  const rate = baseRate(basisOf(component));
  const of = layersWords(credits);
  if (rate === null) return `nothing on ${of}`;
  const percent = `${share(toNumber(rate), style)} of ${of}`;
  return 'rate' in pays ? percent : `${paysWords(pays, style)}: ${percent}`;
}

const multiplierFree = (rate: number, style: NumberStyle) =>
  rate === 0 ? 'nothing' : share(rate, style);

/** All that a component says, part by part: pay, quota, accelerators, bonuses, cap, ramp, its periods. */
export function componentWords(component: Component, style: NumberStyle): string[] {
  const { credits, quota, quotaPeriod, quotaStart, tiers, bonuses, cap, ramp } = component;
  const basis = basisOf(component);
  const counted = LAYERS.every((layer) => credits.includes(layer)) || !('rates' in component.pays);
  return [
    mainPayWords(component, style),
    `quota ${formatMoneyExactShort(quota, style)} ${PERIOD_WORDS[quotaPeriod]}${counted ? '' : ` in ${layersWords(credits)}`}`,
    ...tiersWords(tiers, basis, style),
    ...bonusesWords(bonuses, quotaPeriod, basis, style),
    ...(cap === null ? [] : [`at most ${formatMoney(cap, style)} in the period`]),
    ...(ramp === null ? [] : [`each month’s share of quota ${rampWords(ramp, style)}`]),
    ...(quotaStart === null
      ? []
      : [`quota periods begin in ${quotaStartWords(quotaStart, style)}`]),
  ];
}
