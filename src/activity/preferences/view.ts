/** How somebody wants to be asked: the form, and the way out that every nudge carries. */
import type { KnownBlock, ModalView, Overflow } from '@slack/types';
import type { Budget } from '../../outbox/budget-rules.ts';
import { adminsWords, WEEKDAY_NAMES } from '../../people/names-view.ts';
import { NoSubject } from '../../people/settings/view.ts';
import { joinedButton } from '../../plan/round/dues-view.ts';
import { takenProblem } from '../../plan/taken-view.ts';
import type { WeekPart } from '../../plan/week-rules.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { boxes, choice, date, notes, optional, type RawFields, time } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import { WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { nudgeMenuPick, nudgeOn, nudgePause, nudgeResume } from '../ids.ts';
import { PAUSED_FOR_GOOD } from '../schedule-rules.ts';
import { NUDGES, type Nudge, REMINDER_MINUTES } from '../schemas.ts';
import type { Nudges } from '../store.ts';
import { timeText } from '../words-view.ts';

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
    value: 'prospects',
    label: 'Quiet prospects',
    description: 'Fridays, in the check-in: who is under four touches',
  },
  {
    value: 'digest',
    label: 'My team on Mondays',
    description: 'To whoever leads one: how it stands, in five lines',
  },
  {
    value: 'coaching',
    label: 'Coaching hours',
    description: 'Whose hour is today, and whether a tweak worked',
  },
  {
    value: 'reasons',
    label: 'My why and my next goal',
    description: 'Now and then, in a check-in, privately',
  },
];

export interface NudgesStyle extends NumberStyle {
  /** From which to choose. */
  budgets: readonly Budget[];
  /** Those of the plan. */
  workdays: readonly Weekday[];
  timeZone: string;
  /** What Slack says of it; null: nothing. */
  slackTimeZone: string | null;
  zones: readonly { value: string; label: string }[];
  /** Their local date. */
  today: string;
  /** The check-in's time as it is. */
  checkInTime: string;
  /** Over how many minutes before their times the workspace's check-ins are spread; 0: all come at theirs. */
  spread: number;
  /** What of their plan has its time in the week. */
  week: readonly WeekPart[];
}

interface NudgesScreen extends Shown<NoSubject, NudgesStyle> {
  /** Who looks after the workspace's settings; null for somebody who does. */
  admins: readonly string[] | null;
  /** Who may still say when they joined; null: it was said, or nobody asks. */
  newId?: string | null;
}

/** Comes to the settings as they are kept, with the days that were ticked. */
export const nudgesForm = form({
  id: 'nudge_form',
  about: NoSubject,
  fields: ({ workdays, timeZone, slackTimeZone, zones, budgets, spread }: NudgesStyle) => ({
    on: boxes({ label: 'What may I come to you with?' }, KINDS),
    checkInTime: time({
      label: 'Check-in at',
      hint: `Your local time (${timeZone}${timeZone === slackTimeZone ? ', as Slack knows it' : ''}).${upTo(spread)}`,
    }),
    timeZone: optional(
      choice(
        {
          label: 'My time zone',
          hint:
            slackTimeZone === null
              ? 'Slack doesn’t say where you are. Type the name of a city near you.'
              : `Empty: as Slack knows it, ${slackTimeZone}.`,
        },
        zones,
      ),
    ),
    reminderMinutes: choice(
      { label: 'Reminder after' },
      REMINDER_MINUTES.map((minutes) => ({
        value: String(minutes),
        label: `${minutes} minutes`,
      })),
    ),
    perDay: choice(
      {
        label: 'Notifications at most',
        hint: 'What can’t be lost waits for the next day; nudges give way. Who only leads gets two a week, unless they choose another one.',
      },
      budgets.map(({ perDay, perWeek }) => ({
        value: String(perDay),
        label: `${perDay} a day, ${perWeek} a week`,
      })),
    ),
    weekdays: boxes(
      { label: 'On which days?' },
      WEEKDAYS.filter((day) => workdays.includes(day)).map((day) => ({
        value: day,
        label: WEEKDAY_NAMES[day],
      })),
      { atLeastOne: 'Pick at least one day; to stop everything, pause.' },
    ),
    pausedUntil: optional(
      date({
        label: 'Pause everything until',
        hint: 'Just quiet: the plan stays as it is. For days off, /bigplan away is better: the plan’s days shrink too.',
      }),
    ),
    why: optional(
      notes(
        {
          label: 'Why do you do this?',
          hint: 'Your own words, encrypted. They come back to you now and then, and to nobody else.',
        },
        500,
      ),
    ),
  }),
  check: ({ pausedUntil, checkInTime, weekdays }, { today, week, locale, ...now }) => {
    const span = { days: weekdays, start: checkInTime, minutes: 1 };
    const taken =
      checkInTime === now.checkInTime
        ? null
        : takenProblem(span, week, (time) => timeText(time, locale));
    return [
      ...(taken === null ? [] : [{ path: 'checkInTime', problem: taken }]),
      ...(pausedUntil === null || pausedUntil > today
        ? []
        : [
            {
              path: 'pausedUntil',
              problem: 'That day is here already: pick a later one, or leave it empty.',
            },
          ]),
    ];
  },
  apply: ({ on, reminderMinutes, perDay, ...rest }) => ({
    ...rest,
    ...turnedOn(on),
    reminderMinutes: Number(reminderMinutes),
    perDay: Number(perDay),
  }),
  frame: () => ({ title: 'My settings', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { admins, newId }: NudgesScreen) => [
    section(mrkdwn`*How Bigplan talks to you.* Only you see and change this.`),
    ...Object.values(inputs).flat(),
    ...(newId ? [actions([joinedButton(newId)])] : []),
    ...(admins ? [context(adminsWords(admins))] : []),
  ],
});

function turnedOn(on: readonly Nudge[]) {
  const kinds = NUDGES.map((nudge) => [nudge, on.includes(nudge)] as const);
  return Object.fromEntries(kinds) as Record<Nudge, boolean>;
}

/** The settings as they would be ticked and typed. */
export function writeNudges(
  nudges: Nudges & { timeZone: string | null },
  style: NudgesStyle,
): RawFields {
  return nudgesForm.write(
    {
      ...nudges,
      on: NUDGES.filter((nudge) => nudges[nudge]),
      reminderMinutes: String(nudges.reminderMinutes),
      perDay: String(nudges.perDay),
      weekdays: nudges.weekdays.length > 0 ? nudges.weekdays : style.workdays,
    },
    style,
  );
}

/** Slack takes so many messages a minute; of a company of thousands that is said where people choose their time. */
const upTo = (spread: number): string =>
  spread === 0
    ? ''
    : ` Your company is too large for Slack to take everybody’s at once: yours comes in the ${spread === 1 ? 'minute' : `${spread} minutes`} before it, at the same time every day.`;

/** @param askedAt when the check-in comes, local: at the time that was chosen, or a little before it. */
export function nudgesSavedView(nudges: Nudges, askedAt: string, locale: string): ModalView {
  const off = KINDS.filter(({ value }) => !nudges[value]).map(({ value }) => NUDGE_NAMES[value]);
  const blocks: KnownBlock[] = [
    section(
      nudges.checkIns
        ? mrkdwn`✓ *Saved.* I’ll ask at ${askedAt}, your time.`
        : mrkdwn`✓ *Saved.* No check-ins. \`/bigplan log\` still works whenever you like.`,
    ),
    ...(nudges.checkIns && askedAt !== nudges.checkInTime
      ? [
          context(
            mrkdwn`That is a little before ${nudges.checkInTime}: Slack takes only so many messages a minute, and your company is large.`,
          ),
        ]
      : []),
    ...(off.length > 0 ? [context(mrkdwn`Off: ${off.join(', ')}.`)] : []),
    ...(nudges.pausedUntil
      ? [context(mrkdwn`Paused until ${untilText(nudges.pausedUntil, locale)}.`)]
      : []),
  ];
  return modal({ title: 'My settings', close: 'Done', blocks });
}

/** After one press in a nudge's `⋯`: what is off now, and the way back. */
export function nudgeOffMessage(nudge: Nudge): Message {
  const words = mrkdwn`Done: no ${NUDGE_NAMES[nudge].replace(/^my /, 'more of your ')} from now on.`;
  return message(words, [
    section(words, {
      accessory: button('Turn them on again', nudgeOn.with(nudge)),
    }),
  ]);
}

export function nudgeOnMessage(nudge: Nudge): Message {
  const words = mrkdwn`Back on: ${NUDGE_NAMES[nudge]}.`;
  return message(words, [section(words)]);
}

/** Which pause? A week off is no miss; a quiet week leaves the plan as it is. */
export function pauseMessage(): Message {
  const asked = mrkdwn`*A week’s pause, from today.* Which one?`;
  const words = lines(
    asked,
    mrkdwn`*Time off:* the plan’s days shrink with it, and nothing counts as missed.`,
    mrkdwn`*Just quiet:* no messages; the plan stays as it is, and days that you don’t log are unknown.`,
  );
  return message(mrkdwn`${asked} Time off, or just quiet.`, [
    section(words),
    actions([
      button('Time off', { ...nudgePause.numbered('off', 'off'), spoken: 'A week of time off' }),
      button('Just quiet', {
        ...nudgePause.numbered('quiet', 'quiet'),
        spoken: 'A week without messages',
      }),
    ]),
  ]);
}

/** `until`: the first date with messages again. */
export function pausedMessage(until: string, locale: string): Message {
  const words = mrkdwn`Paused. Nothing from me until ${untilText(until, locale)}; the plan stays as it is.`;
  return message(words, [section(words, { accessory: button('Go on now', nudgeResume.with()) })]);
}

const untilText = (until: string, locale: string) =>
  until === PAUSED_FOR_GOOD ? 'you say so' : formatDate(until, locale, 'date');

/** To somebody who answers nothing, and wants to go on hearing of it. */
export function keptWeeklyMessage(): Message {
  const words = mrkdwn`One line a week, then. With the first day that you log, everything comes as before.`;
  return message(words, [section(words)]);
}

export function resumedMessage(): Message {
  const words = mrkdwn`Going on: the next nudge comes at its time.`;
  return message(words, [section(words)]);
}

/** What each kind of nudge is called where it can be stopped. */
const NUDGE_NAMES: Record<Nudge, string> = {
  checkIns: 'check-ins',
  reminder: 'reminders',
  callBlocks: 'call-block nudges',
  syncs: 'SDR syncs',
  paceNotes: 'notes about pace',
  overdueItems: 'notes about overdue items',
  prospects: 'quiet prospects',
  digest: 'Mondays’ lines about your team',
  coaching: 'notes about coaching hours',
  reasons: 'my why and next goal',
};

/** The way to stop it, on every nudge. */
export function nudgeMenu(nudge: Nudge): Overflow {
  const stop = nudgeMenuPick.write({ what: 'stop', nudge });
  return overflow(nudgeMenuPick.id, [
    { value: stop, label: `Stop ${NUDGE_NAMES[nudge]}` },
    { value: nudgeMenuPick.write({ what: 'pause' }), label: 'Pause for a week…' },
    { value: nudgeMenuPick.write({ what: 'settings' }), label: 'My settings…' },
  ]);
}
