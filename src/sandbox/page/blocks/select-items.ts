import type { ConversationsSelect, MultiConversationsSelect } from '@slack/types';
import type { ElementState, OptionState } from '../../protocol.ts';
import type { Surroundings } from '../workspace.tsx';
import type { AnySelect } from './elements.ts';

/** One line of a menu. */
export interface Item {
  key: string;
  label: string;
  description?: string | undefined;
  group?: string | undefined;
  /** The option behind it, where it is one rather than a person or a conversation. */
  option?: OptionState;
}

const fields = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
} as const satisfies Record<AnySelect['type'], keyof ElementState>;

/** What a menu offers; menus that the app fills offer nothing of their own. */
export function offeredItems(element: AnySelect, workspace: Surroundings): Item[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return element.option_groups
        ? element.option_groups.flatMap((group) =>
            group.options.map((option) => optionItem(option as OptionState, group.label.text)),
          )
        : (element.options ?? []).map((option) => optionItem(option as OptionState));
    case 'users_select':
    case 'multi_users_select':
      return workspace.people
        .filter((person) => !person.isBot)
        .map(({ id, realName, title }) => ({ key: id, label: realName, description: title }));
    case 'channels_select':
    case 'multi_channels_select':
      return conversationItems(workspace, ['public']);
    case 'conversations_select':
    case 'multi_conversations_select':
      return conversationItems(workspace, wantedKinds(element));
    default:
      return [];
  }
}

/** An option as a line of a menu. */
export function optionItem(option: OptionState, group?: string): Item {
  return {
    key: option.value,
    label: option.text.text,
    description: option.description?.text,
    group,
    option,
  };
}

/** What a menu holds now, named by what it offers. */
export function heldItems(type: AnySelect['type'], state: ElementState, offered: Item[]): Item[] {
  const held = state[fields[type]] ?? [];
  return (Array.isArray(held) ? held : [held]).map((one) =>
    typeof one === 'string'
      ? (offered.find((item) => item.key === one) ?? { key: one, label: one })
      : optionItem(one),
  );
}

/** The state of a menu that holds these. */
export function stateOf(type: AnySelect['type'], items: Item[]): ElementState {
  const values = items.map((item) => item.option ?? item.key);
  return { type, [fields[type]]: type.startsWith('multi_') ? values : (values[0] ?? null) };
}

const kinds = { channel: 'public', private: 'private', direct: 'im', app: 'im', group: 'mpim' };

function wantedKinds(element: ConversationsSelect | MultiConversationsSelect): string[] {
  return element.filter?.include ?? ['public', 'private', 'im', 'mpim'];
}

function conversationItems({ channels }: Surroundings, wanted: readonly string[]): Item[] {
  return channels
    .filter(({ kind }) => wanted.includes(kinds[kind]))
    .map(({ id, kind, name }) => ({
      key: id,
      label: kind === 'channel' || kind === 'private' ? `#${name}` : name,
    }));
}
