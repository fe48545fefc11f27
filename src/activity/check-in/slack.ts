/** The check-in's buttons, the form of a day, `/bigplan log`, and what people write in the DM. */
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { fitMessage } from '../../slack/limits.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
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
import { type Counts, eachActivity } from '../schemas.ts';
import { skipForm } from '../skip-move-view.ts';
import { loggedDays, saidCounts } from '../store.ts';
import { dayName } from '../words-view.ts';
import {
  dayScreen,
  loggableDatesOf,
  loggedAs,
  loggedPlans,
  mustBeLoggable,
  mustHavePlan,
} from './find-day.ts';
import { readDay } from './log-reply.ts';
import { snoozeCheckIn } from './put-off-day.ts';
import { type Recorded, recordAsPlanned, recordDay } from './record-day.ts';
import { isInSight } from './show-day.ts';
import { dayForm, recordMessage, unparsedReplyMessage } from './view.ts';

export function listenToDays(context: Context): void {
  const { commands, clock, on } = context;

  commands.subcommand(
    'log',
    async ({ actor, args, open, answer }) => {
      if (args === '') return open(() => formOf(context, actor, null));
      const { plan, today } = await mustHavePlan(context, actor, clock.now());
      const { locale } = plan.rep;
      const { read, ways, problem } = await readDay(context, plan, {
        text: args,
        at: clock.now(),
      });
      const [way] = ways;
      const date = way?.date ?? read.date ?? today;
      if (!read.ok || problem !== null) {
        const kept = { date, counts: ways.length === 1 ? (way?.counts ?? {}) : {}, words: args };
        const problemText = mrkdwn`${problem ?? ''}`;
        if (ways.length < 2) return open(() => formOf(context, actor, kept, problemText));
        const logged = await loggedAs(context, actor, ways);
        const asked = { problem: problemText, canLog: true, ways, logged, today, locale };
        return answer(unparsedReplyMessage(kept, asked));
      }
      const recorded = await recordDay(context, actor, { ...read, date });
      return answer(await recordOf(context, recorded, read.uncounted));
    },
    'logs your day: add words like “25 calls 2 demos”, or get a form',
  );

  on.click(dayLog, ({ actor, value, open }) => open(() => formOf(context, actor, value)));

  on.act(dayPick, ({ actor, value: date, update }) =>
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

  on.click(dayAsPlanned, async ({ actor, value: { date, counts }, open }) => {
    const said = counts === undefined ? null : countsIn(counts);
    const done = await recordAsPlanned(context, actor, { date, said });
    // Of a former version’s button, or of a plan that has changed since.
    if (done === 'by_hand')
      await open(() => formOf(context, actor, { date, counts: {}, words: '' }));
  });
  on.act(daySnooze, ({ actor, value: date }) => snoozeCheckIn(context, actor, date));

  on.click(daySkipOpen, ({ actor, value: date, open }) =>
    open(async () => {
      const { plan, today } = await mustHavePlan(context, actor, clock.now(), date);
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
  on.act(dayLogRead, async ({ actor, value: { date, counts }, message, ...click }) => {
    const recorded = await recordDay(context, actor, { date, counts });
    const record = await recordOf(context, recorded);
    if (!message || click.isEphemeral) return click.replace(record);
    const { text, blocks } = fitMessage(record);
    await click.client.chat.update({ ...message, text, blocks });
  });
}

/** What a button said of a day: a count for each activity. */
function countsIn(text: string): Counts {
  const counts = text.split('.').map(Number);
  return eachActivity((activity) => counts[ACTIVITIES.indexOf(activity)] ?? 0);
}

/** The form for a day (today where none is named), with what is known and understood filled in. */
async function formOf(
  context: Context,
  who: PersonRef,
  kept: KeptReply | null,
  notice?: SlackText,
) {
  const on = kept?.date || undefined;
  const now = context.clock.now();
  const { plan, today } = await mustHavePlan(context, who, now, on);
  const loggable = loggableDatesOf(await loggedPlans(context, plan, now), today);
  const date = kept?.date || (loggable[0] ?? today);
  mustBeLoggable(plan, today, date);
  const dates = [...new Set([...loggable, date])].sort().reverse();
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
  const isOther = ACTIVITIES.some((one) => counts[one] !== (day?.counts[one] ?? null));
  const logged = day?.state === 'logged' && isOther ? saidCounts(day) : null;
  return dayForm.view({
    about: {},
    style,
    raw: dayForm.write({ date, ...counts }, style),
    // Another day has other numbers: what Slack remembers of this one must not stay.
    rev: date,
    words: kept?.words || null,
    notice: notice ?? null,
    logged,
  });
}

/** The record of what was just logged, with what it replaced. */
async function recordOf(
  context: Context,
  { day, plan, today }: Recorded,
  uncounted: readonly string[] = [],
) {
  const screen = await dayScreen(context, plan, day.date, today);
  const { replaced } = day;
  return recordMessage(screen, { counts: saidCounts(day), replaced, uncounted, isAnswer: true });
}
