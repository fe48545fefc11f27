/** The currencies that a workspace can have: those of ISO 4217 that people are paid in. */
import { data } from 'currency-codes';

export interface CurrencyName {
  /** ISO 4217. */
  code: string;
  name: string;
}

const written = new Set(Intl.supportedValuesOf('currency'));

/** Codes with X are metals and units of account, but for those that several countries share. */
const isMoney = ({ code, countries }: (typeof data)[number]) =>
  written.has(code) && (!code.startsWith('X') || countries.length > 1);

const names: CurrencyName[] = data
  .filter(isMoney)
  .map(({ code, currency }) => ({ code, name: currency.trim() }));

/** All of them, by code. */
export function currencyNames(): readonly CurrencyName[] {
  return names;
}
