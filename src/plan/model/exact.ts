/**
 * Exact numbers: ratios of whole numbers of any size, so that no cent is lost on the way from a
 * goal to a day's calls. Money is in minor units, which an `Exact` may hold parts of.
 */
import { Rational } from './rational.ts';

export type Exact = Rational;

/** A decimal as `digits` ÷ 10^`places`. */
interface Decimal {
  digits: bigint;
  places: number;
}

const TENS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;
/** Decimals of up to 15 digits are told apart by the numbers nearest to them. */
const TOLD_APART = 1e15;

/** How many decimals people see in a number, as far as a few do; -1: more, or too many digits. */
function fewPlaces(value: number): number {
  for (let places = 0; places < TENS.length; places++) {
    const ten = TENS[places] ?? 1;
    const digits = Math.round(value * ten);
    if (Math.abs(digits) > TOLD_APART) return -1;
    if (digits / ten === value) return places;
  }
  return -1;
}

/** The digits of a number of so few decimals. */
const digitsOf = (value: number, places: number) =>
  Math.round(value * (TENS[places] ?? Number.NaN));

/** Reads a number as the decimal that people see, so 0.1 is one tenth and 1e-7 a ten-millionth. */
function decimal(value: number): Decimal {
  const few = fewPlaces(value);
  if (few >= 0) return { digits: BigInt(digitsOf(value, few)), places: few };
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return { digits: BigInt(whole + decimals), places: decimals.length - Number(exponent) };
}

function fromDecimal({ digits, places }: Decimal): Exact {
  return places < 0
    ? Rational.of(digits * 10n ** BigInt(-places))
    : Rational.of(digits, 10n ** BigInt(places));
}

/** The number as written: a finite number's shortest decimal text, or a whole number. */
export function exact(value: number | bigint): Exact {
  return typeof value === 'bigint' ? Rational.of(value) : fromDecimal(decimal(value));
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

/** Adds whole numbers, as numbers while they are safe ones. */
class WholeSum {
  #large = 0n;
  #small = 0;

  add(whole: number): void {
    this.#small += whole;
    if (Math.abs(this.#small) > Number.MAX_SAFE_INTEGER - TOLD_APART) this.#carry();
  }

  total(): bigint {
    this.#carry();
    return this.#large;
  }

  #carry(): void {
    this.#large += BigInt(this.#small);
    this.#small = 0;
  }
}

/** Σ a × b, of pairs added one by one: plain decimals, so that long lists stay fast. */
export class SumOfProducts {
  readonly #byPlaces: (WholeSum | undefined)[] = [];
  /** Of those with more decimals, or more digits, than numbers hold. */
  #others = ZERO;

  add(a: number, b: number): void {
    const [left, right] = [fewPlaces(a), fewPlaces(b)];
    const product = digitsOf(a, left) * digitsOf(b, right);
    if (left < 0 || right < 0 || !(Math.abs(product) <= TOLD_APART)) {
      this.#others = this.#others.add(exact(a).mul(exact(b)));
      return;
    }
    const places = left + right;
    let sum = this.#byPlaces[places];
    if (sum === undefined) {
      sum = new WholeSum();
      this.#byPlaces[places] = sum;
    }
    sum.add(product);
  }

  total(): Exact {
    return this.#byPlaces.reduce<Exact>(
      (total, sum, places) =>
        sum === undefined ? total : total.add(fromDecimal({ digits: sum.total(), places })),
      this.#others,
    );
  }
}

/** Σ a × b. */
export function sumOfProducts(pairs: Iterable<readonly [number, number]>): Exact {
  const sum = new SumOfProducts();
  for (const [a, b] of pairs) sum.add(a, b);
  return sum.total();
}

/** Σ of whole numbers, exact beyond 2^53. */
export function sumOfIntegers(values: Iterable<number>): Exact {
  const sum = new SumOfProducts();
  for (const value of values) sum.add(value, 1);
  return sum.total();
}

function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n % d !== 0n && n < 0n ? quotient - 1n : quotient;
}

/** The nearest whole number; a half goes up. */
export function roundHalfUp(value: Exact): bigint {
  return floorDivide(2n * value.n + value.d, 2n * value.d);
}

/**
 * Money as it leaves the rules: whole minor units, a half rounded up (spec "Rules for all"); beyond
 * 2^53 the nearest number.
 */
export function toMinor(value: Exact): number {
  return Number(roundHalfUp(value));
}

const SLACK = Rational.of(1n, 10n ** 9n);

/** A count rounded up, where up to 10⁻⁹ over a whole number still is that number (spec step 10). */
export function toCount(value: Exact): number {
  const reduced = value.sub(SLACK);
  return Number(-floorDivide(-reduced.n, reduced.d));
}

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The number nearest to the ratio, whatever the size of its parts. */
export function toNumber({ n: signed, d }: Exact): number {
  const n = signed < 0n ? -signed : signed;
  if (n <= MOST_SAFE && d <= MOST_SAFE) return Number(signed) / Number(d) + 0;
  // 20 digits are more than a number holds; the last one only says that something follows.
  const places = Math.max(0, 20 - (String(n).length - String(d).length));
  const scaled = n * 10n ** BigInt(places);
  const rest = scaled % d === 0n ? 0 : 1;
  const size = Number(`${scaled / d}${rest}e${-places - 1}`);
  return signed < 0n ? -size : size;
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
  return Rational.of(BigInt(n), BigInt(d));
}

/** A fraction rounded up to a whole number. */
export function ceiling(value: Exact): bigint {
  return -floorDivide(-value.n, value.d);
}

/** The whole number that a value is; null where it is none. */
export function asWhole({ n, d }: Exact): bigint | null {
  return n % d === 0n ? n / d : null;
}
