import type { NumberStyle } from '../slack/format.ts';
import { currencyDigits } from './currency.ts';

/** How somebody reads and writes the figures of a plan in `currency`. */
export function viewerOf(
  { locale }: { locale: string },
  { currency }: { currency: string },
): NumberStyle {
  return { locale, currency, digits: currencyDigits(currency) };
}
