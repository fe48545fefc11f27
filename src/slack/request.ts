/** What listeners read of Slack's requests, whatever they are about. */

import type { BlockAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import { UserError } from '../errors.ts';

type Body = Pick<BlockAction | ViewSubmitAction | ViewClosedAction, 'team' | 'user'>;

/** Who acts, as Slack's signature vouches for it. */
export function actorOf({ team, user }: Body): { workspaceId: string; userId: string } {
  const workspaceId = team?.id ?? user.team_id;
  if (!workspaceId) throw new UserError('no_workspace', 'Bigplan works inside one workspace only.');
  return { workspaceId, userId: user.id };
}

/** The value of what was clicked or chosen; empty where there is none. */
export function clickedValue({ actions: [action] }: Pick<BlockAction, 'actions'>): string {
  if (!action) return '';
  if ('value' in action && typeof action.value === 'string') return action.value;
  return 'selected_option' in action ? (action.selected_option?.value ?? '') : '';
}
