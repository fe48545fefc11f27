/** `/bigplan status`. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { chartsOpen } from '../ids.ts';
import { standingCharts } from './charts.ts';
import { repStatusOf, statusOf } from './status.ts';
import { repStatusMessage, statusMessage } from './view.ts';

export function listenToStatus(context: Context): void {
  context.on.click(chartsOpen, ({ actor, value: repId, open }) =>
    open(async () => standingCharts(context, await meetPerson(context, actor), repId)),
  );

  context.commands.answering(
    'status',
    async ({ actor, args, answer }) => {
      const reader = await meetPerson(context, actor);
      const whose = readStatusOf(args);
      if (whose === null || whose === actor.userId) {
        return answer(statusMessage(await statusOf(context, reader)));
      }
      return answer(repStatusMessage(await repStatusOf(context, reader, whose)));
    },
    'how you stand, in five lines; a manager’s reps in a line each, or one of them (@name)',
  );
}

/** Null: one's own. @throws UserError `not_read` where it is neither that nor a mention. */
function readStatusOf(args: string): string | null {
  if (args === '' || /^(?:me|my|mine|today|now)$/i.test(args)) return null;
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(args) ?? [];
  if (id !== undefined) return id;
  throw new UserError(
    'not_read',
    'Whose? `/bigplan status` shows how you stand; for a rep of yours, pick the name from the list that Slack shows after @.',
  );
}
