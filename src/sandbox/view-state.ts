import type { ElementState, OptionState, StateValues, UploadedFile } from './protocol.ts';

/** An element that can be used, as it stands in a block. Only what the sandbox reads. */
export interface Element {
  type: string;
  action_id: string;
  initial_value?: string;
  initial_option?: OptionState;
  initial_options?: OptionState[];
  initial_user?: string;
  initial_users?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
}

/** An element together with the block it sits in. */
export interface PlacedElement {
  blockId: string;
  element: Element;
  /** Set for an element of an input block. */
  input?: { optional: boolean; dispatches: boolean };
}

/** All interactive elements of some blocks, in reading order. */
export function placedElements(blocks: readonly unknown[]): PlacedElement[] {
  return blocks.flatMap((block) => {
    if (!isRecord(block) || typeof block.block_id !== 'string') return [];
    const blockId = block.block_id;
    if (block.type === 'input' && isElement(block.element))
      return [
        {
          blockId,
          element: block.element,
          input: {
            optional: block.optional === true,
            dispatches: block.dispatch_action === true,
          },
        },
      ];
    if (isElement(block.accessory)) return [{ blockId, element: block.accessory }];
    const elements = block.type === 'actions' ? block.elements : undefined;
    if (!Array.isArray(elements)) return [];
    return elements.filter(isElement).map((element) => ({ blockId, element }));
  });
}

/** What a button carries; undefined where it carries nothing. */
export const valueCarried = (element: Element): unknown =>
  'value' in element ? element.value : undefined;

/** What an element holds before anyone touches it; undefined for buttons and overflow menus. */
function initialState(element: Element): ElementState | undefined {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'file_input':
      return { type, files: [] as UploadedFile[] };
    default:
      return undefined;
  }
}

/**
 * The values that belong to some blocks: what was held under the same block, action and type stays
 * as it is, whatever the blocks now propose; everything else begins with its initial value.
 */
export function reconcile(held: StateValues, blocks: readonly unknown[]): StateValues {
  const values: StateValues = {};
  for (const { blockId, element } of placedElements(blocks)) {
    const before = held[blockId]?.[element.action_id];
    const state = before?.type === element.type ? before : initialState(element);
    if (state) values[blockId] = { ...values[blockId], [element.action_id]: state };
  }
  return values;
}

function isElement(value: unknown): value is Element {
  return isRecord(value) && typeof value.action_id === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
