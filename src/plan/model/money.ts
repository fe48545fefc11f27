/** Major and minor units of a currency. */

import { MAX_MINOR, type Minor } from '../schemas.ts';
import { currencyDigits } from './currencies.ts';
import { asWhole, type Exact, exact, toMinor } from './exact.ts';

export type MinorResult = { ok: true; minor: Minor } | { ok: false; problem: string };

const refuse = (problem: string): MinorResult => ({ ok: false, problem });

/** The largest amount in major units: 10¹², less where a number can't hold the currency's decimals. */
function mostMajor(digits: number): number {
  return Math.min(1e12, MAX_MINOR / 10 ** digits);
}

/**
 * Major units to integer minor units, exactly; `digits` is how many decimals the currency has.
 * Refuses what is negative, absurdly large or has more decimals than the currency.
 */
export function minorFromMajor(major: number, digits: number): MinorResult {
  if (Number.isNaN(major)) return refuse('must be a number');
  if (major < 0) return refuse('must not be negative');
  const most = mostMajor(digits);
  if (major > most) return refuse(`must be at most ${most.toLocaleString('en-US')}`);
  const minor = asWhole(exact(major).mul(10 ** digits));
  if (minor !== null) return { ok: true, minor: Number(minor) };
  return refuse(
    digits === 0
      ? 'has decimals, and this currency has none: 1200 would do'
      : `has more decimals than this currency, which has ${digits}: ${(1200).toFixed(digits)} would do`,
  );
}

/** Minor units as a plain decimal in major units: `1333333.33`; no grouping, no currency. */
export function majorText(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const figures = BigInt(Math.abs(minor))
    .toString()
    .padStart(digits + 1, '0');
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** Whether `less` is under `more` by a major unit or more, both rounded: what is smaller is no difference to people. */
export function isUnder(less: Exact, more: Exact, currency: string): boolean {
  return toMinor(more) - toMinor(less) >= 10 ** currencyDigits(currency);
}
