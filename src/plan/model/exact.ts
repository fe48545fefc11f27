/**
 * Exact numbers: ratios of whole numbers of any size, so that no cent is lost on the way from a
 * goal to a day's calls. Money is in minor units, which an `Exact` may hold parts of.
 */
import Fraction from 'fraction.js';

export type Exact = Fraction;

/** A decimal as `digits` ÷ 10^`places`. */
interface Decimal {
  digits: bigint;
  places: number;
}

/** Reads a number as the decimal that people see, so 0.1 is one tenth and 1e-7 a ten-millionth. */
function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return { digits: BigInt(whole + decimals), places: decimals.length - Number(exponent) };
}

function fromDecimal({ digits, places }: Decimal): Exact {
  return places < 0
    ? new Fraction(digits * 10n ** BigInt(-places))
    : new Fraction(digits, 10n ** BigInt(places));
}

/** The number as written: a finite number's shortest decimal text, or a whole number. */
export function exact(value: number | bigint): Exact {
  return typeof value === 'bigint' ? new Fraction(value) : fromDecimal(decimal(value));
}

export const ZERO = exact(0);
export const ONE = exact(1);

export function sum(values: Iterable<Exact>): Exact {
  let total = ZERO;
  for (const value of values) total = total.add(value);
  return total;
}

export function max(a: Exact, b: Exact): Exact {
  return a.gte(b) ? a : b;
}

export function min(a: Exact, b: Exact): Exact {
  return a.lte(b) ? a : b;
}

/** Σ a × b; adds plain decimals before any ratio is reduced, so that long lists stay fast. */
export function sumOfProducts(pairs: Iterable<readonly [number, number]>): Exact {
  const byPlaces = new Map<number, bigint>();
  for (const [a, b] of pairs) {
    const [left, right] = [decimal(a), decimal(b)];
    const places = left.places + right.places;
    byPlaces.set(places, (byPlaces.get(places) ?? 0n) + left.digits * right.digits);
  }
  return sum(Array.from(byPlaces, ([places, digits]) => fromDecimal({ digits, places })));
}

/** Σ of whole numbers, exact beyond 2^53. */
export function sumOfIntegers(values: Iterable<number>): Exact {
  let total = 0n;
  for (const value of values) total += BigInt(value);
  return exact(total);
}

const numerator = (value: Exact): bigint => value.s * value.n;

function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n % d !== 0n && n < 0n ? quotient - 1n : quotient;
}

/** The nearest whole number; a half goes up. */
export function roundHalfUp(value: Exact): bigint {
  return floorDivide(2n * numerator(value) + value.d, 2n * value.d);
}

/**
 * Money as it leaves the rules: whole minor units, a half rounded up (spec "Rules for all"); beyond
 * 2^53 the nearest number.
 */
export function toMinor(value: Exact): number {
  return Number(roundHalfUp(value));
}

const SLACK = new Fraction(1n, 10n ** 9n);

/** A count rounded up, where up to 10⁻⁹ over a whole number still is that number (spec step 10). */
export function toCount(value: Exact): number {
  const reduced = value.sub(SLACK);
  return Number(-floorDivide(-numerator(reduced), reduced.d));
}

/** The number nearest to the ratio, whatever the size of its parts. */
export function toNumber({ s, n, d }: Exact): number {
  // 20 digits are more than a number holds; the last one only says that something follows.
  const places = Math.max(0, 20 - (String(n).length - String(d).length));
  const scaled = n * 10n ** BigInt(places);
  const rest = scaled % d === 0n ? 0 : 1;
  return Number(s) * Number(`${scaled / d}${rest}e${-places - 1}`) + 0;
}

/** Decimals as whole numbers of one common unit: value = part ÷ `scale`. */
export function inOneUnit(values: readonly number[]): { parts: bigint[]; scale: bigint } {
  const all = values.map(decimal);
  const most = all.reduce((places, one) => Math.max(places, one.places), 0);
  return {
    parts: all.map(({ digits, places }) => digits * 10n ** BigInt(most - places)),
    scale: 10n ** BigInt(most),
  };
}

/** n ÷ d. */
export function ratio(n: number | bigint, d: number | bigint): Exact {
  return new Fraction(BigInt(n), BigInt(d));
}

/** A fraction rounded up to a whole number. */
export function ceiling(value: Exact): bigint {
  return -floorDivide(-numerator(value), value.d);
}
