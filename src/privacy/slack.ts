/** `/bigplan export`: everything about somebody, for them alone. */
import type { Context } from '../context.ts';
import { findPerson } from '../people/store.ts';
import { classifySlackError, isSlackError } from '../slack/errors.ts';
import { sendFile } from '../slack/send-file.ts';
import { localDateIn } from '../time/zone.ts';
import {
  EXPORT_WORDS,
  exportBegunMessage,
  exportRefusedMessage,
  nobodyMessage,
} from './export-view.ts';
import { gatherFor } from './gather.ts';

/** Adds what people may have done with all that is held about them. */
export function registerPrivacy(context: Context): void {
  const { commands, db, clock, client } = context;

  commands.subcommand(
    'export',
    async ({ actor, answer }) => {
      // Whoever only asks isn't met for it.
      const person = await findPerson(db, actor);
      if (!person) return void (await answer(nobodyMessage()));
      await answer(exportBegunMessage());
      const held = await gatherFor(context, person);
      const filename = `bigplan-${localDateIn(person.timeZone, clock.now())}.json`;
      const text = `${JSON.stringify(held, null, 2)}\n`;
      try {
        await sendFile(client, person.userId, { text, filename, words: EXPORT_WORDS });
      } catch (error) {
        const failure = isSlackError(error) ? classifySlackError(error) : null;
        if (failure === null) throw error;
        await answer(exportRefusedMessage('code' in failure ? failure.code : failure.kind));
      }
    },
    'everything I hold about you, in one file, to you alone',
  );
}
