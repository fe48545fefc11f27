import { UserError } from '../../errors.ts';
import type { Actor } from '../deps.ts';

/** The parts of Bolt's action and view bodies that say who acts. */
interface Body {
  team: { id: string } | null;
  user: { id: string; team_id?: string };
}

/** Who acts, by what Slack signed. */
export function actorOf({ team, user }: Body): Actor {
  const workspaceId = team?.id ?? user.team_id;
  if (!workspaceId) throw new UserError('no_workspace', 'Bigplan works inside one workspace only.');
  return { workspaceId, userId: user.id };
}
