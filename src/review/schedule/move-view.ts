/** The small forms about when a pair meets: to another time, not at all, and when the rep is asked. */
import type { ModalView } from '@slack/types';
import { context, section } from '../../slack/blocks.ts';
import { dateInput, selectInput, textInput, timeInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import type { WallTime } from '../../time/zone.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import { MOST_REASON, PREP_DAYS } from './move-schemas.ts';
import { type MeetingTime, meetingText, whenText } from './when-view.ts';

/** What a form is about, as its metadata carries it. */
export interface FormPlace {
  repId: string;
  month: string;
  /** How many changes there were when it was opened. */
  moves: number;
  /** Whether it lies over the schedule, which shows what comes of it. */
  over: boolean;
}

export function writePlace({ repId, month, moves, over }: FormPlace): string {
  return [repId, month, moves, over ? 'over' : 'alone'].join(':');
}

export function readPlace(metadata: string): FormPlace {
  const [repId = '', month = '', moves, over] = metadata.split(':');
  return { repId, month, moves: Number(moves), over: over === 'over' };
}

export interface FormScreen {
  place: FormPlace;
  /** `March and Q1`. */
  name: string;
  at: MeetingTime;
  locale: string;
  /** Slack's user id; null: nobody manages the rep. */
  otherId: string | null;
  reason: string | null;
  notice?: SlackText | undefined;
}

export interface MoveScreen extends FormScreen {
  /** Which IANA zone the fields are in. */
  timeZone: string;
  /** What the fields begin with. */
  to: WallTime;
  /** The time that is picked, where it is none already: as both see it, and who doesn't work then. */
  picked: { at: MeetingTime; off: readonly string[] } | null;
  /** The next one's regular time: it is moved to before that. */
  latest: WallTime;
  isOpen: boolean;
}

export function moveForm(screen: MoveScreen): ModalView {
  const { place, name, at, locale, timeZone, to, picked, latest, isOpen } = screen;
  return modal({
    title: 'Move the 1:1',
    callbackId: CALLBACK.move,
    submit: 'Move it',
    close: 'Back',
    privateMetadata: writePlace(place),
    blocks: [
      ...(screen.notice ? [section(screen.notice)] : []),
      section(
        lines(
          mrkdwn`*${name}:* ${meetingText(at, locale)}`,
          isOpen && mrkdwn`It is open in the channel already: its thread stays where it is.`,
        ),
      ),
      dateInput({
        path: 'date',
        rev: '0',
        label: 'New day',
        hint: `Before the next one: ${whenText(latest, locale)}.`,
        initial: to.date,
        dispatch: true,
        actionId: numbered(ACTION.moveTyped, 'date'),
      }),
      timeInput({
        path: 'time',
        rev: '0',
        label: 'New time',
        hint: `Your own time: ${timeZone.replaceAll('_', ' ')}.`,
        initial: to.time,
        dispatch: true,
        actionId: numbered(ACTION.moveTyped, 'time'),
      }),
      ...(picked ? [context(pickedText(picked, locale))] : []),
      reasonInput(screen),
    ],
  });
}

/** `Thu 8 Apr, 14:00 (20:00 for @max). No working day for @max: you can still move it there.` */
function pickedText({ at, off }: NonNullable<MoveScreen['picked']>, locale: string): Mrkdwn {
  const [one, two] = off;
  if (one === undefined) return meetingText(at, locale);
  const who = two === undefined ? mention(one) : mrkdwn`${mention(one)} and ${mention(two)}`;
  return lines(
    meetingText(at, locale),
    mrkdwn`:warning: No working day for ${who}. You can still move it there.`,
  );
}

function reasonInput({ otherId, reason }: Pick<FormScreen, 'otherId' | 'reason'>) {
  return textInput({
    path: 'reason',
    rev: '0',
    label: 'Why?',
    hint: otherId === null ? 'For you alone.' : 'It goes to the two of you alone.',
    initial: reason,
    multiline: true,
    maxLength: MOST_REASON,
  });
}

export function skipForm(screen: FormScreen): ModalView {
  const { place, name, at, locale, otherId } = screen;
  return modal({
    title: 'Skip the 1:1',
    callbackId: CALLBACK.skip,
    submit: 'Skip it',
    close: 'Back',
    privateMetadata: writePlace(place),
    blocks: [
      ...(screen.notice ? [section(screen.notice)] : []),
      section(
        lines(
          mrkdwn`*Skip ${name}?* ${meetingText(at, locale)}`,
          mrkdwn`Nobody is asked about it then. The next one comes as planned${otherId === null ? '' : mrkdwn`, and ${mention(otherId)} hears why`}.`,
        ),
      ),
      reasonInput(screen),
    ],
  });
}

/** `3 working days`, `one working day`. */
export const prepDaysText = (prepDays: number): string =>
  prepDays === 1 ? 'one working day' : `${prepDays} working days`;

export function settingsForm({
  place,
  isOwn,
  prepDays,
}: {
  place: FormPlace;
  /** The rep's own. */
  isOwn: boolean;
  prepDays: number;
}): ModalView {
  const whom = isOwn ? mrkdwn`you are` : mrkdwn`${mention(place.repId)} is`;
  return modal({
    title: 'Monthly 1:1s',
    callbackId: CALLBACK.settings,
    submit: 'Save',
    close: 'Back',
    privateMetadata: writePlace(place),
    blocks: [
      section(mrkdwn`Before each 1:1 ${whom} asked first: how the month went, and why.`),
      selectInput({
        path: 'prepDays',
        rev: '0',
        label: 'How long before?',
        hint: 'Holidays and time off don’t count. The one reminder comes a working day before.',
        choices: PREP_DAYS.map((value) => ({ value, label: prepDaysText(Number(value)) })),
        initial: String(prepDays),
      }),
      context('The day of the month and the time are in the plan.'),
    ],
  });
}

/** What came of a form that was opened from a message. */
export function movedView(notice: SlackText): ModalView {
  return modal({
    title: 'Monthly 1:1s',
    callbackId: CALLBACK.shown,
    close: 'Close',
    blocks: [section(notice)],
  });
}
