/** The currencies of ISO 4217 that are money. */
import { data } from 'currency-codes';

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
