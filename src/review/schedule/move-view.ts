/** The small forms about when a pair meets: to another time, not at all, and when the rep is asked. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { timeText } from '../../activity/words-view.ts';
import { context, section } from '../../slack/blocks.ts';
import { choice, date, paragraph, time } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { withHint } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { isUnkindTime } from '../../time/time-of-day.ts';
import type { WallTime } from '../../time/zone.ts';
import { moveTyped } from '../ids.ts';
import { type MeetingTime, meetingText, whenText } from '../words-view.ts';

/** What a form is about. */
export const MeetingPlace = z.object({
  repId: z.string(),
  month: z.string(),
  /** How many changes there were when it was opened. */
  moves: z.int(),
  /** Whether it lies over the schedule, which shows what comes of it. */
  over: z.boolean(),
});
export type MeetingPlace = z.infer<typeof MeetingPlace>;

export interface MeetingFormScreen extends Shown<MeetingPlace, NumberStyle> {
  /** `March and Q1`. */
  name: string;
  at: MeetingTime;
  /** Slack's user id; null: nobody manages the rep. */
  otherId: string | null;
  notice?: SlackText | undefined;
}

export interface MoveScreen extends MeetingFormScreen {
  /** Which IANA zone the fields are in. */
  timeZone: string;
  /** The time that is picked, where it is none already: as both see it, and who doesn't work then. */
  picked: { at: MeetingTime; off: readonly string[] } | null;
  /** The next one's regular time: it is moved to before that. */
  nextMeeting: WallTime;
  isOpen: boolean;
}

/** The longest reason for moving or skipping a 1:1. */
const MOST_REASON = 300;

const why = paragraph({ label: 'Why?', hint: 'It goes to the two of you alone.' }, MOST_REASON);

export const moveMeetingForm = form({
  id: 'review_move',
  about: MeetingPlace,
  live: moveTyped.id,
  fields: () => ({
    date: date({ label: 'New day', live: true }),
    time: time({ label: 'New time', live: true }),
    reason: why,
  }),
  frame: (_: MoveScreen) => ({ title: 'Move the 1:1', submit: 'Move it', close: 'Back' }),
  arrange(inputs, screen: MoveScreen) {
    const { name, at, style, timeZone, picked, nextMeeting, isOpen, otherId, notice } = screen;
    const { locale } = style;
    return [
      ...(notice ? [section(notice)] : []),
      section(
        lines(
          mrkdwn`*${name}:* ${meetingText(at, locale)}`,
          isOpen && mrkdwn`It is open in the channel already: its thread stays where it is.`,
        ),
      ),
      ...withHint(inputs.date, `Before the next one: ${whenText(nextMeeting, locale)}.`),
      ...withHint(inputs.time, `Your own time: ${timeZone.replaceAll('_', ' ')}.`),
      ...(picked ? [context(pickedText(picked, locale))] : []),
      ...(otherId === null ? withHint(inputs.reason, 'For you alone.') : inputs.reason),
    ];
  },
});

/** `Thu 8 Apr, 14:00 (20:00 for @max). No working day for @max: you can still move it there.` */
function pickedText({ at, off }: NonNullable<MoveScreen['picked']>, locale: string): Mrkdwn {
  const [one, two] = off;
  const who =
    one && (two === undefined ? mention(one) : mrkdwn`${mention(one)} and ${mention(two)}`);
  return lines(
    meetingText(at, locale),
    who !== undefined && mrkdwn`:warning: No working day for ${who}. You can still move it there.`,
    unkindText(at, locale),
  );
}

/** `:warning: That is 5:00 for @max.`, where they would have to get up for it; else null. */
export function unkindText({ reader, other }: MeetingTime, locale: string): Mrkdwn | null {
  if (other && isUnkindTime(other.time)) {
    return mrkdwn`:warning: That is ${timeText(other.time, locale)} for ${mention(other.userId)}.`;
  }
  return isUnkindTime(reader.time)
    ? mrkdwn`:warning: That is ${timeText(reader.time, locale)} for you.`
    : null;
}

export const skipMeetingForm = form({
  id: 'review_skip',
  about: MeetingPlace,
  fields: () => ({ reason: why }),
  frame: (_: MeetingFormScreen) => ({ title: 'Skip the 1:1', submit: 'Skip it', close: 'Back' }),
  arrange(inputs, { name, at, style, otherId, notice }: MeetingFormScreen) {
    const hears = otherId === null ? '' : mrkdwn`, and ${mention(otherId)} hears why`;
    return [
      ...(notice ? [section(notice)] : []),
      section(
        lines(
          mrkdwn`*Skip ${name}?* ${meetingText(at, style.locale)}`,
          mrkdwn`Nobody is asked about it then. The next one comes as planned${hears}.`,
        ),
      ),
      ...(otherId === null ? withHint(inputs.reason, 'For you alone.') : inputs.reason),
    ];
  },
});

/** `3 working days`, `one working day`. */
export const prepDaysText = (prepDays: number): string =>
  prepDays === 1 ? 'one working day' : `${prepDays} working days`;

/** The working days before a 1:1 on which the rep may be asked. */
const PREP_DAYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

interface PrepDaysScreen extends Shown<MeetingPlace, NumberStyle> {
  /** The rep's own. */
  isOwn: boolean;
}

export const prepDaysForm = form({
  id: 'review_settings',
  about: MeetingPlace,
  fields: () => ({
    prepDays: choice(
      {
        label: 'How long before?',
        hint: 'Holidays and time off don’t count. The one reminder comes a working day before.',
      },
      PREP_DAYS.map((value) => ({ value, label: prepDaysText(Number(value)) })),
    ),
  }),
  apply: ({ prepDays }) => ({ prepDays: Number(prepDays) }),
  frame: (_: PrepDaysScreen) => ({ title: 'Monthly 1:1s', submit: 'Save', close: 'Back' }),
  arrange(inputs, { about, isOwn }: PrepDaysScreen) {
    const whom = isOwn ? mrkdwn`you are` : mrkdwn`${mention(about.repId)} is`;
    return [
      section(mrkdwn`Before each 1:1 ${whom} asked first: how the month went, and why.`),
      ...inputs.prepDays,
      context('The day of the month and the time are in the plan.'),
    ];
  },
});

/** What came of a form that was opened from a message. */
export function movedView(notice: SlackText): ModalView {
  return modal({
    title: 'Monthly 1:1s',
    close: 'Close',
    blocks: [section(notice)],
  });
}
