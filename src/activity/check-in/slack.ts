/** The check-in's buttons, the form of a day, and `/bigplan log`. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeCount } from '../../input/write-number.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { fitMessage } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { openView, updateView } from '../../slack/views.ts';
import { readCounts } from '../counts/read-counts.ts';
import { DELIVERY, recordOrder } from '../delivery-keys.ts';
import type { RepId } from '../deps.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { dayForm as DayForm, eachActivity } from '../schemas.ts';
import { skipForm } from '../skip-move-view.ts';
import { daysBetween } from '../store.ts';
import { counted, dayName, timeText } from '../words-view.ts';
import { dayScreen, loggableDates, mustBeLoggable, mustHavePlan } from './find-day.ts';
import { dayForm } from './form-view.ts';
import { logReply } from './log-reply.ts';
import { snoozeCheckIn } from './put-off-day.ts';
import { type Recorded, recordAsPlanned, recordDay } from './record-day.ts';
import { refreshDays, replace, showDay } from './show-day.ts';
import { type KeptWords, readKept, recordMessage } from './view.ts';

export function listenToDays(context: Context): void {
  const { app, commands } = context;

  commands.subcommand(
    'log',
    async ({ teamId, userId, args, triggerId, client, respond }) => {
      const who = { workspaceId: teamId, userId };
      const person = await meetPerson(context, teamId, userId);
      if (args === '') return openView(client, triggerId, await formOf(context, who, null));
      const { plan, today } = await mustHavePlan(context, who, context.clock.now());
      const read = readCounts(args, { locale: person.locale, today });
      if (!read.ok) {
        const kept = { date: read.date ?? today, counts: read.understood, words: args };
        const form = await formOf(context, who, kept, mrkdwn`${read.problem}`);
        return openView(client, triggerId, form);
      }
      mustBeLoggable(plan, today, read.date ?? today);
      const recorded = await recordDay(context, who, read);
      const { text, blocks } = fitMessage(await recordOf(context, recorded));
      await respond({ response_type: 'ephemeral', text, blocks });
      return refreshDays(context, who, [recorded.day.date]);
    },
    'logs your day: add words like “25 calls 2 demos”, or get a form',
  );

  app.action(ACTION.log, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const kept = readKept(clickedValue(body));
    await openView(client, body.trigger_id, await formOf(context, actorOf(body), kept));
  });

  app.action(ACTION.pickDay, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const kept = { date: clickedValue(body), counts: {}, words: '' };
    await updateView(client, body.view.id, await formOf(context, actorOf(body), kept));
  });

  app.view(CALLBACK.day, async ({ ack, body, view }) => {
    const who = actorOf(body);
    const { locale } = await meetPerson(context, who.workspaceId, who.userId);
    const state = readState(view.state.values);
    const form = parseForm(DayForm(locale), state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    try {
      const inSight = await isInSight(context, who, form.value.date);
      await recordDay(context, who, form.value, async (tx, date) => {
        if (!inSight) await context.outbox.enqueue(tx, recordOrder(who, date));
        return true;
      });
    } catch (error) {
      if (!(error instanceof UserError) || !state.blockIds.date) throw error;
      return ack({ response_action: 'errors', errors: { [state.blockIds.date]: error.text } });
    }
    await ack();
    await refreshDays(context, who, [form.value.date]);
  });

  app.action(ACTION.asPlanned, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const who = actorOf(body);
    const { day } = await recordAsPlanned(context, who, clickedValue(body));
    await refreshDays(context, who, [day.date]);
  });

  app.action(ACTION.snooze, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const who = actorOf(body);
    const date = clickedValue(body);
    const until = await snoozeCheckIn(context, who, date);
    const { plan, today } = await mustHavePlan(context, who, context.clock.now());
    const snoozedUntil = timeText(until, plan.rep.locale);
    const { message } = await showDay(context, plan, date, { today, snoozedUntil });
    const { channel, message: clicked } = body;
    if (channel && clicked)
      await replace(context, { channel: channel.id, ts: clicked.ts }, message);
  });

  app.action(ACTION.skipDay, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const date = clickedValue(body);
    const { plan, today } = await mustHavePlan(context, actorOf(body), context.clock.now());
    mustBeLoggable(plan, today, date);
    const what = dayName(date, today, plan.rep.locale);
    await openView(client, body.trigger_id, skipForm({ what, metadata: `day:${date}` }));
  });

  app.action(ACTION.logRead, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const who = actorOf(body);
    const { date, counts } = readKept(clickedValue(body));
    const recorded = await recordDay(context, who, { date, counts });
    const { channel, message: clicked } = body;
    if (channel && clicked) {
      const place = { channel: channel.id, ts: clicked.ts };
      await replace(context, place, await recordOf(context, recorded));
    }
    await refreshDays(context, who, [date]);
  });
}

/** The form for a day (today where none is named), with what is known and understood filled in. */
async function formOf(context: Context, who: RepId, kept: KeptWords | null, notice?: SlackText) {
  const { plan, today } = await mustHavePlan(context, who, context.clock.now());
  const { locale } = plan.rep;
  const date = kept?.date || (loggableDates(plan, today)[0] ?? today);
  mustBeLoggable(plan, today, date);
  const dates = [...new Set([...loggableDates(plan, today), date])].sort().reverse();
  const known = await daysBetween(context, plan.rep, dates.at(-1) ?? today, today);
  const day = known.get(date);
  const values = eachActivity((activity) => {
    const count = kept?.counts[activity] ?? day?.counts[activity] ?? null;
    return count === null ? null : writeCount(count, locale);
  });
  return dayForm({
    date,
    days: dates.map((one) => ({ date: one, logged: known.get(one)?.state === 'logged' })),
    today,
    locale,
    planned: plan.target(date),
    values,
    words: kept?.words || null,
    notice: notice ?? null,
  });
}

/** The record of what was just logged, with what it replaced. */
async function recordOf(context: Context, { day, before, plan, today }: Recorded) {
  const { locale } = plan.rep;
  const screen = await dayScreen(context, plan, day.date, today);
  const was = ACTIVITIES.flatMap((activity) => {
    const count = before[activity];
    return count === undefined ? [] : [counted(activity, count, locale)];
  });
  const notice = was.length > 0 ? mrkdwn`It was ${was.join(', ')} before.` : undefined;
  const counts = eachActivity((activity) => day.counts[activity] ?? 0);
  return recordMessage(screen, counts, notice);
}

/** Whether some message in the DM shows the day: a form that changes nothing in sight would leave doubt. */
async function isInSight({ outbox }: Context, who: RepId, date: string): Promise<boolean> {
  const about = { team: who.workspaceId, person: who.userId, subject: date };
  const kinds = [DELIVERY.checkIn, DELIVERY.logged];
  const found = await Promise.all(kinds.map((kind) => outbox.find({ ...about, kind })));
  return found.flat().some(({ message }) => message !== null);
}

export function listenToReplies(context: Context): void {
  context.app.event('message', async ({ event, context: { teamId } }) => {
    // Slack tells of every change of a message and of joins here too: those say nothing.
    const isSaid = event.subtype === undefined || event.subtype === 'file_share';
    if (!isSaid || event.channel_type !== 'im') return;
    const { user, text = '', ts } = event;
    if (!teamId || !user || text.trim() === '') return;
    const person = await meetPerson(context, teamId, user);
    const date = await logReply(context, person, { text, ts });
    if (date !== null) await refreshDays(context, person, [date]);
  });
}
