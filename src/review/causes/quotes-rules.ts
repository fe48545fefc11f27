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
 * Leaves names and ids out of a text, in whatever case. Of the parts of a name (at least three letters)
 * those that are also a common word only as they are written: `Mark` is somebody, `mark` is a word.
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
  const inAnyCase = new Set(
    [...parts].map((part) => part.toLowerCase()).filter((part) => !COMMON.has(part)),
  );
  return (words) => {
    const lower = words.toLowerCase();
    // One expression of everybody's names would be tried at every letter.
    const found = whole.filter((one) => lower.includes(one.lower)).map(({ name }) => name);
    return without(words, found).replace(WORDS, (word) =>
      parts.has(word) || inAnyCase.has(word.toLowerCase()) ? SOMEBODY : word,
    );
  };
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** Names that people write as words, and parts of names that are words of a language. */
const COMMON = new Set(
  (
    'art bell bill black bond brown case chance chase christian cook cross dale dawn day dean den del der drew faith ' +
    'field fox frank gene grace grant gray green hall hill hope jack joy june king lane law little long mark max may ' +
    'miles nick page pat penny pierce piers price ray reed rich rob rock rose sandy short sky stone sue summer van ' +
    'von wade ward watt west white will wood young'
  ).split(' '),
);

/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function without(words: string, names: readonly string[]): string {
  if (names.length === 0) return words;
  const any = names.map((name) => {
    const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return UNSPACED.test(name) ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
  });
  return words.replace(new RegExp(any.join('|'), 'giu'), SOMEBODY);
}
