import type { Context } from '../../context.ts';
import { type Person, rolesOf, workspaceOf } from '../../people/store.ts';
import { type ClickOrigin, showOver } from '../../slack/views.ts';
import type { Weekday } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { planInForce } from '../plan-in-force.ts';
import { nudgesOf } from '../store.ts';
import { nudgesForm } from './view.ts';

/** Opens somebody's own settings, over the modal that was clicked in where there is one. */
export async function openOwnSettings(
  context: Context,
  person: Person,
  from: ClickOrigin,
): Promise<void> {
  const today = localDateIn(person.timeZone, context.clock.now());
  const { pausedUntil, ...nudges } = await nudgesOf(context, person);
  const isOver = pausedUntil !== null && pausedUntil <= today;
  const view = nudgesForm(
    { ...nudges, pausedUntil: isOver ? null : pausedUntil },
    {
      plan: await workdaysOf(context, person),
      timeZone: person.timeZone,
      admins: person.admin ? null : (await rolesOf(context.db, person.workspaceId)).admins,
    },
  );
  await showOver(context.client, from, view);
}

/** The days of the week that the person's plan works, or the workspace's while there is none. */
export async function workdaysOf(context: Context, person: Person): Promise<readonly Weekday[]> {
  const plan = await planInForce(context, person);
  return plan?.calendar.workdays ?? (await workspaceOf(context.db, person.workspaceId)).workdays;
}
