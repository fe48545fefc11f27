import { useState } from 'react';
import type { ElementState, StateValues } from '../../protocol.ts';
import { reconcile } from '../../view-state.ts';

export type SetValue = (blockId: string, actionId: string, state: ElementState) => void;

/**
 * What the elements of some blocks hold. With each new `stamp` (a view's hash) the values are
 * matched with the new blocks: unchanged ids keep what was typed.
 */
export function useBlockValues(blocks: readonly unknown[], stamp: string): [StateValues, SetValue] {
  const [held, setHeld] = useState({ stamp, values: reconcile({}, blocks) });
  const current = held.stamp === stamp ? held : { stamp, values: reconcile(held.values, blocks) };
  if (current !== held) setHeld(current);
  const setValue: SetValue = (blockId, actionId, state) =>
    setHeld(({ stamp: at, values }) => ({
      stamp: at,
      values: { ...values, [blockId]: { ...values[blockId], [actionId]: state } },
    }));
  return [current.values, setValue];
}
