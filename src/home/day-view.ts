import type { KnownBlock } from '@slack/types';
import { ACTION } from '../activity/ids.ts';
import { actions, button, header } from '../slack/blocks.ts';

/** What can be done about today without waiting to be asked. `day` is the reader's local date. */
export function dayPart(day: string): KnownBlock[] {
  return [
    header('Today'),
    actions([
      button('Log today', { actionId: ACTION.log, value: day }),
      button('Time off', { actionId: ACTION.awayOpen }),
      button('My settings', { actionId: ACTION.nudges, spoken: 'When and about what I am asked' }),
    ]),
  ];
}
