/** A ratio of two bigints, for the second implementation of the arithmetic: slow, plain and exact. */

/** Denominators below this are left as they are: dividing them by what they share costs more. */
const LONG = 1n << 256n;
const known = new Map<number, Ratio>();

function commonDivisor(n: bigint, d: bigint): bigint {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export class Ratio {
  readonly n: bigint;
  /** Above 0. */
  readonly d: bigint;

  constructor(n: bigint, d = 1n) {
    const sign = d < 0n ? -1n : 1n;
    const shared = d > LONG || d < -LONG ? commonDivisor(n, d * sign) : 1n;
    this.n = (n * sign) / shared;
    this.d = (d * sign) / shared;
  }

  /** The decimal that people see, be it written with an exponent (1e-7) or without. */
  static of(value: number): Ratio {
    const before = known.get(value);
    if (before) return before;
    const [mantissa = '0', exponent = '0'] = String(value).split('e');
    const [whole = '0', decimals = ''] = mantissa.split('.');
    const power = BigInt(Number(exponent) - decimals.length);
    const digits = BigInt(whole + decimals);
    const ratio = power < 0n ? new Ratio(digits, 10n ** -power) : new Ratio(digits * 10n ** power);
    known.set(value, ratio);
    return ratio;
  }

  static sum(all: readonly Ratio[]): Ratio {
    return all.reduce((sum, each) => sum.plus(each), ZERO);
  }

  plus(other: Ratio): Ratio {
    if (this.d === other.d) return new Ratio(this.n + other.n, this.d);
    return new Ratio(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  minus(other: Ratio): Ratio {
    return this.plus(new Ratio(-other.n, other.d));
  }

  times(other: Ratio): Ratio {
    return new Ratio(this.n * other.n, this.d * other.d);
  }

  over(other: Ratio): Ratio {
    return new Ratio(this.n * other.d, this.d * other.n);
  }

  less(other: Ratio): boolean {
    return this.n * other.d < other.n * this.d;
  }

  reaches(other: Ratio): boolean {
    return !this.less(other);
  }

  min(other: Ratio): Ratio {
    return other.less(this) ? other : this;
  }

  max(other: Ratio): Ratio {
    return this.less(other) ? other : this;
  }

  get isZero(): boolean {
    return this.n === 0n;
  }

  floor(): bigint {
    const whole = this.n / this.d;
    return this.n < 0n && whole * this.d !== this.n ? whole - 1n : whole;
  }

  ceil(): bigint {
    return -new Ratio(-this.n, this.d).floor();
  }

  /** Half up. */
  round(): number {
    return Number(this.plus(new Ratio(1n, 2n)).floor());
  }

  float(): number {
    return Number((this.n * 10n ** 60n) / this.d) / 1e60;
  }
}

export const ZERO = new Ratio(0n);
export const ONE = new Ratio(1n);
