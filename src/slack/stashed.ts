/**
 * What a button or a choice stands for that is no id. Views write it as it is, behind a mark; on its way to Slack
 * the row's id takes its place (`stow`), and a press brings what the row holds.
 */

import type { Stash } from '../db/stash.ts';
import { isRowId, type PersonRef } from '../db/store.ts';
import { type Codec, MARK } from './codec.ts';

/** Where something carries a value: a button, or one of a menu's choices. */
interface Carrier {
  value: string;
}

/** The same blocks for `reader`, with the id of a row in the place of each value that is to be stashed. */
export async function stow<S extends { blocks: readonly object[] }>(
  stash: Stash,
  reader: PersonRef,
  surface: S,
): Promise<S> {
  if (carriersIn(surface.blocks).length === 0) return surface;
  const stowed = structuredClone(surface);
  const carriers = carriersIn(stowed.blocks);
  const texts = carriers.map(({ value }) => value.slice(MARK.length));
  const ids = await stash.put(reader, texts);
  for (const [at, carrier] of carriers.entries()) carrier.value = ids[at] ?? '';
  return stowed;
}

function carriersIn(part: unknown): Carrier[] {
  if (Array.isArray(part)) return part.flatMap(carriersIn);
  if (typeof part !== 'object' || part === null) return [];
  const inside = Object.values(part).flatMap(carriersIn);
  const own = 'value' in part && typeof part.value === 'string' && part.value.startsWith(MARK);
  return own ? [part as Carrier, ...inside] : inside;
}

/** What a press stands for: what is stashed where the codec stashes, else the value as it came. Null: it is gone by now. */
export async function pressedText<T>(
  stash: Stash,
  workspaceId: string,
  codec: Codec<T>,
  value: string,
): Promise<string | null> {
  return codec.isStashed && isRowId(value) ? stash.take(workspaceId, value) : value;
}
