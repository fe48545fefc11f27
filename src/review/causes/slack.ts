/** What gets in the way, counted: for leaders and admins of everybody, for managers of their team. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { teamLedBy } from '../../people/store.ts';
import { localDateIn } from '../../time/zone.ts';
import { causeAnswersSince } from '../commitments/store.ts';
import { causesOpen } from '../ids.ts';
import { causeTable, teamCauseTable } from './causes.ts';
import { causesView, teamCausesView } from './view.ts';

export function listenToCauses(context: Context): void {
  context.on.click(causesOpen, ({ actor, value: page, showInstead }) =>
    showInstead(() => causesFor(context, actor, page)),
  );
}

/** The counts that the actor may see. @throws UserError `not_leader`. */
export async function causesFor(context: Context, actor: PersonRef, page = 0): Promise<ModalView> {
  const { workspaceId } = actor;
  const now = context.clock.now();
  const { leader, admin, locale, timeZone } = await meetPerson(context, actor);
  if (leader || admin) {
    const table = await causeTable(context, workspaceId, now);
    const since = table.months.at(-1)?.month;
    const answers = since === undefined ? [] : await causeAnswersSince(context, workspaceId, since);
    return causesView(table, locale, page, { answers, today: localDateIn(timeZone, now) });
  }
  const team = await teamLedBy(context.db, actor);
  if (!team?.members.length) {
    throw new UserError(
      'not_leader',
      'The counts of everybody’s answers are for leaders, and a team’s for its manager. What you answered yourself is in your own review.',
    );
  }
  return teamCausesView(await teamCauseTable(context, team, now), locale);
}
