/** What can be pressed about the hand-off card. */
import { action } from '../../slack/action.ts';

export const handOffOpen = action('hand_off_open');
export const handOffEdit = action('hand_off_edit');
export const handOffKeepers = action('hand_off_keepers');
/** It was read and holds. */
export const handOffTrue = action('hand_off_true');
/** Somebody keeps it no longer. */
export const handOffLeave = action('hand_off_leave');
