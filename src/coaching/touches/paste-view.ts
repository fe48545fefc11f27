/** The form in which prospects and touches are pasted, and what came of it. */
import { z } from 'zod';
import { forWhom } from '../../actuals/words-view.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { choice, notAsked, optional, radio, textLines } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { prospectsOpen, touchPasteOpen, touchPastePutBack, touchPasteUndo } from './ids.ts';
import { type PastedTouch, type PasteStyle, readPasted } from './read-pasted.ts';
import type { PasteDoubts, PasteOutcome } from './record-pasted.ts';
import { type KeptPaste, TOUCH_KINDS } from './schemas.ts';
import { TOUCH_NAMES, type TouchReader } from './words-view.ts';

/** What is in doubt is asked in the form itself. */
interface PasteFormStyle extends PasteStyle {
  doubts: PasteDoubts;
}

const PasteAbout = z.object({ rep: z.string() });
type PasteAbout = z.infer<typeof PasteAbout>;

interface PasteScreen extends Shown<PasteAbout, PasteFormStyle> {
  userId: string;
}

const MOST_NAMED = 5;
const NAME_SHOWN = 40;

export const touchPasteForm = form({
  id: 'touch_paste_form',
  about: PasteAbout,
  fields: (style: PasteFormStyle) => ({
    pasted: textLines<PastedTouch[]>(
      {
        label: 'Prospects and touches, a line each',
        hint: 'Who, kind, subject, date; or with a line of headings in any order, as an export has them. A name alone is a prospect.',
        placeholder: 'Acme, call, pricing, 2027-03-01',
      },
      { schema: () => readPasted(style), write: () => '' },
    ),
    usual: optional(
      choice(
        {
          label: 'What is it where a line doesn’t say?',
          placeholder: 'Something else',
        },
        TOUCH_KINDS.map((value) => ({ value, label: TOUCH_NAMES[value] })),
      ),
    ),
    near: style.doubts.near.length > 0 ? nearField(style.doubts.near) : notAsked,
    twice: style.doubts.twice.length > 0 ? twiceField(style.doubts.twice) : notAsked,
  }),
  frame: (_screen: PasteScreen) => ({ title: 'Paste touches', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs, { about, userId }) => [
    ...(about.rep === userId ? [] : [section(mrkdwn`For ${mention(about.rep)}`)]),
    ...inputs.near,
    ...inputs.twice,
    ...inputs.pasted,
    ...inputs.usual,
    context(
      'What somebody read, opened or attended counts too: paste what your webinar or mail tool exports.',
    ),
  ],
});

function nearField(near: PasteDoubts['near']) {
  const named = near
    .slice(0, MOST_NAMED)
    .map(({ name, known }) => `${truncate(name, NAME_SHOWN)} = ${truncate(known, NAME_SHOWN)}`);
  const more = near.length - MOST_NAMED;
  return radio(
    {
      label: 'Some names are near ones that you have. Are they the same?',
      hint: truncate([...named, ...(more > 0 ? [`and ${more} more`] : [])].join(' · '), 1_000),
    },
    [
      { value: 'same', label: 'They are the same' },
      { value: 'others', label: 'They are others' },
    ],
  );
}

function twiceField(twice: readonly string[]) {
  const named = twice.slice(0, MOST_NAMED).map((name) => truncate(name, NAME_SHOWN));
  const more = twice.length - MOST_NAMED;
  return radio(
    {
      label: 'Some lines are there already, word for word. Once more?',
      hint: truncate([...named, ...(more > 0 ? [`and ${more} more`] : [])].join(' · '), 1_000),
    },
    [
      { value: 'leave', label: 'Leave them out' },
      { value: 'again', label: 'Enter them again' },
    ],
  );
}

const touches = (count: number, locale: string) =>
  `${formatCount(count, locale)} ${count === 1 ? 'touch' : 'touches'}`;

export function touchesPastedMessage(
  { touches: count, prospects, added, left }: Extract<PasteOutcome, { kind: 'entered' }>,
  { id, repId }: { id: string; repId: string },
  reader: TouchReader,
): Message {
  const { locale } = reader;
  const number = (value: number) => formatCount(value, locale);
  const of = `${number(prospects)} ${prospects === 1 ? 'prospect' : 'prospects'}`;
  const head =
    count > 0
      ? mrkdwn`✓ *${touches(count, locale)} noted* of ${of}${forWhom(repId, reader)}`
      : mrkdwn`✓ *No touch noted*${forWhom(repId, reader)}`;
  const words = lines(
    head,
    added > 0 && mrkdwn`${number(added)} ${added === 1 ? 'is' : 'are'} new in the list.`,
    left > 0 &&
      mrkdwn`${number(left)} ${left === 1 ? 'line was' : 'lines were'} there already and left out.`,
  );
  return message(words, [
    section(words),
    actions([
      ...(count + added > 0
        ? [button('Undo', { ...touchPasteUndo.with(id), spoken: 'Undo all that was pasted' })]
        : []),
      button('Paste more…', touchPasteOpen.with(repId)),
      button(
        repId === reader.userId ? 'My prospects' : 'Their prospects',
        prospectsOpen.with(repId),
      ),
    ]),
  ]);
}

export function pasteUndoneMessage(kept: KeptPaste, reader: TouchReader): Message {
  const count = touches(kept.touches.length, reader.locale);
  const words = mrkdwn`Undone: ${count} that were pasted, and whom only they named.`;
  return message(words, [
    section(words),
    actions([
      button('Put it back', { ...touchPastePutBack.with(kept), spoken: 'Put back all of it' }),
      button('Paste again…', touchPasteOpen.with(kept.rep)),
    ]),
  ]);
}
