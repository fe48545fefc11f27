/** The check-in's buttons, the form of a day, `/bigplan log`, and what people write in the DM. */
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { fitMessage } from '../../slack/limits.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { readCounts } from '../counts/read-counts.ts';
import { recordDelivery } from '../delivery-keys.ts';
import {
  dayAsPlanned,
  dayLog,
  dayLogRead,
  dayPick,
  daySkipOpen,
  daySnooze,
  type KeptReply,
} from '../ids.ts';
import { eachActivity } from '../schemas.ts';
import { skipForm } from '../skip-move-view.ts';
import { loggedDays, saidCounts } from '../store.ts';
import { counted, dayName } from '../words-view.ts';
import { dayScreen, loggableDates, mustBeLoggable, mustHavePlan } from './find-day.ts';
import { logReply } from './log-reply.ts';
import { snoozeCheckIn } from './put-off-day.ts';
import { type Recorded, recordAsPlanned, recordDay } from './record-day.ts';
import { isInSight } from './show-day.ts';
import { dayForm, recordMessage } from './view.ts';

export function listenToDays(context: Context): void {
  const { commands, clock, on } = context;

  commands.subcommand(
    'log',
    async ({ actor, args, open, answer }) => {
      if (args === '') return open(() => formOf(context, actor, null));
      const { locale } = await meetPerson(context, actor);
      const { plan, today } = await mustHavePlan(context, actor, clock.now());
      const read = readCounts(args, { locale, today });
      if (!read.ok) {
        const kept = { date: read.date ?? today, counts: read.understood, words: args };
        return open(() => formOf(context, actor, kept, mrkdwn`${read.problem}`));
      }
      mustBeLoggable(plan, today, read.date ?? today);
      return answer(await recordOf(context, await recordDay(context, actor, read)));
    },
    'logs your day: add words like “25 calls 2 demos”, or get a form',
  );

  on.click(dayLog, ({ actor, value, open }) => open(() => formOf(context, actor, value)));

  on.click(dayPick, ({ actor, value: date, update }) =>
    update(() => formOf(context, actor, { date, counts: {}, words: '' })),
  );

  on.submit(dayForm, async ({ actor, read }) => {
    const { locale } = await meetPerson(context, actor);
    const filled = { ...styleWithoutMoney(locale), days: [], today: '', planned: null };
    await recordDay(context, actor, read(filled), (tx, date) => shownIn(tx, actor, date));
  });

  /** A form that changes nothing in sight would leave doubt: then the record comes by itself. */
  async function shownIn(tx: Tx, rep: PersonRef, date: string): Promise<true> {
    const { outbox } = context;
    if (!(await isInSight(outbox, rep, date, tx))) {
      await outbox.enqueue(tx, recordDelivery(rep, date));
    }
    return true;
  }

  on.click(dayAsPlanned, ({ actor, value: date }) => recordAsPlanned(context, actor, date));
  on.click(daySnooze, ({ actor, value: date }) => snoozeCheckIn(context, actor, date));

  on.click(daySkipOpen, ({ actor, value: date, open }) =>
    open(async () => {
      const { plan, today } = await mustHavePlan(context, actor, clock.now());
      mustBeLoggable(plan, today, date);
      return skipForm.view({
        about: { what: 'day', date, slot: '' },
        style: styleWithoutMoney(plan.rep.locale),
        raw: {},
        rev: '0',
        name: dayName(date, today, plan.rep.locale),
      });
    }),
  );

  // What was there before is known only now: this answer is no message that is kept true.
  on.click(dayLogRead, async ({ actor, value: { date, counts }, message, client }) => {
    const recorded = await recordDay(context, actor, { date, counts });
    if (!message) return;
    const { text, blocks } = fitMessage(await recordOf(context, recorded));
    await client.chat.update({ ...message, text, blocks });
  });

  context.app.event('message', async ({ event, context: { teamId } }) => {
    // Slack tells of every change of a message and of joins here too: those say nothing.
    const isSaid = event.subtype === undefined || event.subtype === 'file_share';
    if (!isSaid || event.channel_type !== 'im') return;
    const { user, text = '', ts } = event;
    if (!teamId || !user || text.trim() === '') return;
    await logReply(context, await meetPerson(context, { workspaceId: teamId, userId: user }), {
      text,
      ts,
    });
  });
}

/** The form for a day (today where none is named), with what is known and understood filled in. */
async function formOf(
  context: Context,
  who: PersonRef,
  kept: KeptReply | null,
  notice?: SlackText,
) {
  const { plan, today } = await mustHavePlan(context, who, context.clock.now());
  const date = kept?.date || (loggableDates(plan, today)[0] ?? today);
  mustBeLoggable(plan, today, date);
  const dates = [...new Set([...loggableDates(plan, today), date])].sort().reverse();
  const known = await loggedDays(context, plan.rep, dates.at(-1) ?? today, today);
  const day = known.get(date);
  const days = dates.map((one) => ({ date: one, logged: known.get(one)?.state === 'logged' }));
  const style = {
    ...styleWithoutMoney(plan.rep.locale),
    days,
    today,
    planned: plan.target(date),
    levels: plan.work.levels,
  };
  const counts = eachActivity(
    (activity) => kept?.counts[activity] ?? day?.counts[activity] ?? null,
  );
  return dayForm.view({
    about: {},
    style,
    raw: dayForm.write({ date, ...counts }, style),
    // Another day has other numbers: what Slack remembers of this one must not stay.
    rev: date,
    words: kept?.words || null,
    notice: notice ?? null,
  });
}

/** The record of what was just logged, with what it replaced. */
async function recordOf(context: Context, { day, before, plan, today }: Recorded) {
  const screen = await dayScreen(context, plan, day.date, today);
  const was = ACTIVITIES.flatMap((activity) => {
    const count = before[activity];
    return count === undefined ? [] : [counted(activity, count, plan.rep.locale)];
  });
  const notice = was.length > 0 ? mrkdwn`It was ${was.join(', ')} before.` : undefined;
  return recordMessage(screen, saidCounts(day), notice);
}
