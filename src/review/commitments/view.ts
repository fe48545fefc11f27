/** What somebody takes on: its form, its line among others, and what its owner is told. */
import type { KnownBlock } from '@slack/types';
import { causeInLine, quote } from '../../activity/words-view.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { date, text, user } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import type { BriefFunction } from '../brief/schemas.ts';
import { monthName } from '../words-view.ts';
import {
  commitmentDone,
  commitmentMenu,
  commitmentOpen,
  commitmentPutBack,
  commitmentUndone,
} from './ids.ts';
import { CommitmentAbout, MOST_IN_A_COMMITMENT } from './schemas.ts';
import type { Commitment, CommitmentOrigin } from './store.ts';

export const FUNCTION_NAMES: Record<BriefFunction, string> = {
  marketing: 'Marketing',
  pr: 'PR',
  sales: 'Sales',
};

/** `“Too few leads”, named in March`. */
export function originText(origin: CommitmentOrigin, locale: string): string {
  if (origin.kind === 'sync') return `${FUNCTION_NAMES[origin.function]}, in the weekly sync`;
  return `“${causeInLine(origin.cause)}”, named in ${monthName(origin.month, locale)}`;
}

interface CommitmentFormScreen extends Shown<CommitmentAbout, NumberStyle> {
  /** What it is about. */
  origin: CommitmentOrigin;
}

export const commitmentForm = form({
  id: 'commitment_form',
  about: CommitmentAbout,
  fields: (_style: NumberStyle) => ({
    owner: user({ label: 'Who does it?', hint: 'One person.' }),
    text: text(
      { label: 'What will be done?', hint: 'So clear that everybody knows when it is done.' },
      MOST_IN_A_COMMITMENT,
      { multiline: true },
    ),
    due: date({ label: 'By when?' }),
  }),
  frame: ({ about }: CommitmentFormScreen) => ({
    title: about.kind === 'one' ? 'Edit it' : 'Owner, what, by when',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs, { origin, style }) => [
    section(mrkdwn`${capitalised(originText(origin, style.locale))}`),
    ...inputs.owner,
    ...inputs.text,
    ...inputs.due,
    context(
      origin.kind === 'cause'
        ? 'The reps who named it read this in a check-in, and before their next 1:1.'
        : 'It stands in the sync’s channel until it is done.',
    ),
  ],
});

const capitalised = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** Among others; its form has all of it. */
const IN_A_LINE = 160;

/** `@Max: two more SDRs · by Apr 30`, ticked where it is done. */
export function commitmentLine(
  { ownerId, text: what, due, doneAt }: Commitment,
  { today, locale }: { today: string; locale: string },
): Mrkdwn {
  const mark = doneAt === null ? '' : '✓ ';
  const late = doneAt === null && due < today ? ', overdue' : '';
  return mrkdwn`${mark}${mention(ownerId)}: ${truncate(what, IN_A_LINE)} · by ${formatDate(due, locale, 'day')}${late}`;
}

/** A line with what can be done about it. */
export function commitmentRow(
  commitment: Commitment,
  reader: { today: string; locale: string },
): KnownBlock {
  const { id, doneAt } = commitment;
  const option = (what: 'done' | 'undone' | 'edit' | 'remove', label: string) => ({
    value: commitmentMenu.write({ what, id }),
    label,
  });
  return section(commitmentLine(commitment, reader), {
    accessory: overflow(commitmentMenu.id, [
      doneAt === null ? option('done', 'Done') : option('undone', 'Not done yet'),
      option('edit', 'Edit…'),
      option('remove', 'Take it off'),
    ]),
  });
}

/** To its owner, on their Home, with what can be done about it. */
export function takenBlocks(
  { id, text: what, due, origin, doneAt }: Commitment,
  { today, locale }: { today: string; locale: string },
): KnownBlock[] {
  const late = daysBetween(due, today);
  const by = formatDate(due, locale, 'day');
  const when =
    late <= 0 ? mrkdwn`by ${by}` : mrkdwn`due ${by}, *${late} ${late === 1 ? 'day' : 'days'} late*`;
  const about = capitalised(originText(origin, locale));
  const short = truncate(what, IN_A_LINE);
  if (doneAt !== null) {
    const undo = { ...commitmentUndone.with(id), spoken: `Not done yet: ${truncate(what, 50)}` };
    return [section(mrkdwn`✓ ${short}`, { accessory: button('Not done yet', undo) })];
  }
  return [
    section(lines(mrkdwn`*›* ${short}`, mrkdwn`${when} · ${about}`)),
    actions([
      button('Done', { ...commitmentDone.with(id), spoken: `Done: ${truncate(what, 50)}` }),
      button('Another day or person…', {
        ...commitmentOpen.with({ kind: 'one', id }),
        spoken: `Another day or person for: ${truncate(what, 40)}`,
      }),
    ]),
  ];
}

/** To its owner, whom somebody else put down. */
export function commitmentTakenMessage(
  commitment: Commitment,
  reader: { today: string; locale: string },
): Message {
  const { id, createdBy, text: what, due, origin, doneAt, removedAt } = commitment;
  const about = originText(origin, reader.locale);
  if (removedAt !== null) {
    const words = mrkdwn`Taken off: ${truncate(what, MOST_IN_A_COMMITMENT)} (${about}).`;
    return message(words, [section(words)]);
  }
  const words = lines(
    mrkdwn`${doneAt === null ? '' : '✓ '}${mention(createdBy)} put you down for this, by *${formatDate(due, reader.locale, 'day')}*:`,
    quote(truncate(what, MOST_IN_A_COMMITMENT)),
    mrkdwn`It is about ${about}.`,
  );
  return message(words, [
    section(words),
    actions([
      doneAt === null
        ? button('Done', { ...commitmentDone.with(id), style: 'primary' })
        : button('Not done yet', commitmentUndone.with(id)),
      button('Another day or person…', commitmentOpen.with({ kind: 'one', id })),
    ]),
  ]);
}

/** Once it is off the list. */
export function commitmentRemovedMessage(commitment: Commitment, locale: string): Message {
  const { id, text: what, origin } = commitment;
  const words = mrkdwn`Taken off: ${truncate(what, MOST_IN_A_COMMITMENT)} (${originText(origin, locale)}).`;
  return message(words, [
    section(words),
    actions([button('Put it back', commitmentPutBack.with(id))]),
  ]);
}

/** To a rep who named a cause: who took it on, and that it is done. */
export function causeTakenText(
  { ownerId, text: what, due, origin, doneAt }: Commitment,
  locale: string,
): Mrkdwn {
  if (origin.kind !== 'cause') return mrkdwn``;
  const named = mrkdwn`You named “${causeInLine(origin.cause)}” for ${monthName(origin.month, locale)}:`;
  const it = truncate(what, MOST_IN_A_COMMITMENT);
  if (doneAt !== null) return mrkdwn`${named} ✓ ${mention(ownerId)} has done what was said: ${it}`;
  return mrkdwn`${named} ${mention(ownerId)} took it on, by ${formatDate(due, locale, 'day')}: ${it}`;
}
