/** How the figures of a plan are read and written, and the way from one currency to another. */
import type { NumberStyle } from '../slack/format.ts';
import type { PlanDraft } from './draft.ts';
import { currencyDigits } from './model/currencies.ts';
import { mapMoney } from './values.ts';

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
