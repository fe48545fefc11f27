import { numberFormat } from '../slack/locale.ts';
import { tidy } from './read.ts';

const CODES = new Set(Intl.supportedValuesOf('currency'));

/**
 * What `$`, `EUR` or `US$` beside an amount means, where amounts are in `currency` (any, if undefined).
 * A name that currencies share (`$`, `kr`) counts as our own; no name does too.
 */
export function currencyNamed(
  name: string,
  currency: string | undefined,
  locale: string,
): 'own' | 'other' | 'unknown' {
  if (name === '' || (currency && ownNames(currency, locale).has(normal(name)))) return 'own';
  if (!CODES.has(name.toUpperCase()) && !/^\p{L}{0,3}\p{Sc}\p{L}{0,3}$/u.test(name))
    return 'unknown';
  return currency ? 'other' : 'own';
}

function ownNames(currency: string, locale: string): Set<string> {
  const symbols = [locale, 'en-US'].flatMap((tag) =>
    (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
      const format = numberFormat(tag, { style: 'currency', currency, currencyDisplay });
      return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
    }),
  );
  const narrow = symbols.at(-1) ?? '';
  return new Set([currency, ...symbols, currency.slice(0, 2) + narrow].map(normal));
}

function normal(name: string): string {
  return tidy(name).replaceAll('.', '').toLowerCase();
}
