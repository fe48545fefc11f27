/** What gets in the way, counted: for leaders and admins of everybody, for managers of their team. */

import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { teamLedBy } from '../../people/store.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { openView, showInstead } from '../../slack/views.ts';
import { ACTION } from '../ids.ts';
import { causeTable, teamCauseTable } from './causes.ts';
import { causesView, teamCausesView } from './view.ts';

export function listenToCauses(context: Context): void {
  context.app.action(
    { action_id: new RegExp(`^${ACTION.causes}(\\.|$)`), type: 'block_actions' },
    async ({ ack, body, client }) => {
      await ack();
      const page = Number(clickedValue(body));
      await showInstead(client, body, await causesFor(context, actorOf(body), page));
    },
  );
}

/**
 * Opens the counts that the actor may see.
 * @throws UserError `not_leader`.
 */
export async function showCauses(context: Context, actor: PersonRef, triggerId: string) {
  await openView(context.client, triggerId, () => causesFor(context, actor));
}

/** The counts that the actor may see. @throws UserError `not_leader`. */
export async function causesFor(context: Context, actor: PersonRef, page = 0): Promise<ModalView> {
  const { workspaceId, userId } = actor;
  const now = context.clock.now();
  const { leader, admin, locale } = await meetPerson(context, workspaceId, userId);
  if (leader || admin) return causesView(await causeTable(context, workspaceId, now), locale, page);
  const team = await teamLedBy(context.db, workspaceId, userId);
  if (!team?.members.length) {
    throw new UserError(
      'not_leader',
      'The counts of everybody’s answers are for leaders, and a team’s for its manager. What you answered yourself is in your own review.',
    );
  }
  return teamCausesView(await teamCauseTable(context, team, now), locale);
}
