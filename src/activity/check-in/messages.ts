/** When the check-in's messages are sent and what they are about; their words are in view.ts. */
import type { KnownBlock } from '@slack/types';
import type { Context } from '../../context.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { raw } from '../../slack/text.ts';
import { localDateIn } from '../../time/zone.ts';
import { isPausedOn, planAbout, reachable } from '../can-notify.ts';
import { ACTIVITY_DELIVERY, uncountedIn } from '../delivery-keys.ts';
import { type PlanInForce, planInForce } from '../plan-in-force.ts';
import { isSnoozed } from '../schedule-rules.ts';
import { findDay } from '../store.ts';
import { loggedAs } from './find-day.ts';
import { readUnparsedReply } from './log-reply.ts';
import { isInSight, type ShownDay, showDay } from './show-day.ts';
import { reminderDoneMessage, reminderMessage, unparsedReplyMessage } from './view.ts';

/** What other slices say in the check-in of a working day, beside the day itself. `date`: of the check-in. */
export type BesideCheckIn = (
  plan: PlanInForce,
  date: string,
  today: string,
) => Promise<KnownBlock[]>;

export const checkInMessages = (context: Context, beside: BesideCheckIn): MessageKind[] => [
  checkInKind(context, beside),
  reminderKind(context),
  loggedKind(context),
  unparsedReplyKind(context),
];

interface AskedDay {
  plan: PlanInForce;
  day: ShownDay;
  today: string;
}

async function loadDay(context: Context, delivery: Delivery): Promise<AskedDay | null> {
  const date = delivery.subject;
  const plan = await planAbout(context, delivery, date);
  if (!plan) return null;
  // It is asked on that date, wherever its reader has moved meanwhile.
  const today = delivery.message === null ? date : plan.zone.dateAt(context.clock.now());
  return { plan, today, day: await showDay(context, plan, date, today) };
}

const isStillAsked = ({ plan, day }: AskedDay) => day.isOpen && plan.nudges.checkIns;

/** The question turns into the day's record, or says why there is none. */
const checkInKind = (context: Context, beside: BesideCheckIn) =>
  messageKind<AskedDay & { more: KnownBlock[] }>({
    kind: ACTIVITY_DELIVERY.checkIn,
    weight: 'question',
    isKept: true,
    async load(delivery) {
      const asked = await loadDay(context, delivery);
      if (!asked) return null;
      const { plan, day, today } = asked;
      const more = day.isWhole ? await beside(plan, delivery.subject, today) : [];
      return { ...asked, more };
    },
    isDue: isStillAsked,
    render: ({ day: { message }, more }) => ({ ...message, blocks: [...message.blocks, ...more] }),
  });

const reminderKind = (context: Context) =>
  messageKind<AskedDay & { isAlone: boolean }>({
    kind: ACTIVITY_DELIVERY.reminder,
    // A snooze asked for it.
    weight: ({ plan }, { subject: date, window }) =>
      isSnoozed(plan.zone, date, window) ? 'answer' : 'may',
    isKept: true,
    async load(delivery) {
      const { reader, subject, message } = delivery;
      // Most days are answered by then.
      const day = message === null ? await findDay(context, reader, subject) : null;
      if (day?.state === 'logged' || day?.state === 'skipped') return null;
      const asked = await loadDay(context, delivery);
      return asked && { ...asked, isAlone: !(await isInSight(context.outbox, reader, subject)) };
    },
    // A snooze comes through the gate, and a pause is a pause.
    isDue: (asked) => isStillAsked(asked) && !isPausedOn(asked.plan.nudges, asked.today),
    render({ plan, day, today, isAlone }, { message, subject: date }) {
      const screen = { date, today, locale: plan.rep.locale };
      if (message === null) return reminderMessage(screen);
      // Beside the record, a reminder needs no second one.
      const isRecord = day.isOpen || !plan.days.has(date) || isAlone;
      return isRecord ? day.message : reminderDoneMessage(screen);
    },
  });

/** The answer to their own words: they are waiting for it, so nothing but being gone stops it. */
const loggedKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.logged,
    weight: 'answer',
    isKept: true,
    async load({ reader, key, subject: date }) {
      const plan = await planInForce(context, reader, date);
      const today = plan?.zone.dateAt(context.clock.now()) ?? date;
      return plan && showDay(context, plan, date, today, uncountedIn({ key }));
    },
    render: ({ message }) => message,
  });

const unparsedReplyKind = (context: Context) =>
  messageKind({
    kind: ACTIVITY_DELIVERY.unparsedReply,
    weight: 'answer',
    async load(delivery) {
      const person = await reachable(context, delivery.reader);
      if (!person) return null;
      const today = localDateIn(person.timeZone, context.clock.now());
      const kept = readUnparsedReply(context, person, delivery);
      const logged = await loggedAs(context, person, kept.ways);
      return { ...kept, logged, today, locale: person.locale };
    },
    render: ({ problem, canLog, ways, logged, today, locale, ...kept }) =>
      unparsedReplyMessage(kept, { problem: raw(problem), canLog, ways, logged, today, locale }),
  });
