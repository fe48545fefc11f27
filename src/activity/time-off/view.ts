/** Time off: the form with what is entered, and the messages about it. */
import type { ModalView } from '@slack/types';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { dateInput, selectInput } from '../../slack/inputs.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import { datesText } from '../words-view.ts';

export interface AwayEntry {
  id: string;
  from: string;
  to: string;
  addedBy: string;
}

export interface AwayScreen {
  person: { userId: string; name: string };
  readerId: string;
  locale: string;
  entries: readonly AwayEntry[];
  /** A manager's reps, whose time off can be entered too. */
  reps: readonly { userId: string; name: string }[];
  /** What the date fields begin with. */
  initial?: { from: string; to: string } | undefined;
  notice?: SlackText | undefined;
  /** Tells one showing of the form from the one before, so that fields start afresh. */
  rev: string;
}

/** A page of entries; more are counted. */
const SHOWN = 20;

export function awayForm(screen: AwayScreen): ModalView {
  const { person, readerId, entries, reps, initial, notice, rev } = screen;
  const own = { value: readerId, label: 'Me' };
  const others = reps.filter(({ userId }) => userId !== readerId);
  const isOwn = person.userId === readerId;
  const field = (path: string, label: string) => ({ path, rev: `${rev}-${person.userId}`, label });
  return modal({
    title: 'Time off',
    callbackId: CALLBACK.away,
    submit: 'Add',
    close: 'Done',
    privateMetadata: person.userId,
    notifyOnClose: false,
    blocks: [
      ...(notice ? [section(notice)] : []),
      section(
        mrkdwn`*Away is never a miss.* No nudges on those days, and what is planned shrinks with them.`,
      ),
      ...(others.length > 0
        ? [
            selectInput({
              path: 'person',
              rev: 'person',
              label: 'Whose?',
              choices: [own, ...others.map(({ userId, name }) => ({ value: userId, label: name }))],
              initial: person.userId,
              dispatch: true,
              actionId: ACTION.awayPerson,
            }),
          ]
        : []),
      dateInput({ ...field('from', 'First day away'), initial: initial?.from }),
      dateInput({
        ...field('to', 'Last day away'),
        hint: 'Empty: one day only.',
        initial: initial?.to,
        optional: true,
      }),
      divider(),
      ...(entries.length === 0
        ? [context(isOwn ? 'No time off is entered.' : `No time off of ${person.name} is entered.`)]
        : entries.slice(0, SHOWN).map((entry) => entryRow(entry, screen))),
      ...(entries.length > SHOWN ? [context(`${entries.length - SHOWN} more, later.`)] : []),
    ],
  });
}

function entryRow(entry: AwayEntry, { person, locale }: AwayScreen) {
  const { id, from, to, addedBy } = entry;
  const by = addedBy === person.userId ? mrkdwn`` : mrkdwn`, entered by ${mention(addedBy)}`;
  return section(mrkdwn`*${datesText(from, to, locale)}*${by}`, {
    accessory: button('Cancel it', {
      actionId: numbered(ACTION.awayCancel, id),
      value: id,
      spoken: `Cancel ${datesText(from, to, locale)}`,
    }),
  });
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
  return message(words, [section(words), cancelRow(entry, locale)]);
}

export function awayCancelledText(
  entry: AwayEntry,
  facts: { person: { userId: string }; readerId: string; locale: string },
): Mrkdwn {
  const whose =
    facts.person.userId === facts.readerId ? mrkdwn`` : mrkdwn` of ${mention(facts.person.userId)}`;
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
        accessory: button('Cancel it', {
          actionId: numbered(ACTION.awayCancel, entry.id),
          value: entry.id,
          spoken: `Cancel ${datesText(entry.from, entry.to, locale)}`,
        }),
      }),
    ),
  ]);
}

/** To a rep: their manager has entered it. */
export function awayNotedMessage(entry: AwayEntry, locale: string): Message {
  const words = mrkdwn`${mention(entry.addedBy)} noted that you’re away: *${datesText(entry.from, entry.to, locale)}*. No nudges then, and nothing counts as missed.`;
  return message(words, [section(words), cancelRow(entry, locale)]);
}

function cancelRow({ id, from, to }: AwayEntry, locale: string) {
  return actions([
    button('Cancel it', {
      actionId: numbered(ACTION.awayCancel, id),
      value: id,
      spoken: `Cancel ${datesText(from, to, locale)}`,
    }),
  ]);
}
