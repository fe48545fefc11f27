/** What was noted lately, by id. */

export interface Recent<T> {
  /** Undefined where nothing was noted, or too long ago. */
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  clear(): void;
}

interface RecentOptions {
  keepMs: number;
  /** The oldest are forgotten before there are more. */
  max: number;
  /** In milliseconds; of a clock that nobody sets, where left out. */
  now?: () => number;
}

export function createRecent<T>(options: RecentOptions): Recent<T> {
  const { keepMs, max, now = () => performance.now() } = options;
  // Insertion order is order of age.
  const noted = new Map<string, { value: T; at: number }>();
  function forget(room: number): void {
    for (const [id, { at }] of noted) {
      if (now() - at < keepMs && noted.size <= max - room) break;
      noted.delete(id);
    }
  }
  return {
    get(id) {
      forget(0);
      return noted.get(id)?.value;
    },
    set(id, value) {
      const known = noted.get(id);
      if (known === undefined) forget(1);
      noted.set(id, { value, at: known?.at ?? now() });
    },
    clear: () => noted.clear(),
  };
}
