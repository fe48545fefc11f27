/** Rows by a key of theirs, each key's in the order in which they come. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

export function mapValues<K, T, U>(map: ReadonlyMap<K, T>, change: (value: T) => U): Map<K, U> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
