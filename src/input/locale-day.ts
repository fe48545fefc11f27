/** A day in the words of somebody's own language: chrono-node's for a dozen of them, Intl's for all. */

import { createRequire } from 'node:module';
import { nativeDateFormat } from '../slack/locale.ts';
import { addDays, daysBetween, WEEKDAYS, type Weekday } from '../time/local-date.ts';
import { tidy } from './read.ts';

/** What was named, and which half of it where that was said too. */
export interface LocaleDay {
  day:
    | { kind: 'date'; date: string }
    | { kind: 'weekday'; weekday: Weekday; which: 'next' | 'last' | null };
  part: 'morning' | 'afternoon' | null;
}

const LANGUAGES = [
  'de',
  'en',
  'es',
  'fi',
  'fr',
  'it',
  'ja',
  'nl',
  'pt',
  'ru',
  'sv',
  'uk',
  'zh',
] as const;

/** Its readers, loaded with the first words that nothing simpler reads: those of the warm-up. */
let loaded: typeof import('chrono-node') | null = null;
function chronoOf(language: string) {
  const known = LANGUAGES.find((one) => one === language);
  if (known === undefined) return undefined;
  loaded ??= createRequire(import.meta.url)('chrono-node') as typeof import('chrono-node');
  return loaded[known];
}

/** Names for days as far off as that: what is further off is said with a number, which has readers of its own. */
const NEAR = 2;

/**
 * Reads `morgen`, `après-demain`, `el viernes`, `vendredi matin`, `nächsten Freitag` in the locale's language and in
 * English; null where any word of it says something else, or an hour, or more than a day.
 */
export function readLocaleDay(
  text: string,
  { locale, today }: { locale: string; today: string },
): LocaleDay | null {
  const words = tidy(text).toLowerCase();
  if (words === '' || /\d/.test(words) || words.length > 40) return null;
  const near = nearDay(words, { locale, today });
  if (near !== null) return { day: { kind: 'date', date: near }, part: null };
  const weekday = weekdayNamed(words, locale);
  if (weekday) return { day: { kind: 'weekday', weekday, which: null }, part: null };
  const language = languageOf(locale);
  return [language, 'en'].reduce<LocaleDay | null>(
    (found, one) => found ?? readByChrono(words, one, today),
    null,
  );
}

/** The weekday of that name, long or short, in the locale. */
export function weekdayNamed(name: string, locale: string): Weekday | null {
  const bare = tidy(name).toLowerCase().replace(/\.$/, '');
  const index = namesOfWeekdays(locale).findIndex((names) => names.includes(bare));
  return WEEKDAYS[index] ?? null;
}

export function languageOf(locale: string): string {
  return /^[a-z]{2,3}(?=[-_]|$)/i.exec(locale)?.[0].toLowerCase() ?? 'en';
}

function readByChrono(words: string, language: string, today: string): LocaleDay | null {
  const instant = new Date(`${today}T12:00:00Z`);
  const found = chronoOf(language)?.casual.parse(
    words,
    { instant, timezone: 0 },
    { forwardDate: true },
  );
  const [only, ...others] = found ?? [];
  if (!only || others.length > 0 || only.text.length !== words.length || only.end) return null;
  const { start } = only;
  const hour = start.get('hour') ?? 12;
  if (start.isCertain('hour') || hour >= EVENING || /weekend/.test(words)) return null;
  const part = hour === 12 ? null : hour < 12 ? 'morning' : 'afternoon';
  if (start.isCertain('weekday') && !start.isCertain('day')) {
    const weekday = WEEKDAYS[((start.get('weekday') ?? 0) + 6) % 7] ?? 'mon';
    return { day: { kind: 'weekday', weekday, which: whichOf(words) }, part };
  }
  const date = start.date().toISOString().slice(0, 10);
  if (Math.abs(daysBetween(today, date)) > NEAR) return null;
  return { day: { kind: 'date', date }, part };
}

const EVENING = 18;

const NEXT =
  /n(?:ä|ae)chst|prochain|pr[oó]xim|que (?:viene|vem)|prossim|volgend|nästa|ensi|следующ|наступн|next/;
const LAST =
  /letzt|vorig|dernier|passée?|pasad[oa]|scors[oa]|passat[oa]|afgelopen|passad[oa]|förra|viime|прошл|минул|last/;

function whichOf(words: string): 'next' | 'last' | null {
  if (LAST.test(words)) return 'last';
  return NEXT.test(words) ? 'next' : null;
}

function nearDay(
  words: string,
  { locale, today }: { locale: string; today: string },
): string | null {
  const days = nearDays(locale).get(words);
  return days === undefined ? null : addDays(today, days);
}

const knownNearDays = new Map<string, Map<string, number>>();

/** `vorgestern` to `übermorgen`, as Intl calls them. */
function nearDays(locale: string): Map<string, number> {
  return remembered(knownNearDays, locale, () => {
    const names = new Intl.RelativeTimeFormat(languageOf(locale), { numeric: 'auto' });
    const all = [-2, -1, 0, 1, 2].map((days) => [nameOf(names.format(days, 'day')), days] as const);
    return new Map(all.filter(([name]) => !/\d/.test(name)));
  });
}

const nameOf = (text: string) => tidy(text).toLowerCase().replace(/\.$/, '');

const knownWeekdays = new Map<string, string[][]>();

function namesOfWeekdays(locale: string): string[][] {
  return remembered(knownWeekdays, locale, () =>
    // The first of March 2027 is a Monday.
    WEEKDAYS.map((_, index) =>
      (['long', 'short'] as const).map((weekday) =>
        nameOf(nativeDateFormat(locale, { weekday }).format(Date.UTC(2027, 2, 1 + index))),
      ),
    ),
  );
}

function remembered<T>(known: Map<string, T>, locale: string, make: () => T): T {
  const found = known.get(locale) ?? make();
  known.set(locale, found);
  return found;
}
