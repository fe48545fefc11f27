import type { Overflow } from '@slack/types';
import { overflow } from '../../slack/blocks.ts';
import { ACTION } from '../ids.ts';
import type { Nudge } from '../schemas.ts';

/** What each kind of nudge is called where it can be stopped. */
export const NUDGE_NAMES: Record<Nudge, string> = {
  checkIns: 'check-ins',
  reminder: 'reminders',
  callBlocks: 'call-block nudges',
  syncs: 'SDR syncs',
  paceNotes: 'notes about pace',
  overdueItems: 'notes about overdue items',
  reasons: 'my why and next goal',
};

/** The way to stop it, on every nudge. */
export function nudgeMenu(nudge: Nudge): Overflow {
  return overflow(ACTION.menu, [
    { value: `stop:${nudge}`, label: `Stop ${NUDGE_NAMES[nudge]}` },
    { value: 'pause', label: 'Pause everything for a week' },
    { value: 'settings', label: 'My settings…' },
  ]);
}
