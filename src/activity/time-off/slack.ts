/** `/bigplan away`: time off by words, in a form, listed and cancelled; for oneself or one's reps. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { fitMessage, fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import type { Message } from '../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { openView, updateView } from '../../slack/views.ts';
import { addDays, datesBetween } from '../../time/local-date.ts';
import { workingDays } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import { refreshDays } from '../check-in/show-day.ts';
import type { RepId } from '../deps.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { planInForce } from '../plan-in-force.ts';
import { awayForm as AwayForm } from '../schemas.ts';
import type { Absence } from '../store.ts';
import {
  cancelAbsence,
  enterAbsence,
  mustManage,
  RECENT_DAYS,
  rangeProblem,
  recentAbsences,
} from './absence.ts';
import { readAbsence } from './read-absence.ts';
import { awayCancelledText, awayForm, awayListMessage, awayMessage } from './view.ts';

export function listenToAbsence(context: Context): void {
  const { app, commands, clock } = context;

  commands.subcommand(
    'away',
    async ({ teamId, userId, args, triggerId, client, respond }) => {
      const actor = { workspaceId: teamId, userId };
      const reader = await meetPerson(context, teamId, userId);
      const today = localDateIn(reader.timeZone, clock.now());
      if (args === '') return openView(client, triggerId, await formOf(context, reader, userId));
      const answer = (message: Message) => {
        const { text, blocks } = fitMessage(message);
        return respond({ response_type: 'ephemeral', text, blocks });
      };
      const read = readAbsence(args, { locale: reader.locale, today });
      if (!read.ok) throw new UserError('not_read', mrkdwn`${read.problem}`.mrkdwn);
      const person = await mustManage(context, actor, read.person ?? userId);
      const facts = { person, readerId: userId, locale: reader.locale };
      const entered = await recentAbsences(context, person, today);
      if (read.kind === 'list') return answer(awayListMessage(entered, facts));
      if (read.kind === 'cancel') {
        const { date } = read;
        // One that is over is taken back only where its date is named.
        const meant = entered.filter(({ from, to }) =>
          date === null ? to >= today : from <= date && date <= to,
        );
        const [one, ...others] = meant;
        // Which of several is for the person to say.
        if (!one || others.length > 0)
          return answer(
            awayListMessage(date && one ? meant : entered, facts, date && !one ? date : null),
          );
        return cancel(actor, one.id, respond);
      }
      const { from, to } = read;
      const entry = await enterAbsence(context, actor, { person: person.userId, from, to });
      await answer(await enteredMessage(context, entry, reader));
      return refreshAround(context, person, entry);
    },
    'time off: add “5 Jul – 16 Jul”, “tomorrow” or “list”; a manager names their rep first',
  );

  async function cancel(
    actor: RepId,
    id: string,
    respond: (answer: {
      response_type: 'ephemeral';
      replace_original?: boolean;
      text: string;
    }) => Promise<unknown>,
  ): Promise<void> {
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    const entry = await cancelAbsence(context, actor, id);
    const text = entry
      ? awayCancelledText(entry, { person: entry.person, readerId: actor.userId, locale })
      : mrkdwn`That time off was cancelled already.`;
    await respond({ response_type: 'ephemeral', replace_original: true, text: text.mrkdwn });
    if (entry) await refreshAround(context, entry.person, entry);
  }

  app.action(
    { action_id: new RegExp(`^${ACTION.awayCancel}\\.`), type: 'block_actions' },
    async ({ ack, body, client, respond }) => {
      await ack();
      const actor = actorOf(body);
      const { view } = body;
      if (!view) return cancel(actor, clickedValue(body), respond);
      const reader = await meetPerson(context, actor.workspaceId, actor.userId);
      const entry = await cancelAbsence(context, actor, clickedValue(body));
      const notice = entry
        ? awayCancelledText(entry, {
            person: entry.person,
            readerId: actor.userId,
            locale: reader.locale,
          })
        : mrkdwn`That time off was cancelled already.`;
      await updateView(
        client,
        view.id,
        await formOf(context, reader, view.private_metadata, { notice }),
      );
      if (entry) await refreshAround(context, entry.person, entry);
    },
  );

  app.action(ACTION.awayOpen, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { workspaceId, userId } = actorOf(body);
    const reader = await meetPerson(context, workspaceId, userId);
    await openView(client, body.trigger_id, await formOf(context, reader, userId));
  });

  app.action(ACTION.awayPerson, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const { workspaceId, userId } = actorOf(body);
    const reader = await meetPerson(context, workspaceId, userId);
    await updateView(client, body.view.id, await formOf(context, reader, clickedValue(body)));
  });

  app.view(CALLBACK.away, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const reader = await meetPerson(context, actor.workspaceId, actor.userId);
    const state = readState(view.state.values);
    const form = parseForm(AwayForm(reader.locale), state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { from, to } = form.value;
    const problem = rangeProblem(from, to);
    if (problem) {
      return ack({ response_action: 'errors', errors: { [state.blockIds.to ?? 'to']: problem } });
    }
    const entry = await enterAbsence(context, actor, { person: view.private_metadata, from, to });
    const { text } = await enteredMessage(context, entry, reader);
    const notice = { mrkdwn: text };
    const shown = await formOf(context, reader, view.private_metadata, { notice });
    await ack({ response_action: 'update', view: fitView(shown) });
    await refreshAround(context, entry.person, entry);
  });
}

/** The form about somebody's time off, for a reader who may see it. */
export async function formOf(
  context: Context,
  reader: Person,
  personId: string,
  more: { notice?: SlackText; initial?: { from: string; to: string } } = {},
) {
  const person = await mustManage(context, reader, personId);
  const now = context.clock.now();
  const today = localDateIn(reader.timeZone, now);
  const team = await teamLedBy(context.db, reader.workspaceId, reader.userId);
  return awayForm({
    person,
    readerId: reader.userId,
    locale: reader.locale,
    entries: await recentAbsences(context, person, today),
    reps: (team?.members ?? []).filter(({ deactivated }) => !deactivated).slice(0, 99),
    rev: now.getTime().toString(36),
    ...more,
  });
}

async function enteredMessage(
  context: Context,
  entry: Absence & { person: Person },
  reader: Person,
): Promise<Message> {
  const plan = await planInForce(context, entry.person);
  // The days that would have been worked: what other absences take from them is not in question.
  const calendar = plan
    ? { ...plan.calendar, timeOff: [] }
    : { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: [], timeOff: [] };
  return awayMessage(entry, {
    person: entry.person,
    readerId: reader.userId,
    locale: reader.locale,
    workingDays: workingDays(calendar, entry.from, entry.to),
  });
}

/** Questions about days that turned out to be away, or not to be, are withdrawn or asked again. */
async function refreshAround(context: Context, who: Person, { from, to }: Absence): Promise<void> {
  const today = localDateIn(who.timeZone, context.clock.now());
  const first = [from, addDays(today, -RECENT_DAYS)].sort().at(-1) ?? from;
  const last = to < today ? to : today;
  await refreshDays(context, who, datesBetween(first, last));
}
