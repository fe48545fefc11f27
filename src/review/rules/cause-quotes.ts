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
  const quotes = new Map<string, Said>();
  for (const { words, by } of said) {
    const quote = { words: withoutNames(words, unnamed).trim(), by };
    if (quote.words !== '') quotes.set(JSON.stringify(quote), quote);
  }
  return [...quotes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, quote]) => quote);
}

/**
 * A whole name is found in whatever case, a part of one only as it is written: `Mark` is somebody,
 * `mark` is a word. Parts of at least three letters.
 */
export function withoutNames(words: string, people: readonly Unnamed[]): string {
  const whole = people.flatMap(({ userId, name }) => [userId, name.trim()]);
  const parts = people.flatMap(({ name }) => name.split(/[^\p{L}\p{M}\p{N}]+/u));
  return without(
    without(words, whole, 'giu'),
    parts.filter((part) => part.length >= LEAST_PART),
    'gu',
  );
}

function without(words: string, names: readonly string[], flags: string): string {
  const known = [...new Set(names)].filter((name) => name !== '');
  if (known.length === 0) return words;
  // The longest first: of `Ann` and `Anna` the one that is meant.
  const any = known
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');
  return words.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, flags),
    SOMEBODY,
  );
}
