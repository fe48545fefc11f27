/** What a pair has promised each other: the list, its rows wherever they stand, and the form of a new one. */
import type { Button, KnownBlock, ModalView, Overflow } from '@slack/types';
import { z } from 'zod';
import { planOpened } from '../../people/ids.ts';
import { actions, button, context, overflow, section } from '../../slack/blocks.ts';
import { json } from '../../slack/codec.ts';
import { date, radio, text } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { type Page, paginate } from '../../slack/paginate.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn, raw } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import { answerOpen, askOpen, promisesOpen, promisesPage, promiseTick } from '../ids.ts';
import { dateText } from '../recovery/words-view.ts';
import { ITEM_TEXT } from '../schemas.ts';
import { monthName } from '../words-view.ts';
import type { Owed, Promised } from './rules.ts';

/** Who reads, in their own words and by their own clocks. */
export interface PromiseReader {
  userId: string;
  locale: string;
  /** Local date. */
  today: string;
}

/** What it is, in a line; people's own words as they wrote them. */
function whatText({ kind, text, month, number }: Promised, { locale }: PromiseReader): Mrkdwn {
  if (kind === 'signature')
    return mrkdwn`Sign version ${number ?? 1} of the plan, or ask for changes`;
  if (kind === 'answer')
    return mrkdwn`Answer about ${monthName(month ?? '', locale)}, before the 1:1`;
  return mrkdwn`${text ?? ''}`;
}

function whenText({ due, done }: Promised, reader: PromiseReader): Mrkdwn | null {
  if (done)
    return done.by === reader.userId ? mrkdwn`done` : mrkdwn`done, says ${mention(done.by)}`;
  if (due === null) return mrkdwn`no date yet`;
  if (due === reader.today) return mrkdwn`due *today*`;
  const late = daysBetween(due, reader.today);
  const by = dateText(due, reader);
  if (late <= 0) return mrkdwn`by ${by}`;
  return mrkdwn`due ${by}, *${late} ${late === 1 ? 'day' : 'days'} late*`;
}

/** One promise with what can be done about it. `of`: says whose it is, or with whom. */
export function promiseRow(promised: Promised, reader: PromiseReader): KnownBlock {
  const { kind, month, ownerId, repId, done } = promised;
  const isOwn = ownerId === reader.userId;
  const other = isOwn
    ? reader.userId === repId
      ? null
      : mention(repId)
    : ownerId && mention(ownerId);
  const about = [
    other && mrkdwn`${isOwn ? 'for ' : ''}${other}`,
    whenText(promised, reader),
    kind === 'item' && month ? mrkdwn`${monthName(month, reader.locale)} review` : null,
  ].flatMap((part) => (part ? [part.mrkdwn] : []));
  const what = whatText(promised, reader);
  const press = accessoryOf(promised, reader);
  return section(
    lines(
      done ? mrkdwn`✓ ${what}` : mrkdwn`*›* ${what}`,
      about.length > 0 && raw(about.join(' · ')),
    ),
    { accessory: press ?? undefined },
  );
}

/** What can be done: whoever has asked the other can also take that back. */
function accessoryOf(promised: Promised, reader: PromiseReader): Button | Overflow | null {
  const { kind, id, ownerId, createdBy, done } = promised;
  const canTakeBack = createdBy === reader.userId && ownerId !== reader.userId && done === null;
  if (kind !== 'ask' || !canTakeBack) return buttonOf(promised, reader);
  return overflow(promiseTick.id, [
    { value: promiseTick.write({ kind, what: 'done', id }), label: 'Done' },
    { value: promiseTick.write({ kind, what: 'removed', id }), label: 'Take it back' },
  ]);
}

function buttonOf(promised: Promised, reader: PromiseReader): Button | null {
  const { kind, id, repId, ownerId } = promised;
  switch (kind) {
    case 'signature':
      return button('Open', { ...planOpened.with(repId), spoken: 'Open the plan that waits' });
    case 'answer':
      return ownerId === reader.userId
        ? button('Answer', { ...answerOpen.with(id), spoken: 'Answer before the 1:1' })
        : null;
    case 'commitment':
      // What others took on is theirs to tick.
      return ownerId === reader.userId ? tickButton(kind, promised) : null;
    case 'ask':
    case 'item':
      return tickButton(kind, promised);
  }
}

function tickButton(kind: 'ask' | 'item' | 'commitment', { id, text, done }: Promised): Button {
  const what = done ? 'undone' : 'done';
  const spoken = `${done ? 'Not done after all' : 'Done'}: ${truncate(text ?? '', 50)}`;
  return button(done ? 'Undo' : 'Done', { ...promiseTick.with({ kind, what, id }), spoken });
}

/** `✓ Done, says @max: a battle card for Acme`. */
export const promiseKeptText = (text: string, by: string): Mrkdwn =>
  mrkdwn`✓ Done, says ${mention(by)}: ${truncate(text, 150)}`;

/** `2, one overdue`; null where nothing is open. */
export function owedText({ open, overdue }: Owed): string | null {
  if (open === 0) return null;
  if (overdue === 0) return String(open);
  return open === overdue ? `${open} overdue` : `${open}, ${overdue} of them overdue`;
}

export interface PromisesScreen {
  reader: PromiseReader;
  promises: readonly Promised[];
  /** Of whom something can be asked: the rep's user id of the pair, and the other one's name. */
  ask: { repId: string; name: string } | null;
  /** The reader leads a team: reps are asked from Home. */
  leads: boolean;
  /** Whose alone; null: all. */
  of: string | null;
}

const Place = z.object({ of: z.string().nullable(), page: z.int() });
export const promisesPlace = json(Place);

const PER_PAGE = 20;

/** `/bigplan promises`. */
export function promisesView(screen: PromisesScreen, page: number): ModalView {
  const { reader, promises, ask, of } = screen;
  const own = promises.filter(({ ownerId }) => ownerId === reader.userId);
  const others = promises.filter(({ ownerId }) => ownerId !== reader.userId);
  const shown = paginate([...own, ...others], page, PER_PAGE);
  const head = (at: number) => {
    const index = shown.offset + at;
    const isFirst = at === 0;
    if (index < own.length) return isFirst ? [section(mrkdwn`*You owe*`)] : [];
    return isFirst || index === own.length ? [section(mrkdwn`*You are owed*`)] : [];
  };
  return modal({
    title: 'Promises',
    close: 'Done',
    privateMetadata: promisesPlace.write({ of, page: shown.page }),
    blocks: [
      ...(ask ? [actions([button(`Ask ${ask.name}…`, askOpen.with(ask.repId))])] : []),
      ...(promises.length === 0 ? [section(emptyText(screen))] : []),
      ...shown.items.flatMap((one, at) => [...head(at), promiseRow(one, reader)]),
      ...pager(shown),
      context(
        'Only the two of you see what you promise each other. What is done stays for three days, to be taken back.',
      ),
    ],
  });
}

function emptyText({ ask, leads, of }: PromisesScreen): Mrkdwn {
  if (of !== null || ask !== null) {
    return mrkdwn`*Nothing is owed, either way.* What you ask each other for, what a recovery plan says, signatures that wait and what others took on of the causes that you named will stand here.`;
  }
  if (leads) {
    return mrkdwn`*Nothing is owed, either way.* Ask a rep for something from your Home, or with \`/bigplan promises @name\`.`;
  }
  return mrkdwn`*Nothing is owed.* Once somebody manages you, what you ask each other for will stand here.`;
}

function pager({ page, pages, previous, next }: Page<Promised>): KnownBlock[] {
  if (pages === 1) return [];
  const to = (label: string, at: number | null) =>
    at === null ? [] : [button(label, promisesPage.numbered(at, at))];
  return [
    actions([...to('Previous', previous), ...to('Next', next)]),
    context(`Page ${page + 1} of ${pages}`),
  ];
}

const AskAbout = z.object({
  repId: z.string(),
  /** It lies over the list, which shows this person's alone (null: all). */
  over: z.object({ of: z.string().nullable() }).nullable().default(null),
});

export interface AskStyle extends NumberStyle {
  repName: string;
  managerName: string | null;
  /** Whether the reader is the rep. */
  isRep: boolean;
}

const OWNERS = ['rep', 'manager'] as const;

export const askForm = form({
  id: 'promise_ask',
  about: AskAbout,
  fields: ({ repName, managerName, isRep }: AskStyle) => ({
    text: text(
      { label: 'What will be done?', hint: 'One thing, so clear that both know when it is done.' },
      ITEM_TEXT,
      { multiline: true },
    ),
    owner: radio<(typeof OWNERS)[number]>({ label: 'Who does it?' }, [
      { value: 'rep', label: isRep ? `${repName} (you)` : repName },
      ...(managerName === null
        ? []
        : [{ value: 'manager' as const, label: isRep ? managerName : `${managerName} (you)` }]),
    ]),
    due: date({ label: 'By when?' }),
  }),
  frame: () => ({ title: 'New promise', submit: 'Save', close: 'Cancel' }),
  arrange: (inputs) => [
    ...inputs.text,
    ...inputs.owner,
    ...inputs.due,
    context('Only the two of you see this. Whoever is asked hears of it once.'),
  ],
});

/** To whoever was asked; what it turns into once it is done. */
export function askedMessage(
  promised: Promised,
  { by, reader }: { by: string; reader: PromiseReader },
): Message {
  const words = promised.done
    ? mrkdwn`✓ *Done:* ${promised.text ?? ''}`
    : mrkdwn`*${mention(by)} asks you:* ${promised.text ?? ''}`;
  const tick = buttonOf(promised, reader);
  return message(words, [
    section(promised.done ? words : lines(words, whenText(promised, reader) ?? false)),
    actions([
      ...(tick ? [promised.done ? tick : { ...tick, style: 'primary' as const }] : []),
      button('All promises', promisesOpen.with()),
    ]),
  ]);
}

/** What it turns into once whoever asked doesn't want it any more. */
export function takenBackMessage({ text }: Promised, by: string): Message {
  const words = mrkdwn`${mention(by)} took that back: ${text ?? ''}`;
  return message(words, [context(words)]);
}
