/**
 * Slack's limits on what it is sent, checked in every view test and again before sending. Lengths are
 * counted in UTF-16 units, of which there are never fewer than the code points Slack counts.
 * Source: https://docs.slack.dev/reference/block-kit and the docstrings of `@slack/types`.
 */
import type { HomeView, KnownBlock, ModalView, TextObject } from '@slack/types';
import { countBreaches, partBreaches, repeated } from './limit-parts.ts';
import { type LimitedText, textsOf } from './limit-texts.ts';
import type { Message } from './surfaces.ts';
import { truncate } from './truncate.ts';

const VIEW = { blocks: 100, title: 24, metadata: 3000, id: 255, bytes: 250_000 };

/** `chat.update` refuses a `text` over 4,000; Slack refuses blocks of about 13,200 characters in all. */
const MESSAGE = { blocks: 50, text: 4000, total: 13_000, perHeader: 100 };

type View = ModalView | HomeView;

/** Every breach of Slack's limits in a view, as `blocks.3.text: 3,204 of 3,000 characters`. */
export function checkView(view: View): string[] {
  const blocks = knownBlocks(view);
  return [
    ...[...viewTexts(view)].flatMap(lengthBreaches),
    ...countBreaches(
      'private_metadata',
      view.private_metadata?.length ?? 0,
      VIEW.metadata,
      'characters',
      0,
    ),
    ...countBreaches('callback_id', view.callback_id?.length ?? 1, VIEW.id, 'characters'),
    ...countBreaches('external_id', view.external_id?.length ?? 1, VIEW.id, 'characters'),
    ...blocksBreaches(blocks, VIEW.blocks),
    ...(view.type === 'modal' && !view.submit && blocks.some(({ type }) => type === 'input')
      ? ['submit: missing, though the view has inputs']
      : []),
    ...(blocks.some(({ type }) => type === 'table') ? ['blocks: a table in a view'] : []),
    ...(view.type === 'home' &&
    blocks.some((b) => b.type === 'input' && b.element.type === 'file_input')
      ? ['blocks: a file input in a Home tab']
      : []),
    ...countBreaches('view', Buffer.byteLength(JSON.stringify(view)), VIEW.bytes, 'bytes'),
  ];
}

/** Every breach of Slack's limits in a message, `text` included. */
export function checkMessage(message: Message): string[] {
  const texts = messageTexts(message);
  const headers = message.blocks.filter(({ type }) => type === 'header').length;
  const total =
    texts.reduce((sum, { holder }) => sum + holder.text.length, message.text.length) +
    tableCharacters(message) +
    headers * MESSAGE.perHeader;
  return [
    ...countBreaches('text', message.text.length, MESSAGE.text, 'characters'),
    ...texts.flatMap(lengthBreaches),
    ...blocksBreaches(message.blocks, MESSAGE.blocks),
    ...countBreaches(
      'tables',
      message.blocks.filter(({ type }) => type === 'table').length,
      1,
      'tables',
      0,
    ),
    ...countBreaches('message', total, MESSAGE.total, 'characters in all', 0),
  ];
}

/**
 * The view with every shown text that is too long cut visibly.
 * @throws where cutting can't help (too many blocks or options, a value, an id): splitting is up to the
 * caller, and nothing is ever left out silently.
 */
export function fitView<V extends View>(view: V): V {
  const fitted = structuredClone(view);
  for (const text of viewTexts(fitted)) cutText(text);
  assertFits('view', checkView(fitted));
  return fitted;
}

/**
 * The message with every shown text that is too long cut visibly.
 * @throws where cutting can't help, as `fitView`.
 */
export function fitMessage<M extends Message>(message: M): M {
  const fitted = structuredClone(message);
  fitted.text = truncate(fitted.text, MESSAGE.text, 'mrkdwn');
  for (const text of messageTexts(fitted)) cutText(text);
  assertFits('message', checkMessage(fitted));
  return fitted;
}

/** Slack refuses tables of over 10,000 characters, and they count for the whole. */
function tableCharacters({ blocks }: Message): number {
  const cells = blocks.flatMap((block) => (block.type === 'table' ? block.rows.flat() : []));
  return cells.reduce((sum, cell) => sum + (cell.type === 'raw_text' ? cell.text.length : 0), 0);
}

/** Views are typed with Slack's catch-all block; what is not a known kind is reported by the check. */
function knownBlocks(view: View): KnownBlock[] {
  return view.blocks as KnownBlock[];
}

function* viewTexts(view: View): Generator<LimitedText> {
  if (view.type === 'modal') {
    for (const name of ['title', 'submit', 'close'] as const) {
      const holder: TextObject | undefined = view[name];
      if (holder) yield { at: name, holder, max: VIEW.title };
    }
  }
  for (const [i, block] of knownBlocks(view).entries()) yield* textsOf(block, `blocks.${i}`);
}

function messageTexts(message: Message): LimitedText[] {
  return message.blocks.flatMap((block, i) => [...textsOf(block, `blocks.${i}`)]);
}

function lengthBreaches({ at, holder, max }: LimitedText): string[] {
  return [...countBreaches(at, holder.text.length, max, 'characters')];
}

function blocksBreaches(blocks: KnownBlock[], max: number): string[] {
  return [
    ...countBreaches('blocks', blocks.length, max, 'blocks', 0),
    ...repeated(
      blocks.flatMap((block) => block.block_id ?? []),
      'block_id',
    ),
    ...blocks.flatMap((block, i) => [...partBreaches(block, `blocks.${i}`)]),
  ];
}

function cutText({ holder, max }: LimitedText): void {
  holder.text = truncate(holder.text, max, holder.type);
}

function assertFits(what: string, breaches: string[]): void {
  if (breaches.length > 0) {
    throw new Error(`Slack would refuse this ${what}: ${breaches.join('; ')}`);
  }
}
