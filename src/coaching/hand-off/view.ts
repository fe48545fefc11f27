/** The hand-off card: shown, kept, and the line that leads to it where something is prepared. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { notes, users } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { handOffEdit, handOffKeepers, handOffLeave, handOffOpen, handOffTrue } from './ids.ts';
import type { CardAge, CardWords, HandOffCard } from './store.ts';

const DAY_MS = 86_400_000;

const CARD_FIELDS: Record<keyof CardWords, { label: string; placeholder: string }> = {
  persona: { label: 'Whom we sell to', placeholder: 'Head of operations, 200 to 2,000 people' },
  promise: { label: 'What the brand promises', placeholder: 'Live in two weeks, or you don’t pay' },
  painPoints: { label: 'Their pain points', placeholder: 'Audits eat a week every quarter' },
  content: { label: 'Content to send, with links', placeholder: 'https://example.com/case-study' },
  news: { label: 'News of product and competitors', placeholder: 'Export to SAP since March' },
};
const PATHS = ['persona', 'promise', 'painPoints', 'content', 'news'] as const;
const MOST_IN_A_FIELD = 1_500;

/** `21 days old`. */
export function ageText(
  { updatedAt }: Pick<CardAge, 'updatedAt'>,
  now: Date,
  locale: string,
): string {
  const days = Math.max(0, Math.floor((now.getTime() - updatedAt.getTime()) / DAY_MS));
  if (days === 0) return 'new today';
  return `${formatCount(days, locale)} ${days === 1 ? 'day' : 'days'} old`;
}

/** One line where a touch, a block or an hour is prepared; none while there is no card. */
export function handOffLine(age: CardAge | null, now: Date, locale: string): KnownBlock[] {
  if (age === null) return [];
  return [
    section(mrkdwn`*Hand-off card* · ${ageText(age, now, locale)}`, {
      accessory: button('Read it', { ...handOffOpen.with(), spoken: 'Read the hand-off card' }),
    }),
  ];
}

export interface HandOffScreen {
  card: HandOffCard | null;
  keepers: readonly string[];
  /** Whether the reader may change it, and say who keeps it. */
  may: { edit: boolean; name: boolean };
  now: Date;
  locale: string;
}

export function handOffView({ card, keepers, may, now, locale }: HandOffScreen): ModalView {
  const kept =
    keepers.length > 0 ? mrkdwn`Kept by ${listed(keepers)}` : mrkdwn`Nobody keeps it yet`;
  const buttons = [
    ...(may.edit ? [button(card ? 'Edit…' : 'Write it…', handOffEdit.with())] : []),
    ...(may.edit && card ? [button('It still holds', handOffTrue.with())] : []),
    ...(may.name ? [button('Who keeps it…', handOffKeepers.with())] : []),
  ];
  return modal({
    title: 'Hand-off card',
    close: 'Done',
    blocks: [
      ...(card === null
        ? [section(EMPTY)]
        : PATHS.filter((path) => card.words[path] !== '').map((path) =>
            section(lines(mrkdwn`*${CARD_FIELDS[path].label}*`, card.words[path])),
          )),
      context(card ? mrkdwn`${ageText(card, now, locale)} · ${kept}` : kept),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
    ],
  });
}

const EMPTY = mrkdwn`*What marketing hands to sales will stand here:* whom we sell to, what the brand promises, their pain points, content to send, news of product and competitors. It is shown where a touch, a call block or a coaching hour is prepared.`;

function listed(userIds: readonly string[]): Mrkdwn {
  const [first, ...rest] = userIds;
  const more = rest.length === 0 ? '' : ` and ${rest.length} more`;
  return first === undefined ? mrkdwn`` : mrkdwn`${mention(first)}${more}`;
}

const Nothing = z.object({});
type Nothing = z.infer<typeof Nothing>;

export const handOffForm = form({
  id: 'hand_off_form',
  about: Nothing,
  fields: (_style: NumberStyle) => ({
    persona: notes(CARD_FIELDS.persona, MOST_IN_A_FIELD),
    promise: notes(CARD_FIELDS.promise, MOST_IN_A_FIELD),
    painPoints: notes(CARD_FIELDS.painPoints, MOST_IN_A_FIELD),
    content: notes(CARD_FIELDS.content, MOST_IN_A_FIELD),
    news: notes(CARD_FIELDS.news, MOST_IN_A_FIELD),
  }),
  check: (words) =>
    PATHS.some((path) => words[path] !== '')
      ? []
      : [
          {
            path: 'persona',
            problem: 'Something has to stand on it: begin with whom you sell to.',
          },
        ],
  frame: (_screen: Shown<Nothing, NumberStyle>) => ({
    title: 'Hand-off card',
    submit: 'Save',
    close: 'Cancel',
  }),
});

export const handOffKeepersForm = form({
  id: 'hand_off_keepers_form',
  about: Nothing,
  fields: (_style: NumberStyle) => ({
    keepers: users({
      label: 'Who keeps the hand-off card?',
      hint: 'Of marketing. They are reminded once in a while when it grows old.',
    }),
  }),
  frame: (_screen: Shown<Nothing, NumberStyle>) => ({
    title: 'Hand-off card',
    submit: 'Save',
    close: 'Cancel',
  }),
});

/** To whoever keeps it, seldom. */
export function handOffOldMessage(age: CardAge, now: Date, locale: string): Message {
  const words = mrkdwn`*The hand-off card is ${ageText(age, now, locale)}.* Sales reads it before calls: does it still hold?`;
  return message(words, [
    section(words),
    actions([
      button('It still holds', { ...handOffTrue.with(), style: 'primary' }),
      button('Edit…', handOffEdit.with()),
      button('I keep it no longer', handOffLeave.with()),
    ]),
  ]);
}

/** What that turns into. */
export function handOffFreshMessage(age: CardAge, now: Date, locale: string): Message {
  const words = mrkdwn`✓ The hand-off card is ${ageText(age, now, locale)}.`;
  return message(words, [section(words)]);
}
