/** `/bigplan status`. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { statusOf } from './status.ts';
import { statusMessage } from './view.ts';

export function listenToStatus(context: Context): void {
  context.commands.subcommand(
    'status',
    async ({ actor, answer }) =>
      answer(statusMessage(await statusOf(context, await meetPerson(context, actor)))),
    'how you stand, in five lines; for a manager, their reps',
  );
}
