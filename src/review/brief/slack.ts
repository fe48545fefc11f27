/** `/bigplan brief`: the weekly sync's settings, and what is said of a week by hand. */
import { answerClick } from '../../actuals/answer.ts';
import { doneView } from '../../actuals/words-view.ts';
import type { Context } from '../../context.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import { refreshShut } from '../../people/channels/shut-messages.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { findPerson, lockWorkspace, type Person } from '../../people/store.ts';
import { addDays, mondayOf } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { briefOpen, engagementOpen, engagementPutBack, engagementUndo } from './ids.ts';
import { bringBackWeeks, sayWeeks } from './say-weeks.ts';
import { type EngagementStyle, FUNCTIONS } from './schemas.ts';
import {
  type BriefSettings,
  briefSettings,
  engagementOf,
  removeBriefSettings,
  saveBriefSettings,
} from './store.ts';
import {
  briefForm,
  briefSavedMessage,
  engagementForm,
  engagementSavedMessage,
  engagementUndoneMessage,
} from './view.ts';

const FIGURES = /^(?:figures|engagement|numbers|media)$/iu;

export function listenToBrief(context: Context): void {
  const { on, commands, db, clock, outbox, scheduler } = context;

  commands.subcommand(
    'brief',
    ({ actor, args, open }) =>
      open(() =>
        FIGURES.test(args) ? engagementFormOf(context, actor) : settingsFormOf(context, actor),
      ),
    'for leaders: the weekly sync for marketing, PR and sales, in a channel; “figures” to say last week’s',
  );
  on.click(briefOpen, ({ actor, showOver }) => showOver(() => settingsFormOf(context, actor)));

  on.submit(briefForm, async ({ actor, read }) => {
    const person = await mustSetBrief(context, actor);
    const { isOn, channel, weekday, time, ...owners } = read(styleWithoutMoney(person.locale));
    const { workspaceId, userId: setBy } = actor;
    for (const its of FUNCTIONS) await mustBeHere(context, workspaceId, its, owners[its]);
    const settings: BriefSettings | null =
      isOn === 'off' ? null : { workspaceId, channelId: channel, setBy, weekday, time, owners };
    await inTransaction(db, async (tx) => {
      await lockPerson(tx, actor);
      await lockWorkspace(tx, workspaceId);
      const before = await briefSettings(tx, workspaceId);
      if (settings) await saveBriefSettings(tx, settings, clock.now());
      else await removeBriefSettings(tx, workspaceId);
      await scheduler.rescheduleAfresh(tx, actor);
      if (before && before.setBy !== setBy) {
        await scheduler.reschedule(tx, { workspaceId, userId: before.setBy });
      }
      const week = mondayOf(clock.now().toISOString().slice(0, 10));
      await outbox.refresh(tx, { workspaceId, subject: `brief:${week}` });
      if (before) await refreshShut(outbox, tx, before);
    });
    return { update: doneView('Weekly sync brief', briefSavedMessage(settings, person.locale)) };
  });

  on.click(engagementOpen, ({ actor, value: week, showOver }) =>
    showOver(() => engagementFormOf(context, actor, week)),
  );

  on.submit(engagementForm, async ({ actor, about, read }) => {
    const person = await mustSayEngagement(context, actor);
    const { pasted, ...typed } = read(styleOf(person));
    const isSaid = Object.values(typed.counts).some((count) => count !== null);
    const own = isSaid || pasted.length === 0 ? { week: about.week, ...typed } : null;
    const saved = await sayWeeks(context, actor, { typed: own, pasted });
    return { update: doneView(ENGAGEMENT, engagementSavedMessage(saved, person.locale)) };
  });

  on.act(engagementUndo, async (click) => {
    const { locale } = await mustSayEngagement(context, click.actor);
    const back = await bringBackWeeks(context, click.actor, click.value);
    const message = engagementUndoneMessage(back, click.value.length - back.length, locale);
    return answerClick(click, ENGAGEMENT, message);
  });
  on.act(engagementPutBack, async (click) => {
    const { locale } = await mustSayEngagement(context, click.actor);
    const saved = await bringBackWeeks(context, click.actor, click.value);
    return answerClick(click, ENGAGEMENT, engagementSavedMessage(saved, locale));
  });
}

const ENGAGEMENT = 'Engagement';

/** An export's instants are days where its reader is. */
function styleOf({ locale, timeZone }: Person): EngagementStyle {
  return { ...styleWithoutMoney(locale), dateAt: (at) => localDateIn(timeZone, at) };
}

/** Of the week with that Monday; of last week where none is said. */
async function engagementFormOf(context: Context, actor: PersonRef, monday?: string) {
  const person = await mustSayEngagement(context, actor);
  const today = localDateIn(person.timeZone, context.clock.now());
  const week = monday ?? addDays(mondayOf(today), -7);
  const style = styleOf(person);
  const [said] = await engagementOf(context, actor.workspaceId, { from: week, to: week });
  const raw = engagementForm.write({ ...said?.counts, mentions: said?.mentions ?? [] }, style);
  return engagementForm.view({ about: { week }, style, raw, rev: week });
}

async function settingsFormOf(context: Context, actor: PersonRef) {
  const { locale } = await mustSetBrief(context, actor);
  const known = await briefSettings(context.db, actor.workspaceId);
  const style = styleWithoutMoney(locale);
  const raw = known
    ? {
        isOn: 'on',
        channel: known.channelId,
        weekday: known.weekday,
        time: known.time,
        ...known.owners,
      }
    : { isOn: 'on', weekday: 'mon', time: '09:30' };
  return briefForm.view({ about: {}, style, raw, rev: 'brief' });
}

/** @throws UserError `not_leader`. */
async function mustSetBrief(context: Context, actor: PersonRef): Promise<Person> {
  const person = await meetPerson(context, actor);
  if (person.leader || person.admin) return person;
  throw new UserError('not_leader', 'The weekly brief is set up by leaders: ask one of them.');
}

/** Leaders, admins, and whoever answers for a function. @throws UserError `not_leader`. */
async function mustSayEngagement(context: Context, actor: PersonRef): Promise<Person> {
  const person = await meetPerson(context, actor);
  const settings = await briefSettings(context.db, actor.workspaceId);
  const isOwner = settings !== null && Object.values(settings.owners).includes(actor.userId);
  if (person.leader || person.admin || isOwner) return person;
  throw new UserError(
    'not_leader',
    'That is said by whoever answers for marketing, PR or sales, and by leaders.',
  );
}

/** @throws FieldProblems where the one picked is a bot or gone. */
async function mustBeHere(
  context: Context,
  workspaceId: string,
  path: string,
  userId: string | null,
): Promise<void> {
  if (userId === null) return;
  await meetPerson(context, { workspaceId, userId });
  const person = await findPerson(context.db, { workspaceId, userId });
  if (person && !person.deactivated) return;
  throw new FieldProblems([{ path, problem: 'Nobody here goes by that name: pick a person.' }]);
}
