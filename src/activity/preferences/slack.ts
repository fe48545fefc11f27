/** One's own settings, and the way out that every nudge carries. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { type Person, rolesOf, workspaceOf } from '../../people/store.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { fitMessage, fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import type { Message } from '../../slack/surfaces.ts';
import { type ClickOrigin, showOver } from '../../slack/views.ts';
import type { Weekday } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { planInForce } from '../plan-in-force.ts';
import { NUDGES, type Nudge, nudgeForm } from '../schemas.ts';
import { nudgesOf } from '../store.ts';
import { changeNudges, pauseForAWeek, resume, turnNudge } from './change-nudges.ts';
import {
  nudgeOffMessage,
  nudgeOnMessage,
  nudgesForm,
  nudgesSavedView,
  pausedMessage,
  resumedMessage,
} from './view.ts';

export function listenToNudges(context: Context): void {
  const { app, clock } = context;
  const whisper = (message: Message) => {
    const { text, blocks } = fitMessage(message);
    return { response_type: 'ephemeral' as const, replace_original: false, text, blocks };
  };

  app.action(ACTION.menu, async ({ ack, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    const person = await meetPerson(context, workspaceId, userId);
    const [what, name = ''] = clickedValue(body).split(':');
    if (what === 'settings') return openOwnSettings(context, person, body);
    if (what === 'pause') {
      const until = await pauseForAWeek(context, person);
      await respond(whisper(pausedMessage(until, person.locale)));
      return;
    }
    const nudge = nudgeNamed(name);
    await turnNudge(context, person, nudge, false);
    await respond(whisper(nudgeOffMessage(nudge)));
  });

  app.action(ACTION.nudgeOn, async ({ ack, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    const nudge = nudgeNamed(clickedValue(body));
    await turnNudge(context, await meetPerson(context, workspaceId, userId), nudge, true);
    await respond({ ...whisper(nudgeOnMessage(nudge)), replace_original: true });
  });

  app.action(ACTION.resume, async ({ ack, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    await resume(context, await meetPerson(context, workspaceId, userId));
    await respond({ ...whisper(resumedMessage()), replace_original: true });
  });

  app.action(ACTION.nudges, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    await openOwnSettings(context, await meetPerson(context, workspaceId, userId), body);
  });

  app.view(CALLBACK.nudges, async ({ ack, body, view }) => {
    const { workspaceId, userId } = actorOf(body);
    const person = await meetPerson(context, workspaceId, userId);
    const state = readState(view.state.values);
    const form = parseForm(nudgeForm(person.locale), state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { on, ...rest } = form.value;
    const today = localDateIn(person.timeZone, clock.now());
    if (rest.pausedUntil !== null && rest.pausedUntil <= today) {
      const problem = 'That day is here already: pick a later one, or leave it empty.';
      return ack({
        response_action: 'errors',
        errors: { [state.blockIds.pausedUntil ?? 'pausedUntil']: problem },
      });
    }
    const kinds = Object.fromEntries(NUDGES.map((kind) => [kind, on.includes(kind)])) as Record<
      Nudge,
      boolean
    >;
    const workdays = await workdaysOf(context, person);
    // All of the plan's days is no choice of its own: it follows the plan.
    const isAll = workdays.every((day) => rest.weekdays.includes(day));
    const nudges = await changeNudges(context, person, () => ({
      ...rest,
      ...kinds,
      weekdays: isAll ? [] : rest.weekdays,
    }));
    return ack({
      response_action: 'update',
      view: fitView(nudgesSavedView(nudges, person.locale)),
    });
  });
}

function nudgeNamed(name: string): Nudge {
  const nudge = NUDGES.find((one) => one === name);
  if (nudge) return nudge;
  throw new UserError('old_button', 'That button is from before an update: `/bigplan settings`.');
}

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
