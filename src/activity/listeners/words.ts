/** What people write to Bigplan in its DM. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { refreshDays } from '../day-message.ts';
import { logWords } from '../log-words.ts';

export function listenToWords(context: Context): void {
  context.app.event('message', async ({ event, context: { teamId } }) => {
    // Slack tells of every change of a message, of files and of joins here too: those say nothing.
    if (event.subtype !== undefined || event.channel_type !== 'im') return;
    const { user, text = '', ts, thread_ts } = event;
    if (!teamId || !user || text.trim() === '' || thread_ts !== undefined) return;
    const person = await meetPerson(context, teamId, user);
    const date = await logWords(context, person, { text, ts });
    if (date !== null) await refreshDays(context, person, [date]);
  });
}
