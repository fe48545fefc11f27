/** A ratio of whole numbers of any size. Sums of many are fast since it is reduced only where its parts grow large. */

/** What a ratio is reckoned with: another one, or a whole number. */
type Operand = Rational | number;

/** Above this a denominator is reduced: until then the work would cost more than it saves. */
const LARGE = 1n << 256n;

export class Rational {
  readonly n: bigint;
  /** Above 0. */
  readonly d: bigint;

  private constructor(n: bigint, d: bigint) {
    this.n = n;
    this.d = d;
  }

  /** @throws RangeError where `d` is 0. */
  static of(n: bigint, d = 1n): Rational {
    if (d === 0n) throw new RangeError('Division by zero');
    return d < 0n ? new Rational(-n, -d).#kept() : new Rational(n, d).#kept();
  }

  add(other: Operand): Rational {
    const { n, d } = rational(other);
    if (d === this.d) return new Rational(this.n + n, d);
    return new Rational(this.n * d + n * this.d, this.d * d).#kept();
  }

  sub(other: Operand): Rational {
    const { n, d } = rational(other);
    if (d === this.d) return new Rational(this.n - n, d);
    return new Rational(this.n * d - n * this.d, this.d * d).#kept();
  }

  mul(other: Operand): Rational {
    const { n, d } = rational(other);
    return new Rational(this.n * n, this.d * d).#kept();
  }

  /** @throws RangeError where the other is 0. */
  div(other: Operand): Rational {
    const { n, d } = rational(other);
    return Rational.of(this.n * d, this.d * n);
  }

  abs(): Rational {
    return this.n < 0n ? new Rational(-this.n, this.d) : this;
  }

  /** Below 0, 0 or above it, as this is less, the same or more. */
  compare(other: Operand): number {
    const difference = this.#over(other);
    if (difference === 0n) return 0;
    return difference < 0n ? -1 : 1;
  }

  equals(other: Operand): boolean {
    return this.#over(other) === 0n;
  }

  lt(other: Operand): boolean {
    return this.#over(other) < 0n;
  }

  lte(other: Operand): boolean {
    return this.#over(other) <= 0n;
  }

  gt(other: Operand): boolean {
    return this.#over(other) > 0n;
  }

  gte(other: Operand): boolean {
    return this.#over(other) >= 0n;
  }

  /** The number nearest to the reduced numerator by that nearest to the denominator. */
  valueOf(): number {
    const { n, d } = this.#reduced();
    return Number(n) / Number(d);
  }

  /** Reduced: `4/3`, or `4` where it is whole. */
  toString(): string {
    const { n, d } = this.#reduced();
    return d === 1n ? `${n}` : `${n}/${d}`;
  }

  /** Has the sign of this − other. */
  #over(other: Operand): bigint {
    if (other === 0) return this.n;
    const { n, d } = rational(other);
    return d === this.d ? this.n - n : this.n * d - n * this.d;
  }

  #kept(): Rational {
    return this.d > LARGE ? this.#reduced() : this;
  }

  #reduced(): Rational {
    let [a, b] = [this.n < 0n ? -this.n : this.n, this.d];
    while (b !== 0n) [a, b] = [b, a % b];
    return a === 1n ? this : new Rational(this.n / a, this.d / a);
  }
}

const rational = (value: Operand): Rational =>
  typeof value === 'number' ? Rational.of(BigInt(value)) : value;
