import type { ModalView } from '@slack/types';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES } from '../../plan/words.ts';
import { context, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { selectInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mrkdwn, type SlackText } from '../../slack/text.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import type { Counts } from '../schemas.ts';
import { dayName, quote } from '../words-view.ts';

/** A day that can be logged now, and whether it is. */
export interface LogDay {
  date: string;
  logged: boolean;
}

export interface DayFormScreen {
  /** The day in the form, and those that can be picked instead, newest first. */
  date: string;
  days: readonly LogDay[];
  today: string;
  locale: string;
  planned: Counts | null;
  /** What stands in the fields, as typed; null: empty. */
  values: Record<Activity, string | null>;
  /** Words that were not understood, kept in sight. */
  words?: string | null;
  notice?: SlackText | null;
}

/** The five numbers of a day, with what was planned as hints. */
export function dayForm(screen: DayFormScreen): ModalView {
  const { date, days, today, locale, planned, values, words, notice } = screen;
  const label = ({ date: one, logged }: LogDay) =>
    `${dayName(one, today, locale)}${one === today ? ' (today)' : ''}${logged ? ' ✓' : ''}`;
  return modal({
    title: 'Log a day',
    callbackId: CALLBACK.day,
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      ...(notice ? [section(notice)] : []),
      ...(words ? [section(lines(mrkdwn`You wrote:`, quote(words)))] : []),
      selectInput({
        path: 'date',
        rev: 'day',
        label: 'Which day?',
        choices: days.map((day) => ({ value: day.date, label: label(day) })),
        initial: date,
        dispatch: true,
        actionId: ACTION.pickDay,
      }),
      ...ACTIVITIES.map((activity) =>
        textInput({
          path: activity,
          // Another day has other numbers: what Slack remembers of this one must not stay.
          rev: date,
          label: ACTIVITY_NAMES[activity],
          hint: hint(planned?.[activity], locale),
          initial: values[activity],
          placeholder: '0',
          optional: true,
        }),
      ),
      context('Empty means none. You can change a day for ten working days.'),
    ],
  });
}

function hint(planned: number | undefined, locale: string): string | undefined {
  if (planned === undefined) return undefined;
  return planned > 0 ? `${formatCount(planned, locale)} planned` : 'None planned';
}
