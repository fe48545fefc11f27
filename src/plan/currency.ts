/** The currencies that a plan can be in (ISO 4217), and how they are written. */
import { data } from 'currency-codes';
import { majorText } from './rules/money.ts';
import type { Minor } from './schemas.ts';

export interface Currency {
  code: string;
  name: string;
  /** How many decimals its minor unit has. */
  digits: number;
}

/** Codes to which ISO 4217 gives no minor unit: metals, units of account, testing, "no currency". */
const NO_MONEY = new Set('XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '));

const byCode = new Map(
  data
    .filter(({ code }) => !NO_MONEY.has(code))
    .map(({ code, currency, digits }) => [code, { code, name: currency, digits }] as const),
);

/** All currencies, by code. */
export function currencies(): Currency[] {
  return [...byCode.values()];
}

/** Whether `code` is a currency's ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return byCode.has(code);
}

/** How many decimals the currency has; throws on a code that is none. */
export function currencyDigits(code: string): number {
  const currency = byCode.get(code);
  if (!currency) throw new RangeError(`${code} is not an ISO 4217 currency`);
  return currency.digits;
}

/** An amount for people, `$250,000` or `$1,333,333.33`: whole amounts without decimals. */
export function moneyText(minor: Minor, currency: string, locale = 'en-US'): string {
  const digits = currencyDigits(currency);
  const major = Number(majorText(minor, digits));
  const decimals = Number.isInteger(major) ? 0 : digits;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(major);
}
