/** What people write to Bigplan in its DM. */
import type { Context } from '../../../context.ts';
import { meetPerson } from '../../../people/meet-person.ts';
import { logReply } from '../log-reply.ts';
import { refreshDays } from '../show-day.ts';

export function listenToReplies(context: Context): void {
  context.app.event('message', async ({ event, context: { teamId } }) => {
    // Slack tells of every change of a message and of joins here too: those say nothing.
    const isSaid = event.subtype === undefined || event.subtype === 'file_share';
    if (!isSaid || event.channel_type !== 'im') return;
    const { user, text = '', ts } = event;
    if (!teamId || !user || text.trim() === '') return;
    const person = await meetPerson(context, teamId, user);
    const date = await logReply(context, person, { text, ts });
    if (date !== null) await refreshDays(context, person, [date]);
  });
}
