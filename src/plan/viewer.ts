import { currencyDigits } from './currency.ts';
import type { FieldContext } from './fields.ts';

/** How somebody reads and writes the figures of a plan in `currency`. */
export function viewerOf(
  { locale }: { locale: string },
  { currency }: { currency: string },
): FieldContext {
  return { locale, currency, digits: currencyDigits(currency) };
}
