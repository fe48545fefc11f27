/** Which known word somebody meant who mistyped it. */

/** A third of a word's letters may be wrong. */
const SHARE = 3;

/** The known word that takes the fewest changes; null where none is near. Ties go to the one named first. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const ranked = known
    .map((name) => ({ name, changes: changesBetween(typed, name) }))
    .filter(({ name, changes }) => changes <= Math.max(1, Math.floor(name.length / SHARE)))
    .sort((one, other) => one.changes - other.changes);
  const begun = known.filter((name) => typed.length >= 2 && name.startsWith(typed));
  return begun.length === 1 ? (begun[0] ?? null) : (ranked[0]?.name ?? null);
}

/** How many letters have to be put in, taken out, changed or swapped with the next one (Damerau, Levenshtein). */
function changesBetween(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const table = a.concat('').map(() => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = 0; j <= b.length; j += 1) {
      const row = table[i];
      if (!row) continue;
      if (i === 0 || j === 0) {
        row[j] = i + j;
        continue;
      }
      const isOther = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + isOther,
        isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
}
