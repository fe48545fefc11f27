/** Keeps what is dear to make again; beyond `most` the one that was put there first goes. */
export function remember<K, V>(known: Map<K, V>, key: K, value: V, most: number): void {
  const [oldest] = known.keys();
  if (known.size >= most && oldest !== undefined && !known.has(key)) known.delete(oldest);
  known.set(key, value);
}
