/** Accelerators and bonuses as lines that can be read in one way only, for the form that asks for them. */
import { readAmount } from '../../input/number.ts';
import { writeAmount, writeFactor, writePercent } from '../../input/write-number.ts';
import { formatMoney, type NumberStyle } from '../../slack/format.ts';
import { exact, toMinor, toNumber } from '../model/exact.ts';
import type { Bonus, Minor, Tier } from '../schemas.ts';
import { type Basis, baseRate } from './basis.ts';
import { scanLine } from './scan-line.ts';

/** Decimals of a percentage or multiple that is short enough to be one somebody wrote. */
const MOST_DECIMALS = 4;

const isShort = (value: number) => Number(value.toFixed(MOST_DECIMALS)) === value;

/** `$10,000` as the reader's locale has it, where it is read back as the same; else `10,000 USD`. */
export function writeMoney(minor: Minor, style: NumberStyle): string {
  const symbol = formatMoney(minor, style);
  const scanned = scanLine(symbol, style);
  const [only, ...others] = scanned.ok ? scanned.tokens : [];
  const isAmount = only?.kind === 'number' && only.unit === 'amount' && others.length === 0;
  const read = isAmount ? readAmount(only.text, style) : null;
  return read?.ok && read.value === minor
    ? symbol
    : `${writeAmount(minor, style)} ${style.currency}`;
}

/** `120%`; or the bookings that it stands for, where those are shorter. */
export function writeAttainment(
  attainment: number,
  { quota }: Pick<Basis, 'quota'>,
  style: NumberStyle,
): string {
  const percent = writePercent(attainment, style.locale);
  if (isShort(attainment * 100) || quota === null) return percent;
  const bookings = toMinor(exact(attainment).mul(quota));
  return attainmentOf(bookings, quota) === attainment ? writeMoney(bookings, style) : percent;
}

/** Bookings as a fraction of the quota; both in minor units. */
export function attainmentOf(bookings: Minor, quota: Minor): number {
  return toNumber(exact(bookings).div(quota));
}

/** `1.5x`; or the rate that it comes to, where that is shorter. */
export function writeMultiplier(
  multiplier: number,
  basis: Pick<Basis, 'rates'>,
  { locale }: NumberStyle,
): string {
  const rate = baseRate(basis);
  const factor = writeFactor(multiplier, locale);
  if (isShort(multiplier) || rate === null) return factor;
  const percent = Number((toNumber(rate.mul(exact(multiplier))) * 100).toFixed(MOST_DECIMALS));
  const isSame =
    percent > 0 && percent <= 20 && toNumber(exact(percent).div(100).div(rate)) === multiplier;
  return isSame ? writePercent(percent / 100, locale) : factor;
}

/** Where a tier lies: from an attainment on, up to one, or between two. */
export interface Stretch {
  from: number;
  to: number | null;
  /** It was said to begin above `from`, or to lie below `to`. */
  side: 'over' | 'below' | null;
}

const ON_ALL = 'on everything';
const ON_ABOVE = 'on what lies above';

/** One tier, its effect as it is to be read. */
export function writeTier(
  { from, to, side }: Stretch,
  effect: string,
  reach: 'all' | 'above' | null,
  basis: Pick<Basis, 'quota'>,
  style: NumberStyle,
): string {
  const at = (attainment: number) => writeAttainment(attainment, basis, style);
  const where =
    side === 'below' && to !== null
      ? `below ${at(to)}`
      : `${side === 'over' ? 'over ' : ''}${at(from)}${to === null ? '' : `-${at(to)}`}`;
  const behind = reach === null ? '' : ` ${reach === 'all' ? ON_ALL : ON_ABOVE}`;
  return `${where} ${effect}${behind}`;
}

/** Tiers and bonuses, one a line; nothing for the one tier that pays the plain rate. */
export function writeLines(
  { tiers, bonuses }: { tiers: readonly Tier[]; bonuses: readonly Bonus[] },
  basis: Basis,
  style: NumberStyle,
): string {
  const [first, second] = tiers;
  const isPlain = first?.multiplier === 1 && !first.all && !mustSayBelow(second);
  const shown = tiers.flatMap((tier, index): string[] => {
    const { from, multiplier, all } = tier;
    if (index === 0 && isPlain) return [];
    const effect = multiplier === 0 ? 'nothing' : writeMultiplier(multiplier, basis, style);
    const line = (stretch: Stretch, reach: 'all' | 'above' | null) =>
      writeTier(stretch, effect, reach, basis, style);
    if (index === 0) {
      const to = all || multiplier === 1 ? null : (second?.from ?? null);
      const side = multiplier === 0 && to !== null ? 'below' : null;
      return [line({ from, to, side }, all ? 'all' : null)];
    }
    const isAfterNothing = index === 1 && first?.multiplier === 0;
    const reach = all ? 'all' : isAfterNothing && multiplier > 0 ? 'above' : null;
    return [line({ from, to: null, side: multiplier === 0 ? 'over' : null }, reach)];
  });
  const paid = bonuses.map(
    ({ at, amount }, index) =>
      `${writeAttainment(at, basis, style)} ${writeMoney(amount, style)}${index === 0 ? '' : ' more'}`,
  );
  return [...shown, ...paid].join('\n');
}

/** Whether a tier by itself would leave open what holds below it. */
function mustSayBelow(tier: Tier | undefined): boolean {
  if (!tier || tier.multiplier > 1 || tier.multiplier === 0) return false;
  return tier.all || tier.multiplier === 1 || tier.from < 1;
}
