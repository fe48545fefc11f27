/** Figures and dates as people read them, in their own locale. */

import { scaled } from '../input/write-number.ts';
import { dateFormat, numberFormat } from './locale.ts';

export interface NumberStyle {
  /** BCP 47. */
  locale: string;
  /** ISO 4217. */
  currency: string;
  /** Decimals of the currency. */
  digits: number;
}

/** Exact: `$1,333,333.33`, and without decimals where there are none: `$250,000`. */
export function formatMoney(minor: number, { locale, currency, digits }: NumberStyle): string {
  return numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(scaled(minor, -digits));
}

/** For a line: `$4.0M`, `$118k`, `4,0 Mio. €`; without a currency `118k`. Two or three figures. */
export function formatMoneyShort(
  minor: number,
  { locale, currency, digits }: Omit<NumberStyle, 'currency'> & { currency?: string | undefined },
): string {
  const isSmall = Math.abs(minor) < 1000 * 10 ** digits;
  const parts = numberFormat(locale, {
    ...(currency && { style: 'currency', currency }),
    ...(isSmall
      ? { maximumFractionDigits: 0 }
      : { notation: 'compact', minimumSignificantDigits: 2, maximumSignificantDigits: 3 }),
  }).formatToParts(scaled(minor, -digits));
  return parts
    .map(({ type, value }) => (type === 'compact' && value === 'K' ? 'k' : value))
    .join('');
}

/** As short as it can be said without rounding: `$1.2M`, but `$187,500`. */
export function formatMoneyExactShort(minor: number, style: NumberStyle): string {
  const isRound = Number(minor.toPrecision(3)) === minor;
  return isRound ? formatMoneyShort(minor, style) : formatMoney(minor, style);
}

/** 0.8 is `80%`, or `80 %` where that is usual. */
export function formatPercent(fraction: number, locale: string, decimals = 0): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: decimals }).format(
    fraction,
  );
}

/** `3.25X`, as salespeople say it. */
export function formatFactor(factor: number, locale: string): string {
  return `${formatCount(factor, locale, 2)}X`;
}

export function formatCount(count: number, locale: string, decimals = 0): string {
  return numberFormat(locale, { maximumFractionDigits: decimals }).format(count);
}

const DATE_STYLES = {
  /** `31 Mar` */
  day: { day: 'numeric', month: 'short' },
  /** `31 Mar 2027` */
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  /** `March 2027` */
  month: { month: 'long', year: 'numeric' },
} as const;

/** A local date in the locale's own order and words. */
export function formatDate(
  localDate: string,
  locale: string,
  style: keyof typeof DATE_STYLES,
): string {
  return dateFormat(locale, DATE_STYLES[style]).format(Date.parse(`${localDate}T00:00:00Z`));
}
