/** What listeners read of Slack's requests, whatever they are about. */

import type { BlockAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { PersonRef } from '../db/store.ts';
import { UserError } from '../errors.ts';

type Body = Pick<BlockAction | ViewSubmitAction | ViewClosedAction, 'team' | 'user'>;

/** Who acts, as Slack's signature vouches for it. */
export function actorOf({ team, user }: Body): PersonRef {
  const workspaceId = team?.id ?? user.team_id;
  if (!workspaceId) throw new UserError('no_workspace', 'Bigplan works inside one workspace only.');
  return { workspaceId, userId: user.id };
}

/** The value of what was clicked or chosen; empty where there is none. */
export function clickedValue({ actions: [action] }: Pick<BlockAction, 'actions'>): string {
  if (!action) return '';
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  if ('selected_user' in action) return action.selected_user ?? '';
  return 'selected_date' in action ? (action.selected_date ?? '') : '';
}
