/**
 * Numbers as people write them. No reader goes through floating point on its way to an amount, and each
 * answers a text that it can't read with what is wrong and what would do.
 */
import { currencyNamed } from './currency-name.ts';
import { type Decimal, type Reading, readDecimal } from './decimal.ts';
import { problem, type Read, value } from './read.ts';
import { writeAmount, writeCount, writeFactor, writePercent } from './write-number.ts';

/** 10¹² major units, and in a currency with four decimals what a plan's minor units hold. */
const MAX_MAJOR = 10n ** 12n;
const MAX_MINOR = 10n ** 15n;

/** Shares and factors may have all the decimals that a stored one is shown with. */
const ALL_DECIMALS = 20;

const POWERS: Record<string, number> = {
  k: 3,
  tsd: 3,
  lakh: 5,
  lac: 5,
  m: 6,
  mn: 6,
  mio: 6,
  million: 6,
  cr: 7,
  crore: 7,
  b: 9,
  bn: 9,
  billion: 9,
  mrd: 9,
};

export interface AmountOptions {
  locale: string;
  /** Decimals of the currency. */
  digits: number;
  /** ISO 4217. Where it is given, an amount that names another currency is refused. */
  currency?: string | undefined;
}

/** `1,200.50`, `1.2k`, `$1,200`, `1 200,50`, `1.5M €` in integer minor units. */
export function readAmount(text: string, options: AmountOptions): Read<number> {
  const { locale, digits, currency } = options;
  const half = digits > 0 ? 5 * 10 ** (digits - 1) : 0;
  const example = writeAmount(12 * 10 ** (digits + 2) + half, options);
  const examples = `${example} or ${writeCount(1.2, locale)}k`;

  const plain = readDecimal(text, locale, digits);
  const power = plain.ok ? powerOf(plain.after) : 0;
  // `1.234k` may have more decimals than the currency: what is in doubt is settled anew.
  const reading = power > 0 ? readDecimal(text, locale, digits + power) : plain;
  if (!reading.ok) return explain(reading.fault, 'an amount', examples, locale);

  for (const name of [reading.before, power > 0 ? withoutPower(reading.after) : reading.after]) {
    const named = currencyNamed(name, currency, locale);
    if (named === 'unknown') return explain('unreadable', 'an amount', examples, locale);
    if (named === 'other')
      return problem(`Amounts here are in ${currency}: write it without ${name}.`);
  }

  const minor = wholeAt(reading.decimal, digits + power);
  if (minor === null) {
    const most = digits === 0 ? 'no decimals' : `at most ${digits} decimals`;
    return problem(`This currency has ${most}: try ${example}.`);
  }
  if (minor > MAX_MAJOR * 10n ** BigInt(digits) || minor > MAX_MINOR) {
    return problem('That is over a trillion: check the zeros.');
  }
  return value(Number(minor));
}

/**
 * `80%`, `80` and `0.8` as the fraction 0.8. With the sign it is always a percentage; without it, a
 * number above 1 is one and a number up to 1 is a fraction, so `1` is 100 %.
 * @param max the largest fraction that makes sense.
 */
export function readPercent(
  text: string,
  { locale, max = 1 }: { locale: string; max?: number },
): Read<number> {
  const reading = readDecimal(text, locale, ALL_DECIMALS);
  const examples = `${writePercent(0.8, locale)} or ${writeCount(0.8, locale)}`;
  if (!reading.ok) return explain(reading.fault, 'a percentage', examples, locale);
  const signs = [reading.before, reading.after].join('');
  if (!/^(%|percent|)$/i.test(signs))
    return explain('unreadable', 'a percentage', examples, locale);
  const { units, scale } = reading.decimal;
  const isPercentage = signs !== '' || units > 10n ** BigInt(scale);
  const fraction = Number(`${units}e-${scale + (isPercentage ? 2 : 0)}`);
  if (fraction > max) return problem(`It has to be between 0 and ${writePercent(max, locale)}.`);
  return value(fraction);
}

/** `3`, `3x`, `3.25X`, `3,25×`. */
export function readFactor(
  text: string,
  { locale, max = 1000 }: { locale: string; max?: number },
): Read<number> {
  const reading = readDecimal(text, locale, ALL_DECIMALS);
  const examples = `${writeCount(3, locale)} or ${writeFactor(3.25, locale)}`;
  if (!reading.ok) return explain(reading.fault, 'a factor', examples, locale);
  if (!/^[x×]?$/i.test(reading.before + reading.after)) {
    return explain('unreadable', 'a factor', examples, locale);
  }
  const factor = toNumber(reading.decimal);
  if (factor > max) return problem(`It can't be over ${writeFactor(max, locale)}.`);
  return value(factor);
}

export interface CountOptions {
  locale: string;
  /** Whether `4.5` will do. */
  decimals?: boolean | undefined;
  min?: number | undefined;
  max?: number | undefined;
}

export function readCount(text: string, options: CountOptions): Read<number> {
  const { locale, decimals = false, min = 0, max = 1_000_000 } = options;
  const reading = readDecimal(text, locale, decimals ? ALL_DECIMALS : 0);
  const example = writeCount(decimals ? 4.5 : 12, locale);
  if (!reading.ok) return explain(reading.fault, 'a number', example, locale);
  if (reading.before + reading.after !== '')
    return explain('unreadable', 'a number', example, locale);
  if (!decimals && reading.decimal.scale > 0)
    return problem(`It has to be a whole number: try ${example}.`);
  const count = toNumber(reading.decimal);
  if (count < min) return problem(`It can't be under ${writeCount(min, locale)}.`);
  if (count > max) return problem(`It can't be over ${writeCount(max, locale)}.`);
  return value(count);
}

type Fault = Extract<Reading, { ok: false }>['fault'];

function explain(fault: Fault, noun: string, examples: string, locale: string) {
  switch (fault) {
    case 'negative':
      return problem(`It can't be below zero: try ${examples}.`);
    case 'ambiguous':
      return problem(
        `That can be read in two ways: write ${writeCount(1200, locale)} or ${writeCount(1.2, locale)}.`,
      );
    case 'unreadable':
      return problem(`That isn't ${noun}: try ${examples}.`);
  }
}

const LEADING_WORD = /^\p{L}+\.?/u;

function powerOf(after: string): number {
  const word = LEADING_WORD.exec(after)?.[0] ?? '';
  return POWERS[word.toLowerCase().replace('.', '')] ?? 0;
}

function withoutPower(after: string): string {
  return after.replace(LEADING_WORD, '').trim();
}

/** The number × 10 ** places, where that is whole. */
function wholeAt({ units, scale }: Decimal, places: number): bigint | null {
  return scale > places ? null : units * 10n ** BigInt(places - scale);
}

function toNumber({ units, scale }: Decimal): number {
  return Number(`${units}e-${scale}`);
}
