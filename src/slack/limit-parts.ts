/** What Slack demands of a block besides the length of its texts: counts, ids, values, equal options. */

import { isDeepStrictEqual } from 'node:util';
import type { KnownBlock } from '@slack/types';
import { MARK } from './codec.ts';
import type { AnyElement } from './limit-texts.ts';

const ELEMENTS = { actions: 25, context: 10 };
const OPTIONS: Partial<Record<AnyElement['type'], number>> = {
  checkboxes: 10,
  radio_buttons: 10,
  overflow: 5,
  static_select: 100,
  multi_static_select: 100,
};
const GROUPS = 100;

/** Elements whose limits are known here. Another kind is reported until its limits are added. */
const COVERED = new Set<AnyElement['type']>([
  'button',
  'overflow',
  'plain_text_input',
  'static_select',
  'multi_static_select',
  'checkboxes',
  'radio_buttons',
  'users_select',
  'multi_users_select',
  'conversations_select',
  'datepicker',
  'timepicker',
  'file_input',
]);

/** `at: 26 of 25 elements`, `at: empty`, or nothing. */
export function* countBreaches(
  at: string,
  size: number,
  max: number,
  noun: string,
  min = 1,
): Generator<string> {
  if (size > max)
    yield `${at}: ${size.toLocaleString('en-US')} of ${max.toLocaleString('en-US')} ${noun}`;
  if (size < min) yield `${at}: empty`;
}

/** The breaches of one block, its texts' lengths left out. */
export function* partBreaches(block: KnownBlock, at: string): Generator<string> {
  if (block.block_id !== undefined) {
    yield* countBreaches(`${at}.block_id`, block.block_id.length, 255, 'characters');
  }
  switch (block.type) {
    case 'header':
    case 'divider':
      break;
    case 'section':
      if (!block.text && !block.fields) yield `${at}: neither text nor fields`;
      if (block.fields) yield* countBreaches(`${at}.fields`, block.fields.length, 10, 'fields');
      if (block.accessory) yield* elementBreaches(block.accessory, `${at}.accessory`);
      break;
    case 'context':
      yield* countBreaches(`${at}.elements`, block.elements.length, ELEMENTS.context, 'elements');
      break;
    case 'actions':
      yield* countBreaches(`${at}.elements`, block.elements.length, ELEMENTS.actions, 'elements');
      yield* repeated(
        block.elements.flatMap((element) => element.action_id ?? []),
        `${at}: action_id`,
      );
      for (const [i, element] of block.elements.entries()) {
        yield* elementBreaches(element, `${at}.elements.${i}`);
      }
      break;
    case 'image':
      yield* countBreaches(`${at}.alt_text`, block.alt_text.length, 2000, 'characters');
      if (!('slack_file' in block)) yield `${at}: a picture that isn’t in Slack`;
      else if (!('id' in block.slack_file)) yield `${at}.slack_file: no id`;
      break;
    case 'input':
      yield* elementBreaches(block.element, `${at}.element`);
      break;
    case 'table':
      yield* countBreaches(`${at}.rows`, block.rows.length, 100, 'rows');
      for (const [i, cells] of block.rows.entries()) {
        yield* countBreaches(`${at}.rows.${i}`, cells.length, 20, 'cells');
        for (const [j, cell] of cells.entries()) {
          if (cell.type === 'raw_text' && cell.text === '') yield `${at}.rows.${i}.${j}: empty`;
        }
      }
      break;
    default:
      yield `${at}: the limits of a ${block.type} block are not known here`;
  }
}

/** One line for each value that stands there twice. */
export function* repeated(values: string[], what: string): Generator<string> {
  for (const value of new Set(values.filter((value, i) => values.indexOf(value) !== i))) {
    yield `${what} ${value} used twice`;
  }
}

function* elementBreaches(element: AnyElement, at: string): Generator<string> {
  if (!COVERED.has(element.type)) yield `${at}: the limits of a ${element.type} are not known here`;
  if ('action_id' in element && element.action_id !== undefined) {
    yield* countBreaches(`${at}.action_id`, element.action_id.length, 255, 'characters');
  }
  switch (element.type) {
    case 'button':
      // What is stashed goes out as an id.
      if (!element.value?.startsWith(MARK)) {
        yield* countBreaches(`${at}.value`, element.value?.length ?? 0, 2000, 'characters', 0);
      }
      yield* countBreaches(`${at}.url`, element.url?.length ?? 0, 3000, 'characters', 0);
      yield* countBreaches(
        `${at}.accessibility_label`,
        element.accessibility_label?.length ?? 0,
        75,
        'characters',
        0,
      );
      break;
    case 'plain_text_input': {
      const max = element.max_length ?? 3000;
      yield* countBreaches(`${at}.max_length`, max, 3000, 'characters');
      yield* countBreaches(
        `${at}.initial_value`,
        element.initial_value?.length ?? 0,
        max,
        'characters',
        0,
      );
      break;
    }
    case 'static_select':
    case 'multi_static_select':
    case 'checkboxes':
    case 'radio_buttons':
    case 'overflow':
      yield* optionBreaches(element, at);
  }
}

type WithOptions = Extract<
  AnyElement,
  { type: 'static_select' | 'multi_static_select' | 'checkboxes' | 'radio_buttons' | 'overflow' }
>;

function* optionBreaches(element: WithOptions, at: string): Generator<string> {
  const groups = 'option_groups' in element ? element.option_groups : undefined;
  if (groups) yield* countBreaches(`${at}.option_groups`, groups.length, GROUPS, 'groups');
  const lists = groups
    ? groups.map((group, i) => ({ list: group.options, at: `${at}.option_groups.${i}.options` }))
    : [{ list: element.options ?? [], at: `${at}.options` }];
  for (const options of lists) {
    yield* countBreaches(options.at, options.list.length, OPTIONS[element.type] ?? 100, 'options');
  }

  const all = lists.flatMap(({ list }) => list);
  yield* repeated(
    all.flatMap(({ value }) => value ?? []),
    `${at}: option value`,
  );
  for (const [i, { value }] of all.entries()) {
    yield* countBreaches(`${at}.options.${i}.value`, value?.length ?? 0, 150, 'characters');
  }

  const initial =
    'initial_option' in element && element.initial_option
      ? [element.initial_option]
      : 'initial_options' in element
        ? element.initial_options
        : undefined;
  if (initial?.length === 0) yield `${at}.initial_options: empty`;
  for (const option of initial ?? []) {
    if (!all.some((each) => isDeepStrictEqual(each, option))) {
      yield `${at}: the initial option ${option.value} is not among the options`;
    }
  }
}
