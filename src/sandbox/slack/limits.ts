/**
 * What Slack refuses in views and messages. Written from its documentation alone, and not from what
 * Bigplan checks before it sends, so that neither hides a mistake of the other.
 * Source: https://docs.slack.dev/reference/block-kit and /reference/views.
 */
import { elementBreaches } from './limits-elements.ts';
import {
  asList,
  duplicates,
  type Json,
  length,
  object,
  size,
  textBreaches,
} from './limits-parts.ts';

const VIEW = { blocks: 100, title: 24, metadata: 3000, id: 255, bytes: 250_000 };
const MESSAGE = { blocks: 50, characters: 13_200 };
const TABLE = { rows: 100, cells: 20, characters: 10_000 };
const FILE_INPUT = 'file_input';

/** Every reason to refuse a view, with where it lies; none where it is fine. */
export function viewBreaches(view: unknown): string[] {
  if (!object(view)) return ['view: missing'];
  const blocks = asList(view.blocks);
  const isModal = view.type === 'modal';
  const hasInput = blocks.some((block) => object(block) && block.type === 'input');
  const elements = blocks.flatMap((block) =>
    object(block) && object(block.element) ? [block.element] : [],
  );
  return [
    ...(isModal || view.type === 'home' ? [] : ['type: neither modal nor home']),
    ...(isModal ? textBreaches(view.title, 'title', VIEW.title, 'plain_text') : []),
    ...['submit', 'close'].flatMap((name) =>
      view[name] ? textBreaches(view[name], name, VIEW.title, 'plain_text') : [],
    ),
    ...length(view.private_metadata, 'private_metadata', VIEW.metadata),
    ...length(view.callback_id, 'callback_id', VIEW.id),
    ...length(view.external_id, 'external_id', VIEW.id),
    ...(isModal && hasInput && !view.submit ? ['submit: missing, though there are inputs'] : []),
    ...(!isModal && elements.some(({ type }) => type === FILE_INPUT)
      ? ['blocks: a file input in a Home tab']
      : []),
    ...(blocks.some((block) => object(block) && block.type === 'table')
      ? ['blocks: unsupported type: table']
      : []),
    ...(elements.filter(({ focus_on_load }) => focus_on_load === true).length > 1
      ? ['blocks: more than one focus_on_load']
      : []),
    ...size(Buffer.byteLength(JSON.stringify(view)), 'view', VIEW.bytes, 'bytes'),
    ...blocksBreaches(view.blocks, VIEW.blocks),
  ];
}

/** Every reason to refuse a message's blocks. */
export function messageBreaches(blocks: unknown): string[] {
  const tables = asList(blocks).filter((block) => object(block) && block.type === 'table');
  return [
    ...blocksBreaches(blocks, MESSAGE.blocks),
    ...size(tables.length, 'blocks', 1, 'tables'),
    ...size(characters(blocks), 'blocks', MESSAGE.characters, 'characters in all'),
  ];
}

function blocksBreaches(blocks: unknown, most: number): string[] {
  if (!Array.isArray(blocks)) return ['blocks: no list'];
  const ids = blocks.flatMap((block) => (object(block) && block.block_id ? [block.block_id] : []));
  return [
    ...size(blocks.length, 'blocks', most, 'blocks'),
    ...duplicates(ids, 'blocks: block_id'),
    ...blocks.flatMap((block, i) =>
      object(block) ? blockBreaches(block, `blocks/${i}`) : [`blocks/${i}: no block`],
    ),
  ];
}

function blockBreaches(block: Json, at: string): string[] {
  const kind = BLOCKS[String(block.type)];
  if (kind === undefined) return [`${at}: unsupported type: ${block.type}`];
  return [...length(block.block_id, `${at}/block_id`, 255), ...kind(block, at)];
}

const BLOCKS: Record<string, (block: Json, at: string) => string[]> = {
  divider: () => [],
  header: ({ text }, at) => textBreaches(text, `${at}/text`, 150, 'plain_text'),
  section: ({ text, fields, accessory }, at) => [
    ...(text || fields ? [] : [`${at}: neither text nor fields`]),
    ...(text ? textBreaches(text, `${at}/text`, 3000) : []),
    ...(fields ? size(asList(fields).length, `${at}/fields`, 10, 'fields', 1) : []),
    ...asList(fields).flatMap((field, i) => textBreaches(field, `${at}/fields/${i}`, 2000)),
    ...(accessory ? elementBreaches(accessory, `${at}/accessory`, 'section') : []),
  ],
  context: ({ elements }, at) => [
    ...size(asList(elements).length, `${at}/elements`, 10, 'elements', 1),
    ...asList(elements).flatMap((element, i) =>
      object(element) && element.type === 'image'
        ? pictureBreaches(element, `${at}/elements/${i}`)
        : textBreaches(element, `${at}/elements/${i}`, 3000),
    ),
  ],
  actions: ({ elements }, at) => [
    ...size(asList(elements).length, `${at}/elements`, 25, 'elements', 1),
    ...duplicates(
      asList(elements).flatMap((element) =>
        object(element) && element.action_id ? [element.action_id] : [],
      ),
      `${at}: action_id`,
    ),
    ...asList(elements).flatMap((element, i) =>
      elementBreaches(element, `${at}/elements/${i}`, 'actions'),
    ),
  ],
  image: (block, at) => [
    ...(block.title ? textBreaches(block.title, `${at}/title`, 2000, 'plain_text') : []),
    ...pictureBreaches(block, at),
  ],
  input: ({ label, hint, element }, at) => [
    ...textBreaches(label, `${at}/label`, 2000, 'plain_text'),
    ...(hint ? textBreaches(hint, `${at}/hint`, 2000, 'plain_text') : []),
    ...elementBreaches(element, `${at}/element`, 'input'),
  ],
  table: ({ rows }, at) => [
    ...size(asList(rows).length, `${at}/rows`, TABLE.rows, 'rows', 1),
    ...size(characters(rows), `${at}/rows`, TABLE.characters, 'characters'),
    ...asList(rows).flatMap((cells, i) => [
      ...size(asList(cells).length, `${at}/rows/${i}`, TABLE.cells, 'cells', 1),
      ...asList(cells).flatMap((cell, j) =>
        object(cell) && cell.type === 'raw_text' && !cell.text
          ? [`${at}/rows/${i}/${j}: empty`]
          : [],
      ),
    ]),
  ],
};

function pictureBreaches(image: Json, at: string): string[] {
  const { alt_text, image_url, slack_file } = image;
  return [
    ...(alt_text ? length(alt_text, `${at}/alt_text`, 2000) : [`${at}/alt_text: missing`]),
    ...length(image_url, `${at}/image_url`, 3000),
    ...(image_url || slack_file ? [] : [`${at}: neither image_url nor slack_file`]),
  ];
}

/** How much text there is in all: that of `text` properties, however deep. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + characters(one), 0);
  if (!object(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, one]) =>
      sum + (name === 'text' && typeof one === 'string' ? one.length : characters(one)),
    0,
  );
}
