/**
 * The last working days in a row before `today` of which nothing is known, as a range of dates; null
 * where the last one is known. `workingDays` in order.
 */
export function silentStretch(
  workingDays: readonly string[],
  known: { has(date: string): boolean },
  today: string,
): { from: string; to: string } | null {
  const before = workingDays.filter((date) => date < today);
  const silent = before.slice(before.findLastIndex((date) => known.has(date)) + 1);
  const [from, to = from] = [silent[0], silent.at(-1)];
  return from !== undefined && to !== undefined ? { from, to } : null;
}
