/** The ids of the events of the last minutes. */

const KEEP_MS = 10 * 60_000;
const MAX_IDS = 50_000;

export interface SeenEvents {
  /** True the first time an id is shown. */
  isNew(id: string): boolean;
}

export function createSeenEvents(now: () => number = Date.now): SeenEvents {
  // Insertion order is order of age.
  const seen = new Map<string, number>();
  return {
    isNew(id) {
      for (const [old, at] of seen) {
        if (at > now() - KEEP_MS && seen.size < MAX_IDS) break;
        seen.delete(old);
      }
      if (seen.has(id)) return false;
      seen.set(id, now());
      return true;
    },
  };
}
