/** Which objections come most, who handles them, and who may word one. */
import type { ObjectionGroup } from '../schemas.ts';

/** An objection, as far as it is counted. */
export interface MetObjection {
  repId: string;
  about: ObjectionGroup;
  handled: boolean;
}

export interface ObjectionCount {
  about: ObjectionGroup;
  count: number;
  handled: number;
}

/** By group: the one that comes most first; of as many, the one that is handled least. */
export function countObjections(met: readonly MetObjection[]): ObjectionCount[] {
  const counts = new Map<ObjectionGroup, ObjectionCount>();
  for (const { about, handled } of met) {
    const before = counts.get(about) ?? { about, count: 0, handled: 0 };
    counts.set(about, {
      about,
      count: before.count + 1,
      handled: before.handled + (handled ? 1 : 0),
    });
  }
  return [...counts.values()].sort(
    (one, other) =>
      other.count - one.count ||
      one.handled - other.handled ||
      one.about.localeCompare(other.about),
  );
}

/** From so many on, of which so large a part was handled, somebody is said to handle it well. */
const LEAST_MET = 3;
const LEAST_HANDLED = 0.75;

/** Who handles a group of objections well, by how many they handled: Slack's user ids. */
export function whoHandles(about: ObjectionGroup, met: readonly MetObjection[]): string[] {
  const byRep = new Map<string, MetObjection[]>();
  for (const one of met) {
    if (one.about === about) byRep.set(one.repId, [...(byRep.get(one.repId) ?? []), one]);
  }
  return [...byRep]
    .map(([repId, own]) => ({
      repId,
      count: own.length,
      handled: own.filter((one) => one.handled).length,
    }))
    .filter(({ count, handled }) => count >= LEAST_MET && handled >= LEAST_HANDLED * count)
    .sort((one, other) => other.handled - one.handled || one.repId.localeCompare(other.repId))
    .map(({ repId }) => repId);
}

/** Whoever logged one says what it says; Slack's user ids. */
export const canEdit = ({ addedBy }: { addedBy: string }, readerId: string): boolean =>
  addedBy === readerId;
