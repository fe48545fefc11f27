/** The forms about coaching hours: log, move, skip, which day, what to talk about, who stands in. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { choice, date, optional, paragraph, text, time, user } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { objectionOpen, WHOLE_TEAM, WITHOUT_DAY } from '../ids.ts';
import { METRICS, REVIEWED } from '../schemas.ts';
import { METRIC_NAMES, REVIEWED_NAMES } from '../words-view.ts';
import { type HourPrep, type HourScreen, hourTimeText, prepText } from './view.ts';

/** Where a form was opened: what shows what came of it. */
export const PLACES = ['list', 'message', 'command'] as const;
export type CoachPlace = (typeof PLACES)[number];

const HourAbout = z.object({
  repId: z.string(),
  week: z.string(),
  place: z.enum(PLACES),
});
export type HourAbout = z.infer<typeof HourAbout>;

interface HourFormScreen extends Shown<HourAbout, NumberStyle> {
  hour: HourScreen;
}

export interface LogScreen extends HourFormScreen {
  prep: HourPrep;
  /** What leads to the hand-off card. */
  card?: readonly KnownBlock[];
}

/** How long what is written may be. */
const MOST_TWEAK = 300;
const MOST_HEARD = 1500;

export const logHourForm = form({
  id: 'coach_log',
  about: HourAbout,
  fields: (_style: NumberStyle) => ({
    reviewed: choice(
      { label: 'What did you review together?' },
      REVIEWED.map((value) => ({ value, label: REVIEWED_NAMES[value] })),
    ),
    which: optional(text({ label: 'Which one?', placeholder: 'Acme, Tuesday' }, 150)),
    link: optional(text({ label: 'Recording or notes', placeholder: 'https://…' }, 500)),
    heard: optional(paragraph({ label: 'What was heard' }, MOST_HEARD)),
    tweak: text(
      { label: 'One tweak', hint: 'One thing to do otherwise from now on. The rep gets it.' },
      MOST_TWEAK,
      { multiline: true },
    ),
    metric: choice(
      { label: 'What will show it?', hint: 'Measured by itself, against the weeks before.' },
      METRICS.map((value) => ({ value, label: METRIC_NAMES[value] })),
    ),
    measureOn: date({ label: 'On' }),
  }),
  frame: (_: LogScreen) => ({ title: 'Coaching hour', submit: 'Save', close: 'Back' }),
  arrange(inputs, { hour, prep, about, card = [] }: LogScreen) {
    return [
      section(lines(mrkdwn`*${mention(hour.repId)}*`, prepText(prep, hour.repId, hour.locale)), {
        accessory: button('Objection…', {
          ...objectionOpen.with({ source: 'coaching', repId: about.repId }),
          spoken: 'Log an objection',
        }),
      }),
      ...card,
      ...Object.values(inputs).flat(),
      context(mrkdwn`${mention(hour.repId)} reads all of it. Nobody else does.`),
    ];
  },
});

export const moveHourForm = form({
  id: 'coach_move',
  about: HourAbout,
  fields: () => ({
    date: date({ label: 'New day', hint: 'Of the same week.' }),
    time: time({ label: 'New time', hint: 'On the manager’s clocks.' }),
  }),
  frame: (_: HourFormScreen) => ({ title: 'Move the hour', submit: 'Move it', close: 'Back' }),
  arrange: (inputs, { hour }: HourFormScreen) => [
    section(
      mrkdwn`*${mention(hour.repId)}*${hour.at ? ` · ${hourTimeText(hour.at, hour.locale)}` : ''}`,
    ),
    ...inputs.date,
    ...inputs.time,
  ],
});

export const skipHourForm = form({
  id: 'coach_skip',
  about: HourAbout,
  fields: (_style: NumberStyle) => ({ reason: paragraph({ label: 'Why?' }, 300) }),
  frame: (_: HourFormScreen) => ({ title: 'Skip the hour', submit: 'Skip it', close: 'Back' }),
  arrange: (inputs, { hour }: HourFormScreen) => [
    section(
      mrkdwn`*No coaching hour with ${mention(hour.repId)} this week?* They read why. The next one comes as planned.`,
    ),
    ...inputs.reason,
  ],
});

const RhythmAbout = z.object({
  /** A rep's, or one of those in `ids.ts`. */
  repId: z.string(),
  /** Those who had no day when it was opened. */
  without: z.array(z.string()).optional(),
});

interface RhythmScreen extends Shown<z.infer<typeof RhythmAbout>, RhythmStyle> {
  count: number;
}

export interface RhythmStyle extends NumberStyle {
  isTeam: boolean;
}

const DAYS = [
  { value: 'mon', label: 'Mondays' },
  { value: 'tue', label: 'Tuesdays' },
  { value: 'wed', label: 'Wednesdays' },
  { value: 'thu', label: 'Thursdays' },
  { value: 'fri', label: 'Fridays' },
  { value: 'spread', label: 'Spread over the week' },
  { value: 'none', label: 'No coaching hours' },
] as const;

/** Whether it is a day for more than one rep. */
export const isForSeveral = (repId: string): boolean =>
  repId === WHOLE_TEAM || repId === WITHOUT_DAY;

function eachText(repId: string, count: number): string {
  if (repId === WHOLE_TEAM) return `each of your ${count} reps`;
  return count === 1
    ? 'the one rep who has no day yet'
    : `each of the ${count} reps who have no day yet`;
}

export const rhythmForm = form({
  id: 'coach_rhythm',
  about: RhythmAbout,
  fields: ({ isTeam }: RhythmStyle) => ({
    day: choice(
      { label: 'On which day?' },
      DAYS.filter(({ value }) => isTeam || value !== 'spread'),
    ),
    time: time({
      label: isTeam ? 'The first one at' : 'At',
      hint: isTeam
        ? 'Your own time. Those of one day follow one another by the hour.'
        : 'Your own time.',
    }),
  }),
  frame: (_: RhythmScreen) => ({ title: 'Coaching hours', submit: 'Save', close: 'Back' }),
  arrange: (inputs, { about, count }: RhythmScreen) => [
    section(
      isForSeveral(about.repId)
        ? mrkdwn`*A weekly hour with ${eachText(about.repId, count)}.* On the day you get one message: whose hour it is, and the number worth talking about.`
        : mrkdwn`*A weekly hour with ${mention(about.repId)}.* On the day you get the number worth talking about.`,
    ),
    ...inputs.day,
    ...inputs.time,
  ],
});

const TopicAbout = z.object({ place: z.enum(['own', 'message']) });

export const topicForm = form({
  id: 'coach_topic',
  about: TopicAbout,
  fields: (_style: NumberStyle) => ({
    topic: optional(
      paragraph(
        {
          label: 'What do you want to talk about?',
          hint: 'Whoever holds the hour reads it with your figures, and nobody else. Empty takes it back.',
        },
        500,
      ),
    ),
  }),
  frame: () => ({ title: 'My coaching hour', submit: 'Save', close: 'Back' }),
});

const StandInAbout = z.object({});

export const standInForm = form({
  id: 'coach_stand_in',
  about: StandInAbout,
  fields: (_style: NumberStyle) => ({
    standIn: user({ label: 'Who holds your coaching hours?' }),
    from: date({ label: 'From' }),
    to: date({ label: 'Through' }),
  }),
  check: ({ from, to }) =>
    to < from ? [{ path: 'to', problem: 'That is before the first day.' }] : [],
  frame: () => ({ title: 'Who stands in?', submit: 'Ask them', close: 'Back' }),
  arrange: (inputs) => [
    section(
      mrkdwn`They get the prompts of these days, with each rep’s number, last tweak and objections; your reps see who it is. They can say no.`,
    ),
    ...Object.values(inputs).flat(),
  ],
});

/** What came of a form that was opened by itself. */
export function coachDoneView(notice: SlackText): ModalView {
  return modal({ title: 'Coaching hours', close: 'Close', blocks: [section(notice)] });
}

/** The button behind what was logged, where no message stands that has it. */
export function loggedView(repId: string): ModalView {
  return modal({
    title: 'Coaching hours',
    close: 'Close',
    blocks: [
      section(
        mrkdwn`✓ *Logged.* ${mention(repId)} gets the tweak. What came of it is told to you both on its day.`,
      ),
      actions([button('Log an objection…', objectionOpen.with({ source: 'coaching', repId }))]),
    ],
  });
}
