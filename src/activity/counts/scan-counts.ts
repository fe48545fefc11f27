/** A day's report cut into its words, numbers and days. */

import { type NamedDay, readNamedDay } from '../../input/day.ts';
import type { Activity } from '../../plan/schemas.ts';
import { activityNamed, type Meaning, meaningOf, numberNamed } from './activity-lexicon.ts';

interface Piece {
  /** From here to there in the words. */
  start: number;
  end: number;
}

export type Token = Piece &
  (
    | { type: 'activity'; activity: Activity }
    /** As it was written, or what its word stands for. */
    | { type: 'number'; written: string }
    | { type: 'day'; day: NamedDay }
    | { type: 'mark'; mark: string }
    | { type: 'word'; word: string; meaning: Meaning }
  );

const DAY_WORDS =
  /(?:(?:the )?day (?:before yesterday|after tomorrow)|this (?:morning|afternoon)|today|tonight|yesterday|tomorrow|(?:(?:this|next|last|past|coming) )?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?)(?:'s)?(?![\p{L}\d'])/iuy;

/** Dates in figures, and beside a word that may be a month's name. */
const FIGURES = [
  /\d{4}-\d{1,2}-\d{1,2}(?!\d)/y,
  /\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/y,
  /\d{1,2}\/\d{1,2}(?![\d/])/y,
  /\d{1,2}\.\d{1,2}\.(?!\d)/y,
];
const BESIDE_MONTH = [
  /\d{1,2}(?:st|nd|rd|th|\.)?(?: of)?[ -]?(\p{L}[\p{L}\p{M}]{2,20})\.?(?:,? \d{4}(?!\d)|-\d{2}(?!\d))?/iuy,
  /(\p{L}[\p{L}\p{M}]{2,20})\.? \d{1,2}(?:st|nd|rd|th)?(?![\d\p{L}])(?:,? \d{4}(?!\d))?/iuy,
];

const NUMBER = /\d{1,3}(?: \d{3})+(?!\d|[.,']\d)|\d+(?:[.,'٫٬]\d+)*/y;
const TWO_WORDS = /\p{L}+[ -]\p{L}+(?!\p{L})/uy;
const WORD = /\p{L}[\p{L}\p{M}]*(?:['-]\p{L}[\p{L}\p{M}]*)*/uy;
const ANY = /./suy;

/** Cuts words without markup into tokens; spaces are left out. */
export function scanCounts(words: string, context: { locale: string; today: string }): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  /** What the pattern finds right here. */
  const here = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = start;
    return pattern.exec(words);
  };
  while (start < words.length) {
    if (words[start] === ' ') {
      start += 1;
      continue;
    }
    const token = scanDay(here, context) ?? scanNumber(here) ?? scanWord(here);
    const end = start + token.length;
    tokens.push({ ...token.as, start, end });
    start = end;
  }
  return tokens;
}

type Here = (pattern: RegExp) => RegExpExecArray | null;
type Kind<T> = T extends Piece ? Omit<T, keyof Piece> : never;
interface Found {
  as: Kind<Token>;
  length: number;
}

function scanDay(here: Here, context: { locale: string; today: string }): Found | null {
  const named = here(DAY_WORDS)?.[0];
  if (named !== undefined) return foundDay(named, context);
  for (const pattern of FIGURES) {
    const found = foundDay(here(pattern)?.[0], context);
    if (found) return found;
  }
  for (const pattern of BESIDE_MONTH) {
    const [text, word = ''] = here(pattern) ?? [];
    // Looking for a month of that name takes long, and no month is called like any word that is known.
    const found = isKnown(word.toLowerCase()) ? null : foundDay(text, context);
    if (found) return found;
  }
  return null;
}

function isKnown(word: string): boolean {
  return (
    activityNamed(word) !== null || numberNamed(word) !== null || meaningOf(word) !== 'unknown'
  );
}

function foundDay(
  text: string | undefined,
  context: { locale: string; today: string },
): Found | null {
  if (text === undefined) return null;
  const day = readNamedDay(text.replace(/'s$/i, ''), context);
  return day && { as: { type: 'day', day }, length: text.length };
}

function scanNumber(here: Here): Found | null {
  const written = here(NUMBER)?.[0];
  if (written !== undefined) return { as: { type: 'number', written }, length: written.length };
  for (const word of [here(TWO_WORDS)?.[0], here(WORD)?.[0]]) {
    const number = word === undefined ? null : numberNamed(word.toLowerCase());
    if (word !== undefined && number !== null) {
      return { as: { type: 'number', written: String(number) }, length: word.length };
    }
  }
  return null;
}

function scanWord(here: Here): Found {
  const written = here(WORD)?.[0];
  if (written === undefined) {
    const mark = here(ANY)?.[0] ?? ' ';
    return { as: { type: 'mark', mark }, length: mark.length };
  }
  const word = written.toLowerCase();
  const activity = activityNamed(word);
  const { length } = written;
  if (activity) return { as: { type: 'activity', activity }, length };
  return { as: { type: 'word', word, meaning: meaningOf(word) }, length };
}
