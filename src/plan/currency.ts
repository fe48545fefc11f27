/** The currencies that a plan can be in (ISO 4217), how they are written, and the way from one to another. */
import { data } from 'currency-codes';
import type { NumberStyle } from '../slack/format.ts';
import type { PlanDraft } from './draft.ts';
import { mapMoney } from './values.ts';

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

/** How somebody reads and writes the figures of a plan in `currency`. */
export function viewerOf(
  { locale }: { locale: string },
  { currency }: { currency: string },
): NumberStyle {
  return { locale, currency, digits: currencyDigits(currency) };
}

/**
 * The draft's amounts in another currency, so that 120,000 stays 120,000 when USD becomes JPY. What no
 * longer fits is rounded half up. Its currency itself is left as it is.
 */
export function amountsIn(draft: PlanDraft, currency: string): PlanDraft {
  const shift = currencyDigits(currency) - currencyDigits(draft.currency);
  if (shift === 0) return draft;
  const scale = (minor: number) =>
    shift > 0 ? minor * 10 ** shift : Math.floor((minor + 10 ** -shift / 2) / 10 ** -shift);
  return mapMoney(draft, (minor, least) => Math.max(least, scale(minor)));
}
