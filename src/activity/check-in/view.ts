/** The words of the check-in: the daily question, its one reminder, the record that takes its place, its form. */

import type { Button } from '@slack/types';
import { NoSubject } from '../../people/settings/view.ts';
import type { ShownPace } from '../../plan/model/activities.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES, PACE_NAMES } from '../../plan/words.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { choice, count, date, firing, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { isConfirmable, type Week } from '../day-rules.ts';
import {
  dayAsPlanned,
  dayLog,
  dayLogRead,
  dayPick,
  daySkipOpen,
  daySnooze,
  type KeptReply,
  logButtonOf,
  silenceKeep,
  silencePause,
} from '../ids.ts';
import { nudgeMenu } from '../preferences/view.ts';
import { type Counts, eachActivity, MOST_A_DAY, NO_COUNTS, type SkipReason } from '../schemas.ts';
import type { Quietness } from '../silence-rules.ts';
import {
  aheadText,
  countsInLine,
  countsText,
  dayInWords,
  dayName,
  fullDayName,
  plannedText,
  quote,
  SKIPPED_FOR,
  weekText,
} from '../words-view.ts';

/** A day as its rep sees it. */
export interface DayScreen {
  /** Local dates. */
  date: string;
  today: string;
  locale: string;
  /** What was asked of the day; null on a day off. */
  planned: Counts | null;
  /** Whether a part of the day is off, and its plan smaller. */
  isPart?: boolean;
  /** The week, up to and with the day. */
  week: Week;
}

type NamedDay = Pick<DayScreen, 'date' | 'today' | 'locale'>;

const logButton = (date: string, text = 'Log it', primary = true) =>
  button(text, { ...logButtonOf(date), ...(primary && { style: 'primary' }) });
const skipButton = (date: string) =>
  button('Skip…', {
    ...daySkipOpen.with(date),
    spoken: 'Skip this day, with a reason',
  });

const QUESTION = 'How did it go?';

/**
 * The question. `before` is the week up to the day before, `calls` what call blocks have brought
 * already, `reason` the rep's own why or next life goal.
 */
export function checkInMessage(
  screen: DayScreen,
  more: {
    before: Week;
    calls: number | null;
    reason: SlackText | null;
    snoozedUntil?: string | null;
    /** How somebody is asked who doesn't answer. */
    quietness?: Quietness;
  },
): Message {
  const { quietness = 'usual' } = more;
  if (quietness !== 'usual') return quietCheckInMessage(screen, quietness);
  const { date, today, locale, planned } = screen;
  const day = dayName(date, today, locale);
  const soFar = more.before.days > 0 ? weekText(more.before, locale) : null;
  const words = lines(
    mrkdwn`*${day}.* ${QUESTION}`,
    planned && mrkdwn`${screen.isPart ? 'Half a day: ' : ''}${plannedText(planned, locale)}`,
    more.calls !== null &&
      mrkdwn`Your call blocks brought ${countsText({ ...NO_COUNTS, calls: more.calls }, locale)}.`,
    soFar !== null && mrkdwn`This week so far: ${soFar}`,
  );
  const snoozed = more.snoozedUntil ?? null;
  const spoken = `${day}: ${QUESTION.toLowerCase()}`;
  return message(`${spoken}${planned ? ` ${plannedText(planned, locale)}` : ''}`, [
    section(words, { accessory: nudgeMenu('checkIns') }),
    ...(more.reason ? [context(more.reason)] : []),
    ...(snoozed ? [context(mrkdwn`Snoozed: I’ll come back at ${snoozed}, once.`)] : []),
    actions([
      logButton(date),
      ...asPlannedButton(screen, more.calls ?? 0),
      ...(snoozed
        ? []
        : [
            button('Snooze 1 h', {
              ...daySnooze.with(date),
              spoken: 'Ask me in an hour',
            }),
          ]),
      skipButton(date),
    ]),
  ]);
}

/** The one line to somebody who has left days unanswered, with the way to have none at all. */
function quietCheckInMessage(
  { date, today, locale, planned }: DayScreen,
  quietness: Exclude<Quietness, 'usual'>,
): Message {
  const day = dayName(date, today, locale);
  const log = logButton(date, 'Log the days');
  if (quietness === 'hushes' || quietness === 'quiet') {
    const hushed = 'I’ll be quiet: one line a day from now on.';
    const line = planned ? plannedText(planned, locale) : QUESTION;
    const said = quietness === 'hushes' ? hushed : line;
    return message(`${day}: ${said}`, [
      section(mrkdwn`*${day}.* ${said}`, { accessory: nudgeMenu('checkIns') }),
      actions([log, button('Pause me', silencePause.with())]),
    ]);
  }
  const asked =
    quietness === 'asks'
      ? 'Shall I pause until you say so?'
      : 'One line a week: shall I pause until you say so?';
  return message(`${day}: ${asked}`, [
    section(mrkdwn`*${day}.* ${asked}`, { accessory: nudgeMenu('checkIns') }),
    actions([
      button('Pause', { ...silencePause.with(), spoken: 'Pause until I say so' }),
      button('Keep one a week', silenceKeep.with()),
      log,
    ]),
  ]);
}

/** What it logs stands on it; where that can hardly be true it isn’t there. `calls`: those that blocks have counted. */
export function asPlannedButton({ date, planned, locale }: DayScreen, calls: number): Button[] {
  if (planned === null || !isConfirmable(planned)) return [];
  const counts = { ...planned, calls: Math.max(planned.calls, calls) };
  const value = { date, counts: ACTIVITIES.map((activity) => counts[activity]).join('.') };
  return [button(`As planned: ${countsInLine(counts, locale)}`, dayAsPlanned.with(value))];
}

/** The one reminder. */
export function reminderMessage({ date, today, locale }: NamedDay): Message {
  const day = dayName(date, today, locale);
  return message(`Still there for ${day}. I won’t ask again today.`, [
    section(mrkdwn`Still there for *${day}*. I won’t ask again today.`, {
      accessory: nudgeMenu('reminder'),
    }),
    actions([logButton(date), skipButton(date)]),
  ]);
}

/** What the reminder turns into once the day has its record. */
export function reminderDoneMessage({ date, today, locale }: NamedDay): Message {
  const words = `${dayName(date, today, locale)} has its answer above.`;
  return message(words, [context(words)]);
}

/** What a day's record says beside its counts. */
interface DayRecord {
  counts: Counts;
  /** What the last change put another number for. */
  replaced?: Partial<Counts>;
  /** What was named and isn't counted. */
  uncounted?: readonly string[];
  /** Whether it answers somebody's words: then it says which day it took them to be about. */
  isAnswer?: boolean;
}

/** What the question turns into, and the answer to somebody's words. */
export function recordMessage(
  screen: DayScreen,
  { counts, replaced = {}, uncounted = [], isAnswer = false }: DayRecord,
): Message {
  const { date, today, locale, week } = screen;
  const day = isAnswer ? fullDayName(date, today, locale) : dayName(date, today, locale);
  const total = weekText(week, locale);
  const ahead = aheadText(week, locale);
  const did = countsText(counts, locale);
  const was = replacedText(replaced, locale);
  const words = lines(
    mrkdwn`✓ *${day}*${isAnswer ? ': ' : ' · '}${did}`,
    total !== null && mrkdwn`Week: ${total}.${ahead ? ` ${ahead}` : ''}`,
    was,
    uncounted.length > 0 && mrkdwn`Not counted here: ${uncounted.join(', ')}.`,
  );
  const spoken = [`${day}: ${did}.`, total && `Week: ${total}.`, was];
  return message(spoken.filter((part) => part).join(' '), [
    section(words, {
      accessory: button('Edit', {
        ...logButtonOf(date),
        spoken: `Edit what you logged for ${day}`,
      }),
    }),
  ]);
}

/** `It was 30 calls before.`; null where nothing was replaced. */
function replacedText(replaced: Partial<Counts>, locale: string): string | null {
  const was = countsText({ ...NO_COUNTS, ...replaced }, locale);
  return Object.keys(replaced).length === 0 ? null : `It was ${was} before.`;
}

export function skippedMessage(
  { date, today, locale }: DayScreen,
  { reason, words }: { reason: SkipReason | null; words: string | null },
): Message {
  const day = dayName(date, today, locale);
  const why: Mrkdwn =
    reason === null ? mrkdwn`*${day}* skipped` : mrkdwn`*${day}* skipped: ${SKIPPED_FOR[reason]}`;
  return message(`${day} skipped.`, [
    section(lines(why, words !== null && quote(words)), {
      accessory: button('Log it after all', logButtonOf(date)),
    }),
  ]);
}

/** A day on which somebody turned out to be away: the question is withdrawn. */
export function awayDayMessage({ date, today, locale }: DayScreen): Message {
  const day = dayName(date, today, locale);
  return message(`${day}: away. Nothing to log.`, [
    section(mrkdwn`*${day}*: away. Nothing to log.`),
  ]);
}

const SHOWN = 300;

/** A day, and what it has or can be logged as. */
interface CountedDay {
  date: string;
  counts: Partial<Counts>;
}

export interface AskedBack {
  problem: Mrkdwn;
  canLog: boolean;
  /** Each way in which the words can be meant. */
  ways: readonly CountedDay[];
  /** What those days are logged with already. */
  logged: readonly CountedDay[];
  today: string;
  locale: string;
}

/** Without a plan to count against (`canLog` false), only why. */
export function unparsedReplyMessage(kept: KeptReply, asked: AskedBack): Message {
  const { problem, canLog, ways, today, locale } = asked;
  const said = quote(truncate(kept.words, SHOWN));
  if (!canLog) return message(problem, [section(lines(said, problem))]);
  const [only, ...others] = ways;
  const hint =
    only === undefined
      ? mrkdwn`Try “25 calls, 2 demos” or “no calls”.`
      : others.length === 0 &&
        mrkdwn`I read *${textOf(only, locale)}* for ${dayInWords(only.date, today, locale)}.`;
  const spoken = mrkdwn`${problem} Open the form, or try “25 calls, 2 demos”.`;
  return message(spoken, [
    section(lines(said, problem, hint, ...asked.logged.map((day) => loggedText(day, asked)))),
    actions([...wayButtons(asked), button('Open the form', dayLog.with(kept))]),
  ]);
}

const textOf = ({ counts }: CountedDay, locale: string) =>
  countsText({ ...NO_COUNTS, ...counts }, locale);

/** What a press would put another number for. */
const loggedText = (day: CountedDay, { today, locale }: AskedBack): Mrkdwn =>
  mrkdwn`${fullDayName(day.date, today, locale)} has *${textOf(day, locale)}* so far.`;

/** `20 calls · 1 demo on Tue, 5 Jan`: what a press would log, in words that read the same. */
export function wayText(
  way: CountedDay,
  { today, locale }: Pick<AskedBack, 'today' | 'locale'>,
): string {
  const day = dayInWords(way.date, today, locale);
  return `${textOf(way, locale)} ${/^[A-Z]/.test(day) ? `on ${day}` : day}`;
}

function wayButtons({ ways, today, locale }: AskedBack): Button[] {
  return ways.map((way, at) => {
    const isOnly = ways.length === 1;
    const kept = { ...way, words: '' };
    const text = `${isOnly ? 'Log ' : ''}${wayText(way, { today, locale })}`;
    return button(truncate(text, 75), {
      ...(isOnly ? dayLogRead.with(kept) : dayLogRead.numbered(at, kept)),
      ...(isOnly && { style: 'primary' as const }),
    });
  });
}

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
  /** At what pace the plan has each, so that a day without one isn't a plan without one. */
  levels?: Record<Activity, { shown: ShownPace }>;
}

export interface DayFormScreen extends Shown<NoSubject, DayStyle> {
  /** Words that were not understood, kept in sight. */
  words?: string | null;
  notice?: SlackText | null;
  /** What the day is logged with, where other numbers stand in the fields. */
  logged?: Counts | null;
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
            ...(style.planned && { hint: plannedHint(activity, style.planned[activity], style) }),
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
  arrange: (inputs, { words, notice, logged, style }: DayFormScreen) => [
    ...(notice ? [section(notice)] : []),
    ...(logged ? [context(mrkdwn`Logged so far: ${countsText(logged, style.locale)}.`)] : []),
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

/** `27 planned`; of what is rarer than daily, `none planned (6 a week)`. */
function plannedHint(activity: Activity, planned: number, { levels, locale }: DayStyle): string {
  const said = planned > 0 ? `${formatCount(planned, locale)} planned` : 'None planned';
  const { count = 0, per = 'day' } = levels?.[activity].shown ?? {};
  if (count === 0 || per === 'day') return said;
  return `${said} (${formatCount(count, locale)} ${PACE_NAMES[per]})`;
}
