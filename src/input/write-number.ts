/** A stored value as its owner would type it: what the readers of number.ts read back unchanged. */
import { type DecimalText, numberFormat } from '../slack/locale.ts';

/** Enough for every fraction that a double can hold in practice. */
const ALL_DECIMALS = { maximumFractionDigits: 20 };

/** Minor units in major units, with all the currency's decimals or none. */
export function writeAmount(
  minor: number,
  { locale, digits }: { locale: string; digits: number },
): string {
  return numberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(scaled(minor, -digits));
}

/** A fraction as a percentage, without the sign's usual rounding: 0.125 is `12.5%`. */
export function writePercent(fraction: number, locale: string): string {
  return `${numberFormat(locale, ALL_DECIMALS).format(scaled(fraction, 2))}%`;
}

/** A multiple: 3.25 is `3.25x`. */
export function writeFactor(factor: number, locale: string): string {
  return `${numberFormat(locale, ALL_DECIMALS).format(factor)}x`;
}

/** Three decimals get a zero more (`1.1250`), as nobody writes thousands. */
export function writeCount(count: number, locale: string): string {
  const hasThree = /^[1-9]\d{0,2}\.\d{3}$/.test(String(count));
  const decimals = hasThree ? { minimumFractionDigits: 4 } : {};
  return numberFormat(locale, { ...ALL_DECIMALS, ...decimals }).format(count);
}

/** `value × 10 ** places` without arithmetic, so that 0.07 is 7 % and not 7.000000000000001 %. */
export function scaled(value: number, places: number): DecimalText {
  const [digits, exponent = '0'] = String(value).split('e');
  return `${digits}e${Number(exponent) + places}` as DecimalText;
}
