/** The form for an objection, and what a team has met. */
import type { KnownBlock, ModalView, Overflow } from '@slack/types';
import { z } from 'zod';
import { mentions } from '../../people/names-view.ts';
import { actions, button, context, divider, overflow, section } from '../../slack/blocks.ts';
import { choice, optional, paragraph, radio } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, formatDate, type NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import {
  objectionEdit,
  objectionMenu,
  objectionOpen,
  objectionPutBack,
  objectionRemove,
  recognitionOpen,
} from '../ids.ts';
import { OBJECTION_GROUPS, OBJECTION_SOURCES } from '../schemas.ts';
import type { Objection } from '../store.ts';
import { OBJECTION_NAMES, objectionInLine, objectionsText } from '../words-view.ts';
import { canEdit, type ObjectionCount } from './group-rules.ts';

const ObjectionAbout = z.object({
  source: z.enum(OBJECTION_SOURCES),
  /** Slack's user id; empty: the reader's own. */
  repId: z.string(),
  /** Local date; empty: today. */
  date: z.string().default(''),
  /** Which one is changed; empty: it is a new one. */
  objectionId: z.string().default(''),
});
export type ObjectionAbout = z.infer<typeof ObjectionAbout>;

const MOST_WORDS = 300;

export const objectionForm = form({
  id: 'objection',
  about: ObjectionAbout,
  fields: (_style: NumberStyle) => ({
    about: choice(
      { label: 'What was it about?' },
      OBJECTION_GROUPS.map((value) => ({ value, label: OBJECTION_NAMES[value] })),
    ),
    handled: radio({ label: 'Handled?' }, [
      { value: 'yes', label: 'Yes: it went on' },
      { value: 'no', label: 'Not yet' },
    ]),
    words: optional(paragraph({ label: 'What was said, in a few words' }, MOST_WORDS)),
    answer: optional(
      paragraph(
        { label: 'What was answered', hint: 'What worked, or what might have.' },
        MOST_WORDS,
      ),
    ),
  }),
  apply: ({ handled, ...rest }) => ({ ...rest, handled: handled === 'yes' }),
  frame: ({ about: { objectionId } }) => ({
    title: 'An objection',
    submit: objectionId === '' ? 'Log it' : 'Save',
    close: 'Back',
  }),
  arrange: (inputs, { about }: Shown<ObjectionAbout, NumberStyle>) => [
    ...(about.repId === '' ? [] : [section(mrkdwn`Met by *${mention(about.repId)}*.`)]),
    ...Object.values(inputs).flat(),
    context('The words are read by the rep and whoever coaches them. Your team sees counts alone.'),
  ],
});

/** What came of the form, with the way back. */
export function objectionLoggedView(objection: Objection, readerId: string): ModalView {
  const { id, about, handled, repId, source, removedAt } = objection;
  const words = removedAt
    ? mrkdwn`Taken away: ${objectionInLine(about)}.`
    : mrkdwn`✓ *Logged:* ${objectionInLine(about)}, ${handled ? 'handled' : 'not handled yet'}.`;
  const whose = repId === readerId ? '' : repId;
  return modal({
    title: 'An objection',
    close: 'Done',
    blocks: [
      section(words),
      actions([
        removedAt
          ? button('Put it back', objectionPutBack.with(id))
          : button('Undo', { ...objectionRemove.with(id), spoken: 'Take the objection away' }),
        ...(removedAt || !canEdit(objection, readerId)
          ? []
          : [button('Edit…', { ...objectionEdit.with(id), spoken: 'Edit the objection' })]),
        button('Another…', objectionOpen.with({ source, repId: whose })),
      ]),
    ],
  });
}

export interface ObjectionsScreen {
  /** The reader's own, newest first. */
  own: readonly Objection[];
  /** What the reader logged for reps of theirs. */
  logged: readonly Objection[];
  readerId: string;
  counts: readonly ObjectionCount[];
  rolePlays: readonly (ObjectionCount & { who: readonly string[] })[];
  /** The reader agreed to be named. */
  isNamed: boolean;
  locale: string;
}

const MOST_COUNTS = 5;
const MOST_ROLE_PLAYS = 4;
const MOST_OWN = 10;

export function objectionsView(screen: ObjectionsScreen): ModalView {
  const { own, logged, counts, rolePlays, isNamed, locale, readerId } = screen;
  const isEmpty = counts.length === 0;
  return modal({
    title: 'Objections',
    close: 'Close',
    blocks: [
      section(
        isEmpty
          ? mrkdwn`*No objections logged yet.* Two taps after a call, and in a few weeks this shows what comes most, and who has an answer to it.`
          : lines(
              mrkdwn`*What your team met in eight weeks*`,
              mrkdwn`${objectionsText(counts.slice(0, MOST_COUNTS), locale)}.`,
            ),
      ),
      actions([
        button('Log an objection…', {
          ...objectionOpen.with({ source: 'command', repId: '' }),
          style: 'primary' as const,
        }),
        ...(isNamed ? [] : [button('May I be named?…', recognitionOpen.with())]),
      ]),
      ...(rolePlays.length > 0
        ? [
            divider(),
            section(
              lines(
                mrkdwn`*Worth a role-play, and the next product and competitor training*`,
                ...rolePlays.slice(0, MOST_ROLE_PLAYS).map((one) => rolePlayText(one, locale)),
              ),
            ),
          ]
        : []),
      ...(own.length > 0 ? [divider(), section(mrkdwn`*Your own*`)] : []),
      ...own.slice(0, MOST_OWN).map((one) => objectionRow(one, locale, readerId)),
      ...leftOf(own, locale),
      ...(logged.length > 0 ? [divider(), section(mrkdwn`*What you logged for others*`)] : []),
      ...logged.slice(0, MOST_OWN).map((one) => objectionRow(one, locale, readerId)),
      ...leftOf(logged, locale),
    ],
  });
}

/** `Price: 7 met, 2 handled. @max handles it well.` */
function rolePlayText(
  { about, count, handled, who }: ObjectionsScreen['rolePlays'][number],
  locale: string,
): Mrkdwn {
  const met = `${formatCount(count, locale)} met, ${formatCount(handled, locale)} handled`;
  const by =
    who.length === 0
      ? mrkdwn``
      : mrkdwn` ${mentions(who.slice(0, 3))} ${who.length === 1 ? 'handles' : 'handle'} it well.`;
  return mrkdwn`*${OBJECTION_NAMES[about]}*: ${met}.${by}`;
}

/** Older ones count, and stand here no more. */
function leftOf({ length }: readonly Objection[], locale: string): KnownBlock[] {
  const left = length - MOST_OWN;
  return left > 0 ? [context(`${formatCount(left, locale)} before these.`)] : [];
}

function objectionRow(objection: Objection, locale: string, readerId: string): KnownBlock {
  const { repId, date, words, answer } = objection;
  return section(
    lines(
      mrkdwn`${formatDate(date, locale, 'day')}${repId === readerId ? '' : mrkdwn` · ${mention(repId)}`} · ${metText(objection)}`,
      words !== null && mrkdwn`“${truncate(words, 150)}”`,
      answer !== null && mrkdwn`→ “${truncate(answer, 150)}”`,
    ),
    { accessory: objectionChoices(objection, readerId) },
  );
}

/** `price, not handled yet`. */
const metText = ({ about, handled }: Objection): string =>
  `${objectionInLine(about)}, ${handled ? 'handled' : 'not handled yet'}`;

function objectionChoices(objection: Objection, readerId: string): Overflow {
  const { id } = objection;
  const choice = (what: 'edit' | 'remove', label: string) => ({
    value: objectionMenu.write({ what, id }),
    label,
  });
  const taken = choice('remove', 'Take it away');
  return overflow(
    objectionMenu.id,
    canEdit(objection, readerId) ? [choice('edit', 'Edit…'), taken] : [taken],
  );
}

/** More of a day stand in the list. */
const MOST_OF_DAY = 3;

/** In the check-in of a day that is logged: what was met, without its words, and the way to log one. */
export function objectionsOfDay(
  met: readonly Objection[],
  { date, repId, locale }: { date: string; repId: string; locale: string },
): KnownBlock[] {
  const left = met.length - MOST_OF_DAY;
  const about = objectionOpen.with({ source: 'check_in', repId: '', date });
  return [
    ...met.slice(0, MOST_OF_DAY).map((one) =>
      section(mrkdwn`Objection: ${metText(one)}`, {
        accessory: objectionChoices(one, repId),
      }),
    ),
    ...(left > 0
      ? [context(mrkdwn`${formatCount(left, locale)} more under \`/bigplan objections\`.`)]
      : []),
    actions([button(met.length === 0 ? 'Met an objection?…' : 'Another objection…', about)]),
  ];
}
