/**
 * Numbers as people write them. No reader goes through floating point on its way to an amount, and each
 * answers a text that it can't read with what is wrong and what would do.
 */
import { currencyNamed } from './currency-name.ts';
import { type Decimal, type Reading, readDecimal } from './decimal.ts';
import { doubt, problem, type Read, value } from './read.ts';
import { writeAmount, writeCount, writeFactor, writePercent } from './write-number.ts';

/** 10¹² major units, and in a currency with four decimals what a plan's minor units hold. */
const MAX_MAJOR = 10n ** 12n;
const MAX_MINOR = 10n ** 15n;

/** Shares and factors may have all the decimals that a stored one is shown with. */
const ALL_DECIMALS = 20;

/** Nobody counts in thousandths: three digits behind a mark may be thousands. */
const COUNT_DECIMALS = 2;

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
  if (!reading.ok) return explain(reading.fault, 'an amount', examples);

  for (const name of [reading.before, power > 0 ? withoutPower(reading.after) : reading.after]) {
    const named = currencyNamed(name, currency, locale);
    if (named === 'unknown') return explain('unreadable', 'an amount', examples);
    if (named === 'other')
      return problem(`Amounts here are in ${currency}: write it without ${name}.`);
  }

  const minor = wholeAt(reading.decimal, digits + power);
  if (reading.other) {
    const readings = [minor, wholeAt(reading.other, digits + power)].flatMap((one) =>
      one === null ? [] : [Number(one)],
    );
    return doubt(eitherOf(reading.decimal, reading.other, locale, digits), readings);
  }
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
 * What a number without its sign is meant as: a `share` under 1 is a fraction (0.8); `ofHundred`, as in “of 100
 * calls”, 1 is one of them; a commission `rate` is a fraction as long as it is small.
 */
export type BareNumber = 'share' | 'ofHundred' | 'rate';

export interface PercentOptions {
  locale: string;
  /** The largest fraction that makes sense: 1 where left out. */
  max?: number | undefined;
  /** `share` where left out. */
  bare?: BareNumber | undefined;
}

/** Up to here `0.1` is a commission rate of 10 %; 0.5 may be a half of one per cent. */
const USUAL_RATE = 0.2;

/**
 * `80%`, `80` and `0.8` as the fraction 0.8. With the sign it is always a percentage. Without it, a number that
 * can't be a fraction is one, one that can't be meant as a percentage is a fraction, and what may be either
 * (`1`) is asked.
 */
export function readPercent(
  text: string,
  { locale, max = 1, bare = 'share' }: PercentOptions,
): Read<number> {
  const reading = readDecimal(text, locale, ALL_DECIMALS);
  const examples = `${writePercent(0.8, locale)} or ${bare === 'ofHundred' ? '80' : writeCount(0.8, locale)}`;
  if (!reading.ok) return explain(reading.fault, 'a percentage', examples);
  const signs = [reading.before, reading.after].join('');
  if (!/^(%|percent|)$/i.test(signs)) return explain('unreadable', 'a percentage', examples);
  const { units, scale } = reading.decimal;
  const [asFraction, asPercentage] = [0, 2].map((places) => Number(`${units}e-${scale + places}`));
  if (asFraction === undefined || asPercentage === undefined) throw new Error('two readings');
  const meant = signs === '' ? meantAs(asFraction, max, bare) : 'percentage';
  if (meant === 'either') {
    const [less, more] = [writePercent(asPercentage, locale), writePercent(asFraction, locale)];
    return doubt(`Is that ${less} or ${more}? Write it with its sign.`, [asPercentage, asFraction]);
  }
  const fraction = meant === 'fraction' ? asFraction : asPercentage;
  if (fraction > max) return problem(`It has to be between 0 and ${writePercent(max, locale)}.`);
  return value(fraction);
}

function meantAs(
  number: number,
  max: number,
  bare: BareNumber,
): 'fraction' | 'percentage' | 'either' {
  if (number === 0 || number > max) return 'percentage';
  if (bare === 'ofHundred') return number >= 1 ? 'percentage' : 'either';
  return number >= 1 || (bare === 'rate' && number > USUAL_RATE) ? 'either' : 'fraction';
}

/** `3`, `3x`, `3.25X`, `3,25×`. */
export function readFactor(
  text: string,
  { locale, max = 1000 }: { locale: string; max?: number },
): Read<number> {
  const reading = readDecimal(text, locale, ALL_DECIMALS);
  const examples = `${writeCount(3, locale)} or ${writeFactor(3.25, locale)}`;
  if (!reading.ok) return explain(reading.fault, 'a factor', examples);
  if (!/^[x×]?$/i.test(reading.before + reading.after)) {
    return explain('unreadable', 'a factor', examples);
  }
  const factor = toNumber(reading.decimal);
  if (reading.other && toNumber(reading.other) <= max) {
    return inDoubt(reading.decimal, reading.other, locale);
  }
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
  const reading = readDecimal(text, locale, decimals ? COUNT_DECIMALS : 0);
  const example = writeCount(decimals ? 4.5 : 12, locale);
  if (!reading.ok) return explain(reading.fault, 'a number', example);
  if (reading.before + reading.after !== '') return explain('unreadable', 'a number', example);
  if (reading.other && toNumber(reading.other) <= max) {
    return inDoubt(reading.decimal, reading.other, locale);
  }
  if (!decimals && reading.decimal.scale > 0)
    return problem(`It has to be a whole number: try ${example}.`);
  const count = toNumber(reading.decimal);
  if (count < min) return problem(`It can't be under ${writeCount(min, locale)}.`);
  if (count > max) return problem(`It can't be over ${writeCount(max, locale)}.`);
  return value(count);
}

type Fault = Extract<Reading, { ok: false }>['fault'];

/** The question which of two numbers is meant, each written so that it can be read in one way only. */
function eitherOf(one: Decimal, other: Decimal, locale: string, decimals: number): string {
  const [less, more] = [one, other].map((each) =>
    writeCount(Number(toNumber(each).toFixed(decimals)), locale),
  );
  return `Is that ${more} or ${less}? Write it the way you mean it.`;
}

const inDoubt = (one: Decimal, other: Decimal, locale: string): Read<number> =>
  doubt(eitherOf(one, other, locale, COUNT_DECIMALS + 1), [toNumber(one), toNumber(other)]);

function explain(fault: Fault, noun: string, examples: string) {
  switch (fault) {
    case 'negative':
      return problem(`It can't be below zero: try ${examples}.`);
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
