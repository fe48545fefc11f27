/** One's own settings, and the way out that every nudge carries. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { BUDGETS } from '../../outbox/budget-rules.ts';
import { ownSettingsOpened } from '../../people/ids.ts';
import { chooseZone, meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, rolesOf, workspaceOf } from '../../people/store.ts';
import { ZONE_CHOICES } from '../../people/zone/zone-rules.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { Message } from '../../slack/surfaces.ts';
import { addDays } from '../../time/local-date.ts';
import { WHOLE_DAY } from '../../time/part-of-day.ts';
import { localDateIn } from '../../time/zone.ts';
import {
  nudgeMenuPick,
  nudgeOn,
  nudgePause,
  nudgeResume,
  silenceKeep,
  silencePause,
} from '../ids.ts';
import { planInForce } from '../plan-in-force.ts';
import { PAUSED_FOR_GOOD } from '../schedule-rules.ts';
import { spreadMinutes, spreadTime } from '../spread-rules.ts';
import { nudgesOf } from '../store.ts';
import { enterAbsence, enteredMessage } from '../time-off/absence.ts';
import {
  changeNudges,
  PAUSE_DAYS,
  pauseForAWeek,
  pauseForGood,
  resume,
  turnNudge,
} from './change-nudges.ts';
import {
  keptWeeklyMessage,
  nudgeOffMessage,
  nudgeOnMessage,
  nudgesForm,
  nudgesSavedView,
  pausedMessage,
  pauseMessage,
  resumedMessage,
  writeNudges,
} from './view.ts';

export function listenToNudges(context: Context): void {
  const { on } = context;
  const meet = (actor: PersonRef) => meetPerson(context, actor);
  /** Beside the message that was pressed, which stays. */
  const whisper = (message: Message) => {
    const { text, blocks } = fitMessage(message);
    return { response_type: 'ephemeral' as const, replace_original: false, text, blocks };
  };

  on.click(nudgeMenuPick, async ({ actor, value: { what, nudge }, respond, showOver }) => {
    if (what === 'settings') {
      return showOver(async () => ownSettingsView(context, await meet(actor)));
    }
    const person = await meet(actor);
    if (what === 'pause') {
      return respond(whisper(pauseMessage()));
    }
    if (!nudge) {
      throw new UserError(
        'old_button',
        'That button is from before an update: `/bigplan settings`.',
      );
    }
    await turnNudge(context, person, nudge, false);
    return respond(whisper(nudgeOffMessage(nudge)));
  });

  on.act(nudgePause, async ({ actor, value: how, replace }) => {
    const person = await meet(actor);
    if (how === 'quiet') {
      const until = await pauseForAWeek(context, person);
      return replace(pausedMessage(until, person.locale));
    }
    const from = localDateIn(person.timeZone, context.clock.now());
    const to = addDays(from, PAUSE_DAYS - 1);
    const days = [{ from, to, ...WHOLE_DAY }];
    const entered = await enterAbsence(context, person, { person: person.userId, days });
    return replace(await enteredMessage(context, entered, person));
  });

  on.act(silencePause, async ({ actor, respond }) => {
    const person = await meet(actor);
    await pauseForGood(context, person);
    await respond(whisper(pausedMessage(PAUSED_FOR_GOOD, person.locale)));
  });

  on.act(silenceKeep, ({ respond }) => respond(whisper(keptWeeklyMessage())));

  on.act(nudgeOn, async ({ actor, value: nudge, replace }) => {
    await turnNudge(context, await meet(actor), nudge, true);
    await replace(nudgeOnMessage(nudge));
  });

  on.act(nudgeResume, async ({ actor, replace }) => {
    await resume(context, await meet(actor));
    await replace(resumedMessage());
  });

  on.click(ownSettingsOpened, ({ actor, showOver }) =>
    showOver(async () => ownSettingsView(context, await meet(actor))),
  );

  on.submit(nudgesForm, async ({ actor, read }) => {
    const person = await meet(actor);
    const style = await nudgesStyle(context, person);
    const { timeZone, ...filled } = read(style);
    const moved =
      timeZone === person.ownTimeZone ? person : await chooseZone(context, actor, timeZone);
    // All of the plan's days is no choice of its own: it follows the plan.
    const isAll = style.workdays.every((day) => filled.weekdays.includes(day));
    const weekdays = isAll ? [] : filled.weekdays;
    const nudges = await changeNudges(context, moved, () => ({ ...filled, weekdays }));
    const askedAt = spreadTime(nudges.checkInTime, person.userId, style.asked);
    return { update: nudgesSavedView(nudges, askedAt, person.locale) };
  });
}

/** What somebody may set for themselves. */
export async function ownSettingsView(context: Context, person: Person) {
  const nudges = await nudgesOf(context, person);
  const style = await nudgesStyle(context, person);
  // Only of whoever carries a plan, or is to carry one, it matters when they joined.
  const isAsked = person.teamId !== null && person.joinedOn === null && !person.wasHere;
  const isOver = nudges.pausedUntil !== null && nudges.pausedUntil <= style.today;
  return nudgesForm.view({
    about: {},
    style,
    raw: writeNudges(
      {
        ...nudges,
        pausedUntil: isOver ? null : nudges.pausedUntil,
        timeZone: person.ownTimeZone,
      },
      style,
    ),
    rev: '0',
    admins: person.admin ? null : (await rolesOf(context.db, person.workspaceId)).admins,
    newId: isAsked ? person.userId : null,
  });
}

async function nudgesStyle(context: Context, person: Person) {
  const { locale, timeZone } = person;
  const plan = await planInForce(context, person);
  const { checkInTime } = plan?.nudges ?? (await nudgesOf(context, person));
  const { workdays, asked } = await workspaceOf(context.db, person.workspaceId);
  return {
    ...styleWithoutMoney(locale),
    budgets: BUDGETS,
    workdays: plan?.calendar.workdays ?? workdays,
    timeZone,
    slackTimeZone: person.slackTimeZone,
    zones: ZONE_CHOICES,
    today: localDateIn(timeZone, context.clock.now()),
    checkInTime,
    asked,
    spread: spreadMinutes(asked),
    week: plan?.work.week ?? [],
  };
}
