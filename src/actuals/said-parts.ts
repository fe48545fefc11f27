/** The parts of a line about a deal that can't be its name: amounts, layers, what was lost, days. */
import { currencyNamed } from '../input/currency-name.ts';
import {
  monthDayNear,
  type NamedDay,
  readNamedDay,
  weekdayAfter,
  weekdayBefore,
} from '../input/day.ts';
import { readAmount } from '../input/number.ts';
import { tidy } from '../input/read.ts';
import type { Layer } from '../plan/schemas.ts';
import { addDays, WEEKDAYS } from '../time/local-date.ts';
import type { Word } from './said-words.ts';

/** How whoever types writes amounts, what the plan's are in, and which day it is. */
export interface DealContext {
  locale: string;
  /** ISO 4217. */
  currency: string;
  /** Decimals of the currency. */
  digits: number;
  /** Local date of the rep. */
  today: string;
}

/** Words from one to before another. */
export interface Span {
  from: number;
  to: number;
}

export interface AmountPart extends Span {
  /** Minor units. */
  minor: number;
  written: string;
  /** Neither a currency nor `k` stands with it. */
  bare: boolean;
  /** Read in another country, or as what people have in mind, it may be a thousand times as much. */
  doubtful: boolean;
}

/** Something that looks like an amount and can't be one. */
export interface BadAmount extends Span {
  written: string;
  problem: string;
}

export interface LayerPart extends Span {
  layer: Layer;
  lost: boolean;
  /** One word that many names begin with, such as `new` or `Expansion`. */
  mayBeName: boolean;
}

export interface DatePart extends Span {
  date: string;
  /** `Today` with a capital may be a part of a name. */
  mayBeName: boolean;
}

export interface Parts {
  amounts: AmountPart[];
  /** Whatever can be read as an amount, `24` of `24 €` too. */
  numbers: AmountPart[];
  badAmounts: BadAmount[];
  layers: LayerPart[];
  /** `lost` by itself. */
  losses: Span[];
  dates: DatePart[];
}

/** Most words that an amount is written in: `USD 1 200 000`. */
const AMOUNT_WORDS = 5;
const DATE_WORDS = 5;
/** A bare number under this, in major units, rather leaves something out: `24` is said for 24 k. */
const LEAST_BARE = 100;

const PHRASES = new Map<string, { layer: Layer; lost?: true }>(
  Object.entries({
    newBusiness: 'new newbusiness newbiz newlogo nb',
    expansion: 'expansion expansions expanded exp upsell upsells crosssell crosssells addon',
    renewal: 'renewal renewals renewed renew',
    lost: 'lostrenewal renewallost lostrenewals notrenewed norenewal nonrenewal',
  }).flatMap(([name, words]) =>
    words.split(' ').map((word) => {
      const meaning = name === 'lost' ? { layer: 'renewal', lost: true } : { layer: name };
      return [word, meaning as { layer: Layer; lost?: true }] as const;
    }),
  ),
);
const LOST = new Set(['lost', 'churned', 'churn', 'verloren', 'perdu', 'perdido']);
/** A word before a layer that turns it round. */
const NOT = new Set(['not', 'no', 'never', 'non', "didn't", "won't", "isn't"]);
/** Currencies that are meant as such however they are written. */
const WELL_KNOWN = /^(?:eur|usd|gbp|chf|jpy|cad|aud|nzd|inr|cny|sek|nok|dkk|pln|czk|brl|mxn|zar)$/i;

const plainOf = ({ text }: Word) => tidy(text).replace(/[.!?)]+$/, '');
const keyOf = (words: readonly Word[]) =>
  words.map((word) => plainOf(word).toLowerCase().replace(/[-(]/g, '')).join('');
const isCapital = ({ text }: Word) => /^\p{Lu}/u.test(text);

/** Whether the word, as it is written, is one of those that say what a deal was. */
export function isKeyword(word: Word): boolean {
  const key = keyOf([word]);
  return PHRASES.has(key) || LOST.has(key) || key === 'today' || key === 'yesterday';
}

export const isLayerWord = (word: Word): boolean => PHRASES.has(keyOf([word]));
export const isNot = (word: Word): boolean => NOT.has(tidy(word.text).toLowerCase());

export function partsOf(words: readonly Word[], context: DealContext): Parts {
  const found: Found = { numbers: [], badAmounts: [], layers: [], losses: [], dates: [] };
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length && !words[to - 1]?.quoted; to++) {
      const span = words.slice(from, to);
      if (span.length <= AMOUNT_WORDS) addAmount(found, span, { from, to }, context);
      if (span.length <= 2) addLayer(found, span, { from, to });
      if (span.length <= DATE_WORDS) addDate(found, span, { from, to }, context);
      if (span.length === Math.max(AMOUNT_WORDS, DATE_WORDS)) break;
    }
  }
  const foreign = new Set(words.flatMap((word, at) => (isForeign(word, context) ? [at] : [])));
  const isForeignTo = ({ from, to }: Span) => foreign.has(from - 1) || foreign.has(to);
  const layers = longest(found.layers);
  return {
    ...found,
    amounts: found.numbers.filter(
      (one) =>
        !isForeignTo(one) &&
        !found.numbers.some((other) => isWithin(one, other) && other.minor === one.minor),
    ),
    badAmounts: [
      ...found.badAmounts,
      ...found.numbers.filter(isForeignTo).map((one) => inForeign(words, one, foreign, context)),
    ],
    layers,
    losses: found.losses.filter((one) => !layers.some((layer) => isWithin(one, layer))),
    dates: longest(found.dates),
  };
}

type Found = Omit<Parts, 'amounts'>;

function inForeign(
  words: readonly Word[],
  { from, to, written }: AmountPart,
  foreign: ReadonlySet<number>,
  { currency }: DealContext,
): BadAmount {
  const isBefore = foreign.has(from - 1);
  const name = words[isBefore ? from - 1 : to]?.text ?? '';
  return {
    from: isBefore ? from - 1 : from,
    to: isBefore ? to : to + 1,
    written: isBefore ? `${name} ${written}` : `${written} ${name}`,
    problem: `Amounts here are in ${currency}: write it without ${name}.`,
  };
}

const isWithin = (one: Span, other: Span) =>
  one !== other && other.from <= one.from && one.to <= other.to;
const longest = <T extends Span>(spans: readonly T[]) =>
  spans.filter((one) => !spans.some((other) => isWithin(one, other)));

function isForeign(word: Word, { currency, locale }: DealContext): boolean {
  const name = plainOf(word);
  const isName = /^\p{Lu}\p{Ll}/u.test(name) && !WELL_KNOWN.test(name);
  return !word.quoted && !isName && currencyNamed(name, currency, locale) === 'other';
}

function addAmount(found: Found, words: readonly Word[], span: Span, context: DealContext): void {
  const written = words
    .map(({ text }) => text)
    .join(' ')
    .replace(/(?<=[\p{L}\d])[.!?)]+$/u, '');
  const isTwice = (written.match(/\p{Sc}|\b[A-Z]{3}\b/gu)?.length ?? 0) > 1;
  if (isTwice || !/\p{Nd}/u.test(written)) return;
  const read = readAmount(written, context);
  const minor = read.ok ? read.value : read.readings?.[0];
  if (minor !== undefined) {
    const bare = !/[\p{L}\p{Sc}]/u.test(written);
    const isSmall = minor < LEAST_BARE * 10 ** context.digits;
    found.numbers.push({
      ...span,
      minor,
      written,
      bare,
      doubtful: !read.ok || (bare && isSmall) || hasOpenMark(written, minor, context),
    });
  } else if (
    !read.ok &&
    words.length === 1 &&
    /^[-(+]?\p{Sc}?\p{Nd}|^\p{Lu}{2,3}[-+]?\p{Nd}/u.test(written)
  ) {
    found.badAmounts.push({ ...span, written, problem: read.problem });
  }
}

/** `118.000` where that is 118, or `1.234k`: others write thousands so. */
function hasOpenMark(written: string, minor: number, context: DealContext): boolean {
  const [number = ''] = /\d[\d.,' ]*/.exec(tidy(written)) ?? [];
  if ((number.match(/[.,]/g) ?? []).length !== 1 || !/\d[.,]\d{3}(?!\d)/.test(number)) return false;
  const { digits } = context;
  const alone = readAmount(number, context);
  const isMultiplied = !alone.ok || alone.value !== minor;
  return isMultiplied || (digits < 3 && minor < 1000 * 10 ** digits);
}

function addLayer(found: Found, words: readonly Word[], span: Span): void {
  const key = keyOf(words);
  const meaning = PHRASES.get(key);
  const [first] = words;
  if (meaning) {
    const lost = meaning.lost ?? false;
    const mayBeName = !lost && first !== undefined && (key === 'new' || isCapital(first));
    found.layers.push({ ...span, layer: meaning.layer, lost, mayBeName });
  }
  if (LOST.has(key)) found.losses.push(span);
}

function addDate(found: Found, words: readonly Word[], span: Span, context: DealContext): void {
  const text = words.map(plainOf).join(' ');
  const isSaid = /^on /i.test(text);
  const named = readNamedDay(text, context);
  if (!named || !(isSaid || isPlainlyDay(text, named))) return;
  const date = dateOf(named, context.today);
  const [first] = words;
  const mayBeName = words.length === 1 && first !== undefined && isCapital(first);
  found.dates.push({ ...span, date, mayBeName });
}

/** Without `on`: a day that is no weekday alone and no two numbers, such as `3/3` or `1.5`. */
function isPlainlyDay(text: string, named: NamedDay): boolean {
  if (named.kind === 'weekday') return named.which !== null;
  return named.kind === 'date' ? !/^the /i.test(text) : /\p{L}/u.test(text);
}

/** The nearest day of that name; of a weekday the last one, unless this week's or the next was said. */
function dateOf(named: NamedDay, today: string): string {
  if (named.kind === 'date') return named.date;
  if (named.kind === 'month_day') return monthDayNear(today, named.monthDay);
  const { weekday, which } = named;
  if (which === 'next') return weekdayAfter(today, weekday);
  const monday = weekdayBefore(today, 'mon', null);
  return which === 'this'
    ? addDays(monday, WEEKDAYS.indexOf(weekday))
    : weekdayBefore(today, weekday, which);
}
