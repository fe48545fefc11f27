/** Time off: the form with what is entered, and the messages about it. */
import { z } from 'zod';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { date, optional } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { selectInput } from '../../slack/inputs.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { daysBetween } from '../../time/local-date.ts';
import { awayCancel, awayPerson } from '../ids.ts';
import { datesText } from '../words-view.ts';

export interface AwayEntry {
  id: string;
  from: string;
  to: string;
  addedBy: string;
}

/** `about`: whose it is, by their user id. */
export interface AwayScreen extends Shown<string, NumberStyle> {
  person: { userId: string; name: string };
  readerId: string;
  entries: readonly AwayEntry[];
  /** A manager's reps, whose time off can be entered too. */
  reps: readonly { userId: string; name: string }[];
  notice?: SlackText | undefined;
}

/** A page of entries; more are counted. */
const SHOWN = 20;
/** Longer is rather a slip of the finger. */
const LONGEST_DAYS = 366;

export const awayForm = form({
  id: 'away_form',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    from: date({ label: 'First day away' }),
    to: optional(date({ label: 'Last day away', hint: 'Empty: one day only.' })),
  }),
  check({ from, to }) {
    const problem = rangeProblem(from, to ?? from);
    return problem === null ? [] : [{ path: 'to', problem }];
  },
  apply: ({ from, to }) => ({ from, to: to ?? from }),
  frame: () => ({ title: 'Time off', submit: 'Add', close: 'Done' }),
  arrange: ({ from, to }, screen: AwayScreen) => [
    ...(screen.notice ? [section(screen.notice)] : []),
    section(
      mrkdwn`*Away is never a miss.* No nudges on those days, and what is planned shrinks with them.`,
    ),
    ...whose(screen),
    ...from,
    ...to,
    divider(),
    ...entryRows(screen),
  ],
});

function rangeProblem(from: string, to: string): string | null {
  if (to < from) return 'The last day is before the first: swap them.';
  return daysBetween(from, to) > LONGEST_DAYS ? 'That is over a year: enter it in parts.' : null;
}

/** For a manager. */
function whose({ person, readerId, reps }: AwayScreen) {
  const others = reps.filter(({ userId }) => userId !== readerId);
  if (others.length === 0) return [];
  const choices = others.map(({ userId, name }) => ({ value: userId, label: name }));
  return [
    selectInput({
      path: 'person',
      rev: 'person',
      label: 'Whose?',
      choices: [{ value: readerId, label: 'Me' }, ...choices],
      initial: person.userId,
      dispatch: true,
      actionId: awayPerson.id,
    }),
  ];
}

function entryRows(screen: AwayScreen) {
  const { person, readerId, entries } = screen;
  if (entries.length === 0) {
    const isOwn = person.userId === readerId;
    return [
      context(isOwn ? 'No time off is entered.' : `No time off of ${person.name} is entered.`),
    ];
  }
  return [
    ...entries.slice(0, SHOWN).map((entry) => entryRow(entry, screen)),
    ...(entries.length > SHOWN ? [context(`${entries.length - SHOWN} more, later.`)] : []),
  ];
}

function entryRow(entry: AwayEntry, { person, style }: AwayScreen) {
  const { addedBy } = entry;
  const by = addedBy === person.userId ? mrkdwn`` : mrkdwn`, entered by ${mention(addedBy)}`;
  return section(mrkdwn`*${datesText(entry.from, entry.to, style.locale)}*${by}`, {
    accessory: cancelButton(entry, style.locale),
  });
}

function cancelButton({ id, from, to }: AwayEntry, locale: string) {
  const spoken = `Cancel ${datesText(from, to, locale)}`;
  return button('Cancel it', { ...awayCancel.numbered(id, id), spoken });
}

/** What was entered, with the way back. `workingDays`: how many of the days would have been worked. */
export function awayMessage(
  entry: AwayEntry,
  facts: { person: { userId: string }; readerId: string; locale: string; workingDays: number },
): Message {
  const { person, readerId, locale, workingDays } = facts;
  const who =
    person.userId === readerId ? mrkdwn`You’re away` : mrkdwn`${mention(person.userId)} is away`;
  const count =
    workingDays === 1 ? 'One working day' : `${formatCount(workingDays, locale)} working days`;
  const words = lines(
    mrkdwn`✓ *${who}: ${datesText(entry.from, entry.to, locale)}.*`,
    workingDays > 0 && mrkdwn`${count}: no nudges, and nothing counts as missed.`,
  );
  return message(words, [section(words), actions([cancelButton(entry, locale)])]);
}

/** What has been cancelled; null: it was before. */
export function awayCancelledText(
  entry: (AwayEntry & { person: { userId: string } }) | null,
  facts: { readerId: string; locale: string },
): Mrkdwn {
  if (!entry) return mrkdwn`That time off was cancelled already.`;
  const whose =
    entry.person.userId === facts.readerId ? mrkdwn`` : mrkdwn` of ${mention(entry.person.userId)}`;
  return mrkdwn`Cancelled: time off${whose}, ${datesText(entry.from, entry.to, facts.locale)}. Nudges come as planned.`;
}

/** `/bigplan away list`; `nothingOn`: the date that was to be cancelled and on which there is nothing. */
export function awayListMessage(
  entries: readonly AwayEntry[],
  { person, readerId, locale }: { person: { userId: string }; readerId: string; locale: string },
  nothingOn: string | null = null,
): Message {
  const whose = person.userId === readerId ? mrkdwn`you` : mention(person.userId);
  if (entries.length === 0) {
    const words = mrkdwn`No time off is entered for ${whose}. Try \`/bigplan away 5 Jul – 16 Jul\` or \`/bigplan away tomorrow\`.`;
    return message(words, [section(words)]);
  }
  const head = lines(
    nothingOn !== null &&
      mrkdwn`Nothing is entered for ${datesText(nothingOn, nothingOn, locale)}.`,
    mrkdwn`*Time off entered for ${whose}:*`,
  );
  return message(head, [
    section(head),
    ...entries.slice(0, SHOWN).map((entry) =>
      section(mrkdwn`${datesText(entry.from, entry.to, locale)}`, {
        accessory: cancelButton(entry, locale),
      }),
    ),
  ]);
}

/** To a rep: their manager has entered it. */
export function awayNotedMessage(entry: AwayEntry, locale: string): Message {
  const words = mrkdwn`${mention(entry.addedBy)} noted that you’re away: *${datesText(entry.from, entry.to, locale)}*. No nudges then, and nothing counts as missed.`;
  return message(words, [section(words), actions([cancelButton(entry, locale)])]);
}
