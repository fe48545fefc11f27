/** What a view's inputs hold, as Slack keeps and sends it. */
import type { KnownBlock } from '@slack/types';

/** By block id, then action id. */
export type StateValues = Record<string, Record<string, ElementState>>;
export interface ElementState {
  type: string;
  [property: string]: unknown;
}

/** What a person enters: text, a chosen value, chosen values, or nothing. */
export type Entry = string | string[] | null;

export interface Element {
  type: string;
  action_id?: string;
  [property: string]: unknown;
}

interface Placed {
  blockId: string;
  element: Element;
  required: boolean;
}

interface Option {
  value: string;
}

/** Each kind of element: where its value goes, where its first one comes from. */
const KINDS: Record<
  string,
  { state: string; initial: string; as: 'text' | 'option' | 'options' | 'list' }
> = {
  plain_text_input: { state: 'value', initial: 'initial_value', as: 'text' },
  number_input: { state: 'value', initial: 'initial_value', as: 'text' },
  email_text_input: { state: 'value', initial: 'initial_value', as: 'text' },
  url_text_input: { state: 'value', initial: 'initial_value', as: 'text' },
  static_select: { state: 'selected_option', initial: 'initial_option', as: 'option' },
  radio_buttons: { state: 'selected_option', initial: 'initial_option', as: 'option' },
  multi_static_select: { state: 'selected_options', initial: 'initial_options', as: 'options' },
  checkboxes: { state: 'selected_options', initial: 'initial_options', as: 'options' },
  users_select: { state: 'selected_user', initial: 'initial_user', as: 'text' },
  multi_users_select: { state: 'selected_users', initial: 'initial_users', as: 'list' },
  conversations_select: {
    state: 'selected_conversation',
    initial: 'initial_conversation',
    as: 'text',
  },
  channels_select: { state: 'selected_channel', initial: 'initial_channel', as: 'text' },
  datepicker: { state: 'selected_date', initial: 'initial_date', as: 'text' },
  timepicker: { state: 'selected_time', initial: 'initial_time', as: 'text' },
  file_input: { state: 'files', initial: '', as: 'list' },
};

export function isStateful(element: Element): boolean {
  return element.type in KINDS;
}

/** Every interactive element of some blocks. */
export function placedElements(blocks: readonly KnownBlock[]): Placed[] {
  return blocks.flatMap((block): Placed[] => {
    const blockId = block.block_id ?? '';
    const place = (element: unknown, required = false): Placed => ({
      blockId,
      element: element as Element,
      required,
    });
    if (block.type === 'input') return [place(block.element, block.optional !== true)];
    if (block.type === 'section' && block.accessory) return [place(block.accessory)];
    if (block.type === 'actions') return block.elements.map((element) => place(element));
    return [];
  });
}

/** The values of a view that was just shown; those of `before` stay where block and action did. */
export function initialState(blocks: readonly KnownBlock[], before: StateValues = {}): StateValues {
  const values: StateValues = {};
  for (const { blockId, element } of placedElements(blocks)) {
    const kind = KINDS[element.type];
    if (kind === undefined || element.action_id === undefined) continue;
    const kept = before[blockId]?.[element.action_id];
    const empty = kind.as === 'options' || kind.as === 'list' ? [] : null;
    values[blockId] = {
      ...values[blockId],
      [element.action_id]:
        kept?.type === element.type
          ? kept
          : { type: element.type, [kind.state]: element[kind.initial] ?? empty },
    };
  }
  return values;
}

/** The state of an element after a person entered something. */
export function enter(element: Element, entry: Entry): ElementState {
  const kind = KINDS[element.type];
  if (kind === undefined) throw new Error(`Nothing can be entered in a ${element.type}`);
  const list = entry === null ? [] : Array.isArray(entry) ? entry : [entry];
  const value = {
    text: () => (entry === '' ? null : (list[0] ?? null)),
    option: () => (list[0] === undefined ? null : findOption(element, list[0])),
    options: () => list.map((one) => findOption(element, one)),
    list: () => (element.type === 'file_input' ? list.map((id) => ({ id })) : list),
  }[kind.as]();
  return { type: element.type, [kind.state]: value };
}

function findOption(element: Element, value: string): Option {
  const groups = (element.option_groups ?? []) as { options: Option[] }[];
  const options = [...((element.options ?? []) as Option[]), ...groups.flatMap((g) => g.options)];
  const option = options.find((one) => one.value === value);
  if (option === undefined) {
    throw new Error(`${value} is not offered: ${options.map((one) => one.value).join(', ')}`);
  }
  return option;
}

export function isEmpty(state: ElementState | undefined): boolean {
  if (state === undefined) return true;
  const value = state[KINDS[state.type]?.state ?? ''];
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
