/** How somebody wants to be asked: the form, and the way out that every nudge carries. */
import type { KnownBlock, ModalView, Overflow } from '@slack/types';
import { adminsWords, WEEKDAY_NAMES } from '../../people/names-view.ts';
import { button, context, overflow, section } from '../../slack/blocks.ts';
import { formatDate } from '../../slack/format.ts';
import {
  checkboxesInput,
  dateInput,
  selectInput,
  textInput,
  timeInput,
} from '../../slack/inputs.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { type Nudge, REMINDER_MINUTES } from '../schemas.ts';
import type { Nudges } from '../store.ts';

const KINDS: readonly { value: Nudge; label: string; description: string }[] = [
  { value: 'checkIns', label: 'Daily check-in', description: 'Five numbers, or one tap' },
  {
    value: 'reminder',
    label: 'One reminder',
    description: 'If a check-in is still open; never a second',
  },
  {
    value: 'callBlocks',
    label: 'Call blocks',
    description: 'At their start, and the count at their end',
  },
  { value: 'syncs', label: 'SDR sync', description: 'At its agreed time' },
  {
    value: 'paceNotes',
    label: 'Notes about pace',
    description: 'Off: nobody hears of a slip before the 1:1',
  },
  {
    value: 'overdueItems',
    label: 'Overdue items',
    description: 'What I agreed to do after a 1:1: once, when its date has passed',
  },
  {
    value: 'reasons',
    label: 'My why and my next goal',
    description: 'Now and then, in a check-in, privately',
  },
];

interface NudgesScreen {
  /** The plan's workdays. */
  plan: readonly Weekday[];
  timeZone: string;
  /** Who looks after the workspace's settings; null for somebody who does. */
  admins: readonly string[] | null;
}

export function nudgesForm(nudges: Nudges, { plan, timeZone, admins }: NudgesScreen): ModalView {
  const field = (path: keyof Nudges | 'on', label: string) => ({ path, rev: '0', label });
  const days = nudges.weekdays.length > 0 ? nudges.weekdays : plan;
  return modal({
    title: 'My settings',
    callbackId: CALLBACK.nudges,
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      section(mrkdwn`*How Bigplan talks to you.* Only you see and change this.`),
      checkboxesInput({
        ...field('on', 'What may I come to you with?'),
        choices: KINDS,
        initial: KINDS.map(({ value }) => value).filter((value) => nudges[value]),
        optional: true,
      }),
      timeInput({
        ...field('checkInTime', 'Check-in at'),
        hint: `Your local time (${timeZone}, as Slack knows it).`,
        initial: nudges.checkInTime,
      }),
      selectInput({
        ...field('reminderMinutes', 'Reminder after'),
        choices: REMINDER_MINUTES.map((minutes) => ({
          value: String(minutes),
          label: `${minutes} minutes`,
        })),
        initial: String(nudges.reminderMinutes),
      }),
      checkboxesInput({
        ...field('weekdays', 'On which days?'),
        choices: WEEKDAYS.filter((day) => plan.includes(day)).map((day) => ({
          value: day,
          label: WEEKDAY_NAMES[day],
        })),
        initial: days,
      }),
      dateInput({
        ...field('pausedUntil', 'Pause everything until'),
        hint: 'Nudges come again on that day. For days off, /bigplan away is better: it shrinks the plan too.',
        initial: nudges.pausedUntil,
        optional: true,
      }),
      textInput({
        ...field('why', 'Why do you do this?'),
        hint: 'Your own words, encrypted. They come back to you now and then, and to nobody else.',
        initial: nudges.why,
        multiline: true,
        maxLength: 500,
        optional: true,
      }),
      ...(admins ? [context(adminsWords(admins))] : []),
    ],
  });
}

export function nudgesSavedView(nudges: Nudges, locale: string): ModalView {
  const off = KINDS.filter(({ value }) => !nudges[value]).map(({ value }) => NUDGE_NAMES[value]);
  const blocks: KnownBlock[] = [
    section(
      nudges.checkIns
        ? mrkdwn`✓ *Saved.* I’ll ask at ${nudges.checkInTime}, your time.`
        : mrkdwn`✓ *Saved.* No check-ins. \`/bigplan log\` still works whenever you like.`,
    ),
    ...(off.length > 0 ? [context(mrkdwn`Off: ${off.join(', ')}.`)] : []),
    ...(nudges.pausedUntil
      ? [context(mrkdwn`Paused until ${formatDate(nudges.pausedUntil, locale, 'date')}.`)]
      : []),
  ];
  return modal({ title: 'My settings', callbackId: CALLBACK.shown, close: 'Done', blocks });
}

/** After one press in a nudge's `⋯`: what is off now, and the way back. */
export function nudgeOffMessage(nudge: Nudge): Message {
  const words = mrkdwn`Done: no ${NUDGE_NAMES[nudge].replace(/^my /, 'more of your ')} from now on.`;
  return message(words, [
    section(words, {
      accessory: button('Turn them on again', { actionId: ACTION.nudgeOn, value: nudge }),
    }),
  ]);
}

export function nudgeOnMessage(nudge: Nudge): Message {
  const words = mrkdwn`Back on: ${NUDGE_NAMES[nudge]}.`;
  return message(words, [section(words)]);
}

export function pausedMessage(until: string, locale: string): Message {
  const words = mrkdwn`Paused. Nothing from me until ${formatDate(until, locale, 'date')}.`;
  return message(words, [
    section(words, { accessory: button('Go on now', { actionId: ACTION.resume }) }),
  ]);
}

export function resumedMessage(): Message {
  const words = mrkdwn`Going on: the next nudge comes at its time.`;
  return message(words, [section(words)]);
}

/** What each kind of nudge is called where it can be stopped. */
export const NUDGE_NAMES: Record<Nudge, string> = {
  checkIns: 'check-ins',
  reminder: 'reminders',
  callBlocks: 'call-block nudges',
  syncs: 'SDR syncs',
  paceNotes: 'notes about pace',
  overdueItems: 'notes about overdue items',
  reasons: 'my why and next goal',
};

/** The way to stop it, on every nudge. */
export function nudgeMenu(nudge: Nudge): Overflow {
  return overflow(ACTION.menu, [
    { value: `stop:${nudge}`, label: `Stop ${NUDGE_NAMES[nudge]}` },
    { value: 'pause', label: 'Pause everything for a week' },
    { value: 'settings', label: 'My settings…' },
  ]);
}
