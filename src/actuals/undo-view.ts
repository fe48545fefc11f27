/** The buttons under whatever was entered, and under what was undone. */
import type { ActionsBlock } from '@slack/types';
import type { Action } from '../slack/action.ts';
import { actions, button } from '../slack/blocks.ts';

export function editAndUndo<Entry extends { id: string }>(
  entry: Entry,
  ids: { edit: Action<string>; undo: Action<Entry> },
  /** What a screen reader calls it. */
  name: string,
  /** After a change, where “undo” would promise what was before. */
  isChange = false,
): ActionsBlock {
  const undo = isChange ? 'Remove' : 'Undo';
  return actions([
    button('Edit', { ...ids.edit.with(entry.id), spoken: `Edit ${name}` }),
    button(undo, { ...ids.undo.with(entry), spoken: `${undo} ${name}` }),
  ]);
}

export const putBack = <Entry>(action: Action<Entry>, entry: Entry): ActionsBlock =>
  actions([button('Put it back', action.with(entry))]);
