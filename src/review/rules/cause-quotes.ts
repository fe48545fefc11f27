/** What of reps' words goes to a leader, and how nobody is known by it (spec C5). */

/** What one rep wrote about a KPI for which they named the cause. */
export interface Said {
  words: string;
  /** Slack's user id, where the rep agreed to be named. */
  by: string | null;
}

/** Somebody who must not be known by what is quoted. */
export interface Unnamed {
  userId: string;
  name: string;
}

/** Shorter parts of a name are words of their own: `Al`, `de`. */
const LEAST_PART = 3;
const SOMEBODY = '[somebody]';

/**
 * The words in the order of the alphabet, each once: an order that says nothing about who wrote them.
 * Names and ids of `unnamed` people in them are left out.
 */
export function quotesOf(said: readonly Said[], unnamed: readonly Unnamed[]): Said[] {
  const withoutNames = removerOf(unnamed);
  const quotes = new Map<string, Said>();
  for (const { words, by } of said) {
    const quote = { words: withoutNames(words).trim(), by };
    if (quote.words !== '') quotes.set(JSON.stringify(quote), quote);
  }
  return [...quotes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, quote]) => quote);
}

/**
 * Leaves names and ids out of a text. A whole name is found in whatever case, a part of one only as it
 * is written: `Mark` is somebody, `mark` is a word. Parts of at least three letters.
 */
export function removerOf(people: readonly Unnamed[]): (words: string) => string {
  const whole = people
    .flatMap(({ userId, name }) => [userId, name.trim()])
    .filter((name) => name !== '')
    // The longest first: of `Al` and `Al Bo` the one that is meant.
    .sort((a, b) => b.length - a.length)
    .map((name) => ({ name, lower: name.toLowerCase() }));
  const parts = new Set(
    people
      .flatMap(({ name }) => name.match(WORDS) ?? [])
      .filter((part) => part.length >= LEAST_PART),
  );
  return (words) => {
    const lower = words.toLowerCase();
    // One expression of everybody's names would be tried at every letter.
    const found = whole.filter((one) => lower.includes(one.lower)).map(({ name }) => name);
    return without(words, found).replace(WORDS, (word) => (parts.has(word) ? SOMEBODY : word));
  };
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

function without(words: string, names: readonly string[]): string {
  if (names.length === 0) return words;
  const any = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return words.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu'),
    SOMEBODY,
  );
}
