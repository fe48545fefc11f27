/** Intl in people's own locale, with cached formatters (building one takes longer than using it). */

const FALLBACK = 'en-US';

const tags = new Map<string, string>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A number written as decimal digits, as Intl takes it without going through floating point. */
export type DecimalText = `${number}`;

/** The locale where it is known, else `en-US`. */
function knownLocale(locale: string): string {
  return cached(tags, locale, () => {
    try {
      return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? FALLBACK;
    } catch {
      return FALLBACK;
    }
  });
}

/** What rounds to zero has no sign: nobody is short of -0. */
export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  const tag = knownLocale(locale);
  return cached(
    numberFormats,
    tag + JSON.stringify(options),
    () => new Intl.NumberFormat(tag, { signDisplay: 'negative', ...options }),
  );
}

/** Bigplan's sentences are English: who reads another language has the months in English too, the day first. */
const ELSEWHERE = 'en-GB';

/**
 * A date in words, for Bigplan's own sentences: the months in their language, the clock as the locale has
 * it. What people type is read by `nativeDateFormat`.
 */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const tag = knownLocale(locale);
  if (/^en\b/.test(tag)) return nativeDateFormat(tag, options);
  const { hourCycle } = nativeDateFormat(tag, { hour: 'numeric' }).resolvedOptions();
  return nativeDateFormat(ELSEWHERE, {
    ...options,
    ...(options.hour && hourCycle && { hourCycle }),
  });
}

/** In the locale's own words. Always Gregorian and in UTC, which is what a local date's numbers are put into. */
export function nativeDateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const tag = knownLocale(locale);
  return cached(
    dateFormats,
    tag + JSON.stringify(options),
    () => new Intl.DateTimeFormat(tag, { ...options, calendar: 'gregory', timeZone: 'UTC' }),
  );
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}
