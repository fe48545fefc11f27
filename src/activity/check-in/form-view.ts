/** The form of a day: five numbers, with what was planned as hints. */
import { NoSubject } from '../../people/settings/view.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES } from '../../plan/words.ts';
import { context, section } from '../../slack/blocks.ts';
import { choice, count, date, firing, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { lines, mrkdwn, type SlackText } from '../../slack/text.ts';
import { dayPick } from '../ids.ts';
import { type Counts, eachActivity, MOST_A_DAY } from '../schemas.ts';
import { dayName, quote } from '../words-view.ts';

/** A day that can be logged now, and whether it is. */
interface LogDay {
  date: string;
  logged: boolean;
}

/** What the fields are asked with; what is typed in them is read without. */
export interface DayStyle extends NumberStyle {
  /** The days that can be picked, newest first. */
  days: readonly LogDay[];
  today: string;
  planned: Counts | null;
}

export interface DayFormScreen extends Shown<NoSubject, DayStyle> {
  /** Words that were not understood, kept in sight. */
  words?: string | null;
  notice?: SlackText | null;
}

export const dayForm = form({
  id: 'day_form',
  about: NoSubject,
  fields: (style: DayStyle) => ({
    date: firing(whichDay(style), dayPick),
    ...eachActivity((activity) =>
      optional(
        count(
          {
            label: ACTIVITY_NAMES[activity],
            placeholder: '0',
            ...(style.planned && { hint: plannedText(style.planned[activity], style.locale) }),
          },
          { max: MOST_A_DAY },
        ),
      ),
    ),
  }),
  check: ({ date: _, ...counts }) =>
    ACTIVITIES.some((activity) => counts[activity] !== null)
      ? []
      : [{ path: 'calls', problem: 'Fill in at least one number: 0 is one too.' }],
  apply: ({ date, ...counts }) => ({
    date,
    counts: eachActivity((activity) => counts[activity] ?? 0),
  }),
  frame: () => ({ title: 'Log a day', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { words, notice }: DayFormScreen) => [
    ...(notice ? [section(notice)] : []),
    ...(words ? [section(lines(mrkdwn`You wrote:`, quote(words)))] : []),
    ...Object.values(inputs).flat(),
    context('Empty means none. You can change a day for ten working days.'),
  ],
});

/** Whether the day can be logged is asked of the plan, whatever stood in the list. */
function whichDay({ days, today, locale }: DayStyle) {
  const label = ({ date, logged }: LogDay) =>
    `${dayName(date, today, locale)}${date === today ? ' (today)' : ''}${logged ? ' ✓' : ''}`;
  const asked = { label: 'Which day?' };
  const choices = days.map((day) => ({ value: day.date, label: label(day) }));
  return { ...date(asked), input: choice(asked, choices).input };
}

function plannedText(planned: number, locale: string): string {
  return planned > 0 ? `${formatCount(planned, locale)} planned` : 'None planned';
}
