/** Time off: the form with what is entered, and the messages about it. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { DaysOff } from '../../input/days-off-scene.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { choice, date, optional, orElse } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { selectInput } from '../../slack/inputs.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import { AFTERNOON, HALF, MORNING, WHOLE_DAY } from '../../time/part-of-day.ts';
import { awayCancel, awayCancelDays, awayEnter, awayPerson } from '../ids.ts';
import { daysOffText } from '../words-view.ts';

export interface AwayEntry extends DaysOff {
  id: string;
  addedBy: string;
}

interface AwayList {
  entries: readonly AwayEntry[];
  /** What the agreed plan has of its own. */
  planned: readonly { from: string; to: string }[];
}

/** `about`: whose it is, by their user id. */
export interface AwayScreen extends Shown<string, NumberStyle>, AwayList {
  person: { userId: string; name: string };
  readerId: string;
  /** A manager's reps, whose time off can be entered too. */
  reps: readonly { userId: string; name: string }[];
  notice?: SlackText | undefined;
}

/** A page of entries; more are counted. */
const SHOWN = 20;
/** Longer is rather a slip of the finger. */
const LONGEST_DAYS = 366;

const PARTS = {
  whole: { label: 'Whole days', part: WHOLE_DAY },
  morning: { label: 'The morning', part: MORNING },
  afternoon: { label: 'The afternoon', part: AFTERNOON },
  half: { label: 'Half a day, either', part: HALF },
};
type PartName = keyof typeof PARTS;
const PART_CHOICES = (Object.keys(PARTS) as PartName[]).map((value) => {
  return { value, label: PARTS[value].label };
});

export const awayForm = form({
  id: 'away_form',
  about: z.string(),
  fields: (_style: NumberStyle) => ({
    from: date({ label: 'First day away' }),
    to: optional(date({ label: 'Last day away', hint: 'Empty: one day only.' })),
    part: orElse(
      choice({ label: 'How much of it?', hint: 'Half a day has half a day’s plan.' }, PART_CHOICES),
      'whole',
    ),
  }),
  check({ from, to, part }) {
    const problem = rangeProblem(from, to ?? from);
    if (problem !== null) return [{ path: 'to', problem }];
    const isPart = part !== 'whole' && to !== null && to !== from;
    return isPart
      ? [{ path: 'part', problem: 'A part is of one day: leave the last day empty.' }]
      : [];
  },
  apply: ({ from, to, part }): DaysOff[] => [{ from, to: to ?? from, ...PARTS[part].part }],
  frame: () => ({ title: 'Time off', submit: 'Add', close: 'Done' }),
  arrange: ({ from, to, part }, screen: AwayScreen) => [
    ...(screen.notice ? [section(screen.notice)] : []),
    section(
      mrkdwn`*Away is never a miss.* No nudges on those days, and what is planned shrinks with them.`,
    ),
    ...whose(screen),
    ...from,
    ...to,
    ...part,
    context(
      'Or in words: `/bigplan away tomorrow afternoon`, `back on monday`, `24 Dec and 31 Dec`.',
    ),
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

function entryRows(screen: AwayScreen): KnownBlock[] {
  const { person, readerId, entries, planned, style } = screen;
  if (entries.length + planned.length === 0) {
    const isOwn = person.userId === readerId;
    return [
      context(isOwn ? 'No time off is entered.' : `No time off of ${person.name} is entered.`),
    ];
  }
  return listRows({ entries, planned }, person, style.locale);
}

/** What was entered, each with its way back, and what the plan has, which is changed there. */
function listRows(
  { entries, planned }: AwayList,
  { userId }: { userId: string },
  locale: string,
): KnownBlock[] {
  const own = planned.map(({ from, to }) => daysOffText({ from, to, ...WHOLE_DAY }, locale));
  return [
    ...entries.slice(0, SHOWN).map((entry) => {
      const by =
        entry.addedBy === userId ? mrkdwn`` : mrkdwn`, entered by ${mention(entry.addedBy)}`;
      return section(mrkdwn`*${daysOffText(entry, locale)}*${by}`, {
        accessory: cancelButton(entry, locale),
      });
    }),
    ...(entries.length > SHOWN ? [context(`${entries.length - SHOWN} more, later.`)] : []),
    ...own.slice(0, SHOWN).map((days) => section(mrkdwn`*${days}*, in the agreed plan`)),
    ...(own.length > 0
      ? [context('What is in the agreed plan changes with the plan: `/bigplan` opens it.')]
      : []),
  ];
}

function cancelButton(entry: AwayEntry, locale: string, text = 'Cancel it') {
  const { id } = entry;
  return button(text, {
    ...awayCancel.numbered(id, id),
    spoken: truncate(`Cancel ${daysOffText(entry, locale)}`, 75),
  });
}

interface Reader {
  person: { userId: string };
  readerId: string;
  locale: string;
}

/** What was entered, with the way back, and the other reading where there is one. */
export function awayMessage(
  entered: {
    /** As it was said. */
    days: readonly DaysOff[];
    /** What holds these days now. */
    entries: readonly AwayEntry[];
    /** How many of the days would have been worked, halves as such. */
    workingDays: number;
    /** The next working day; null where there are several before and after. */
    back: string | null;
  },
  { person, readerId, locale, orElse }: Reader & { orElse: EnterChoice | null },
): Message {
  const { days, entries, workingDays, back } = entered;
  const who =
    person.userId === readerId ? mrkdwn`You’re away` : mrkdwn`${mention(person.userId)} is away`;
  const said = days.map((one) => daysOffText(one, locale));
  const held = entries.map((one) => daysOffText(one, locale));
  const others = held.filter((text) => !said.includes(text));
  const words = lines(
    mrkdwn`✓ *${who}: ${said.join(' · ')}.*`,
    others.length > 0 && mrkdwn`With what was entered: ${others.join(' · ')}.`,
    countText(workingDays, locale),
    back !== null && mrkdwn`Back on *${dayText(back, locale)}*.`,
  );
  const isOne = entries.length === 1;
  return message(words, [
    section(words),
    actions([
      ...entries
        .slice(0, SHOWN)
        .map((entry) =>
          cancelButton(
            entry,
            locale,
            isOne ? 'Cancel it' : truncate(`Cancel ${daysOffText(entry, locale)}`, 75),
          ),
        ),
      ...(orElse ? [otherButton(orElse, locale)] : []),
    ]),
  ]);
}

function countText(workingDays: number, locale: string): string {
  if (workingDays === 0) return 'No working day among them, so nothing is asked then anyway.';
  if (workingDays === 0.5)
    return 'Half a day’s plan is left, and no call block in the hours off is asked about.';
  const count =
    workingDays === 1 ? 'One working day' : `${formatCount(workingDays, locale, 1)} working days`;
  return `${count}: no nudges, and nothing counts as missed.`;
}

const dayText = (date: string, locale: string) =>
  daysOffText({ from: date, to: date, ...WHOLE_DAY }, locale);

type EnterChoice = Parameters<typeof awayEnter.with>[0];

function otherButton(choice: EnterChoice, locale: string) {
  const last = choice.days.at(-1);
  const text = last ? `No, last day ${dayText(last.to, locale)}` : 'Another reading';
  return button(truncate(text, 75), awayEnter.with(choice));
}

/** What was said has several readings, or none in which anybody works: each is a button. */
export function awayAskMessage(
  asked: { why: 'two_readings' | 'no_working_day'; readings: readonly DaysOff[][] },
  { person, readerId, locale }: Reader,
): Message {
  const text = (days: readonly DaysOff[]) =>
    days.map((one) => daysOffText(one, locale)).join(' · ');
  const isOwn = person.userId === readerId;
  const said = text(asked.readings.at(-1) ?? []);
  const whose = isOwn ? mrkdwn`` : mrkdwn` for ${mention(person.userId)}`;
  const words =
    asked.why === 'two_readings'
      ? mrkdwn`That can be read in ${asked.readings.length === 2 ? 'two' : 'several'} ways. *Which days${whose}?*`
      : mrkdwn`*${said}* is no working day. *Which is meant${whose}?*`;
  return message(words, [
    section(words),
    actions(
      asked.readings.map((days, index) =>
        button(truncate(text(days), 75), {
          ...awayEnter.numbered(String(index), { person: person.userId, days: [...days] }),
        }),
      ),
    ),
    context('Nothing is entered yet.'),
  ]);
}

/** Of a longer absence only some days are to be cancelled, or all of it. */
export function awayCancelAskMessage(
  entry: AwayEntry,
  only: { from: string; to: string },
  locale: string,
): Message {
  const some = daysOffText({ ...only, share: entry.share, hours: entry.hours }, locale);
  const whole = daysOffText(entry, locale);
  const words = mrkdwn`*${some}* is part of *${whole}*. Which is cancelled?`;
  return message(words, [
    section(words),
    actions([
      button(truncate(`Only ${some}`, 75), awayCancelDays.with({ id: entry.id, ...only })),
      cancelButton(entry, locale, truncate(`All of ${whole}`, 75)),
    ]),
  ]);
}

/** What has been cancelled; null: it isn't there any more. */
export function awayCancelledText(
  entry: (AwayEntry & { person: { userId: string } }) | null,
  facts: { readerId: string; locale: string },
): Mrkdwn {
  if (!entry) {
    return mrkdwn`That entry is gone already: cancelled, or one with another by now. \`/bigplan away list\` shows what there is.`;
  }
  const whose =
    entry.person.userId === facts.readerId ? mrkdwn`` : mrkdwn` of ${mention(entry.person.userId)}`;
  return mrkdwn`Cancelled: time off${whose}, ${daysOffText(entry, facts.locale)}. Nudges come as planned.`;
}

/** `/bigplan away list`; `nothingOn`: the days that were to be cancelled and on which nothing is entered. */
export function awayListMessage(
  list: AwayList,
  { person, readerId, locale }: Reader,
  nothingOn: readonly DaysOff[] | null = null,
): Message {
  const whose = person.userId === readerId ? mrkdwn`you` : mention(person.userId);
  const on = nothingOn?.map((one) => daysOffText(one, locale)).join(' · ') ?? null;
  const isPlanned =
    nothingOn?.some(({ from, to }) =>
      list.planned.some((one) => one.from <= to && from <= one.to),
    ) ?? false;
  const nothing =
    on === null
      ? null
      : isPlanned
        ? mrkdwn`${on}: that is in the agreed plan, and changes with it.`
        : mrkdwn`Nothing is entered for ${on}.`;
  if (list.entries.length + list.planned.length === 0) {
    const words = lines(
      nothing,
      mrkdwn`No time off is entered for ${whose}. Try \`/bigplan away 5 Jul – 16 Jul\`, \`away tomorrow afternoon\` or \`away back on monday\`.`,
    );
    return message(words, [section(words)]);
  }
  const head = lines(nothing, mrkdwn`*Time off for ${whose}:*`);
  return message(head, [section(head), ...listRows(list, person, locale)]);
}

/** To a rep: their manager has entered it. */
export function awayNotedMessage(entry: AwayEntry, locale: string): Message {
  const words = mrkdwn`${mention(entry.addedBy)} noted that you’re away: *${daysOffText(entry, locale)}*. No nudges then, and nothing counts as missed.`;
  return message(words, [section(words), actions([cancelButton(entry, locale)])]);
}
