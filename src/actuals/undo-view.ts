/** The buttons under whatever was entered, and under what was undone. */
import type { ActionsBlock } from '@slack/types';
import { actions, button } from '../slack/blocks.ts';

/** What a button carries, so that what was undone can be put back. */
export const keep = (entry: object): string => JSON.stringify(entry);

export function editAndUndo(
  entry: { id: string },
  ids: { edit: string; undo: string },
  /** What a screen reader calls it. */
  name: string,
  /** After a change, where “undo” would promise what was before. */
  isChange = false,
): ActionsBlock {
  const undo = isChange ? 'Remove' : 'Undo';
  return actions([
    button('Edit', { actionId: ids.edit, value: entry.id, spoken: `Edit ${name}` }),
    button(undo, { actionId: ids.undo, value: keep(entry), spoken: `${undo} ${name}` }),
  ]);
}

export function putBack(actionId: string, kept: string): ActionsBlock {
  return actions([button('Put it back', { actionId, value: kept })]);
}
