/** Slack tells when somebody's profile changes: their zone, their name, whether they are still here. */
import type { Context } from '../context.ts';
import { keepFacts } from './meet-person.ts';
import { slackFacts } from './slack-facts.ts';
import { findPerson } from './store.ts';

export function listenToUserChange(context: Context): void {
  context.app.event('user_change', async ({ event: { user }, context: { teamId } }) => {
    if (!teamId || !(await findPerson(context.db, teamId, user.id))) return;
    await keepFacts(context, teamId, user.id, slackFacts(user));
  });
}
