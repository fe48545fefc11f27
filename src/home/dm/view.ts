/** The answers to plain words, and the help. */
import type { Button } from '@slack/types';
import type { DayScreen } from '../../activity/check-in/view.ts';
import {
  awayEnter,
  awayOpen,
  daySkipOpen,
  logButtonOf,
  nudgeMenuPick,
} from '../../activity/ids.ts';
import { countsText, dayInWords, daysOffText, weekText } from '../../activity/words-view.ts';
import type { DaysOff } from '../../input/days-off-scene.ts';
import { planOpened } from '../../people/ids.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { COMMAND, COMMAND_AGAIN, MOST_TYPED } from '../../slack/ids.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import type { ReaderRoles } from './who-is.ts';

const EXAMPLE = 'such as “25 calls, 2 demos”';

export function wordMessage(words: SlackText): Message {
  return message(words, [section(words)]);
}

function withButtons(words: Mrkdwn, buttons: Button[]): Message {
  return message(words, [section(words), ...(buttons.length > 0 ? [actions(buttons)] : [])]);
}

/** Does what would be typed after `/bigplan`; nothing where that doesn't fit. */
const typed = (text: string, command: string, by: string): Button[] =>
  command.length > MOST_TYPED
    ? []
    : [button(truncate(text, 75), COMMAND_AGAIN.numbered(by, command))];

const statusButton = () => typed('How am I doing?', 'status', 'status');

/** `day`: the reader's local date, where it can be logged. */
export function greetingMessage(day: string | null): Message {
  const words =
    day === null
      ? mrkdwn`Hello.`
      : mrkdwn`Hello. Tell me your day in a line, ${EXAMPLE}, whenever it suits you.`;
  return withButtons(words, [
    ...(day === null ? [] : [button('Log today', logButtonOf(day))]),
    ...statusButton(),
    ...typed('What else?', 'help', 'help'),
  ]);
}

/** `until`: what was said of how long; empty: nothing. */
export function quietOffer(until: string): Message {
  const words = mrkdwn`Just quiet, or time off? *Quiet* stops my questions and leaves the plan as it is. *Time off* shrinks the plan too, so that nobody misses anything.`;
  return withButtons(words, [
    button('Quiet for a week', nudgeMenuPick.numbered('pause', { what: 'pause' })),
    button(
      'No more check-ins',
      nudgeMenuPick.numbered('stop', { what: 'stop', nudge: 'checkIns' }),
    ),
    button('My settings…', nudgeMenuPick.numbered('settings', { what: 'settings' })),
    ...timeOffButtons(until),
  ]);
}

/** `when`: as it was said; empty: today. */
export function awayOffer(when: string): Message {
  const words = mrkdwn`Take the time: nothing is asked of you then, and the plan shrinks with the days.`;
  return withButtons(words, timeOffButtons(when === '' ? 'today' : when));
}

/** Days as they were read, and the other reading where there is one. */
export function awayReadMessage(
  { days, orElse }: { days: readonly DaysOff[]; orElse: readonly DaysOff[] | null },
  { userId, locale }: { userId: string; locale: string },
): Message {
  const text = (all: readonly DaysOff[]) => all.map((one) => daysOffText(one, locale)).join(' · ');
  const enter = (by: string, all: readonly DaysOff[]) =>
    button(truncate(text(all), 75), awayEnter.numbered(by, { person: userId, days: [...all] }));
  const words = mrkdwn`*Away ${text(days)}?* Take the time: nothing is asked of you then, and the plan shrinks with the days.`;
  return withButtons(words, [
    enter('read', days),
    ...(orElse ? [enter('else', orElse)] : []),
    button('Other days…', awayOpen.with()),
  ]);
}

const timeOffButtons = (when: string): Button[] => [
  ...(when === '' ? [] : typed(`Time off: ${when}`, `away ${when}`, 'away')),
  button(when === '' ? 'Time off…' : 'Other days…', awayOpen.with()),
];

/** The days that are still open, the likelier first. */
export function skipOffer({
  dates,
  today,
  locale,
}: {
  dates: readonly string[];
  today: string;
  locale: string;
}): Message {
  if (dates.length === 0) return wordMessage('Today is logged already: there is nothing to skip.');
  const names = dates.map((date) => dayInWords(date, today, locale));
  const words = mrkdwn`Skip ${names.join(' or ')}? A word on why helps: a day without a log is unknown, not zero.`;
  return withButtons(words, [
    ...dates.map((date, at) => button(`Skip ${names[at]}…`, daySkipOpen.numbered(date, date))),
    button('Log it instead', logButtonOf(dates[0] ?? today)),
  ]);
}

export function targetMessage({ date, locale, planned, week }: DayScreen, userId: string): Message {
  const soFar = weekText(week, locale);
  const words = lines(
    planned
      ? mrkdwn`*Today:* ${countsText(planned, locale)}.`
      : mrkdwn`Nothing is planned for today.`,
    soFar !== null && mrkdwn`This week so far: ${soFar}.`,
  );
  return withButtons(words, [
    button('Log today', logButtonOf(date)),
    ...statusButton(),
    button('Open my plan', planOpened.with(userId)),
  ]);
}

/** A report that was typed after `/bigplan`. */
export function logInstead(text: string): Message {
  const words = mrkdwn`That is a day’s report: \`${COMMAND} log\` takes it, and so does a message to me.`;
  return withButtons(words, typed(`Log “${text}”`, `log ${text}`, 'log'));
}

const FOR_REPS = [
  'log',
  'status',
  'touch',
  'card',
  'won',
  'lost',
  'pipeline',
  'leads',
  'away',
  'review',
  'worth',
  'coach',
  'objections',
];

/** What is listed, by who asks; the rest is found from there. */
function namesFor({ rep, manager, leader, admin }: ReaderRoles): string[] {
  const names = [
    '',
    ...(rep ? FOR_REPS : []),
    ...(manager ? ['status', 'team', 'coach', 'review', 'away'] : []),
    ...(leader ? ['review', 'team', 'coach', 'brief'] : []),
    ...(rep || manager || leader || admin ? ['settings'] : []),
  ];
  return [...new Set(names)];
}

/** Short, and of what the reader can do. */
export function helpMessage(
  { helpOf }: { helpOf(names: readonly string[]): Mrkdwn },
  roles: ReaderRoles,
): Message {
  const names = namesFor(roles);
  const intro = roles.rep
    ? mrkdwn`*Write to me as you would to a person,* ${EXAMPLE}, “how am I doing?”, “sick tomorrow”, “lost Acme”. Or:`
    : mrkdwn`*Bigplan works backwards from what a rep wants to earn to what they do today:* one written plan, agreed by rep and manager.`;
  const held = mrkdwn`What I hold about you: \`/bigplan seen\` who has looked at it, \`export\` all of it, \`forget-me\``;
  const words = lines(intro, helpOf(names), held);
  return message(words, [section(words)]);
}
