/** Figures of charts, whatever comes in. */
import { formatCount, formatPercent } from '../slack/format.ts';
import { numberFormat } from '../slack/locale.ts';

/** A whole number from 0 up; 0 for what is no number. */
export function amount(value: number): number {
  return Number.isNaN(value)
    ? 0
    : Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER);
}

/** `1,840`; from ten thousand on `12.3K`. */
export function shortCount(count: number, locale: string): string {
  if (count < 10_000) return formatCount(count, locale);
  return numberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(count);
}

const MOST = 99.99;

/** `68 %`; below ten with a decimal, which tells rates apart; `>9,999%` for anything above. */
export function shareText(share: number, locale: string): string {
  if (share > MOST) return `>${formatPercent(MOST, locale)}`;
  return formatPercent(share, locale, share < 0.0995 ? 1 : 0);
}
