/**
 * Blocks that ask for something. Each is bound to a field of the form's schema by its `path`
 * (`rates.renewal`); the block id is `path:rev`, so that a view shown again with another `rev` takes its
 * initial values and not what Slack remembers of the old input.
 */
import type { InputBlock, InputBlockElement, KnownBlock, PlainTextOption } from '@slack/types';
import { type Choice, option } from './blocks.ts';
import { plainText } from './text.ts';
import { truncate } from './truncate.ts';

/** What every input takes. */
interface Field {
  path: string;
  rev: string | number;
  label: string;
  hint?: string | undefined;
  optional?: boolean | undefined;
  /** The action that a dispatched input fires, or an id listeners know; `path` where it is left out. */
  actionId?: string | undefined;
  /**
   * Sends a block action when the value changes, so that figures can be refreshed: a text on Enter, or
   * with `typing` at every stroke too.
   */
  dispatch?: boolean | 'typing' | undefined;
}

type Initial<T> = { initial?: T | null | undefined };
type Placeholder = { placeholder?: string | undefined };
type Choices = { choices: readonly Choice[] };

/** Most options in one list or one group of a list. */
const GROUP_SIZE = 100;

function input(field: Field, element: InputBlockElement): InputBlock {
  return {
    type: 'input',
    block_id: `${field.path}:${field.rev}`,
    label: plainText(field.label),
    element: { ...element, action_id: field.actionId ?? field.path },
    ...(field.hint && { hint: plainText(field.hint) }),
    ...(field.optional && { optional: true }),
    ...(field.dispatch && { dispatch_action: true }),
  };
}

function placeholder({ placeholder: text }: Placeholder) {
  return text ? { placeholder: plainText(text) } : {};
}

function dispatchOn({
  dispatch,
  multiline,
}: Pick<Field, 'dispatch'> & { multiline?: boolean | undefined }) {
  if (dispatch !== 'typing') return ['on_enter_pressed' as const];
  // Enter begins a new line in a text of several.
  return multiline
    ? ['on_character_entered' as const]
    : ['on_character_entered' as const, 'on_enter_pressed' as const];
}

export function textInput(
  field: Field &
    Initial<string> &
    Placeholder & { multiline?: boolean | undefined; maxLength?: number | undefined },
): InputBlock {
  return input(field, {
    type: 'plain_text_input',
    ...placeholder(field),
    ...(field.multiline && { multiline: true }),
    ...(field.maxLength && { max_length: field.maxLength }),
    ...(field.initial && { initial_value: field.initial }),
    ...(field.dispatch && { dispatch_action_config: { trigger_actions_on: dispatchOn(field) } }),
  });
}

/** A menu of one. Over 100 choices are shown in groups (`Albania – Denmark`). */
export function selectInput(field: Field & Choices & Initial<string> & Placeholder): InputBlock {
  const initial = chosen(field.choices, [field.initial])[0];
  return input(field, {
    type: 'static_select',
    ...placeholder(field),
    ...menuOptions(field.choices),
    ...(initial && { initial_option: initial }),
  });
}

/** A menu of several. Over 100 choices are shown in groups. */
export function multiSelectInput(
  field: Field & Choices & Initial<readonly string[]> & Placeholder,
): InputBlock {
  const initial = chosen(field.choices, field.initial);
  return input(field, {
    type: 'multi_static_select',
    ...placeholder(field),
    ...menuOptions(field.choices),
    ...(initial.length > 0 && { initial_options: initial }),
  });
}

/** Up to ten boxes. */
export function checkboxesInput(field: Field & Choices & Initial<readonly string[]>): InputBlock {
  const initial = chosen(field.choices, field.initial);
  return input(field, {
    type: 'checkboxes',
    options: field.choices.map(option),
    ...(initial.length > 0 && { initial_options: initial }),
  });
}

/** One of up to ten, all in sight. */
export function radioInput(field: Field & Choices & Initial<string>): InputBlock {
  const initial = chosen(field.choices, [field.initial])[0];
  return input(field, {
    type: 'radio_buttons',
    options: field.choices.map(option),
    ...(initial && { initial_option: initial }),
  });
}

export function userInput(field: Field & Initial<string> & Placeholder): InputBlock {
  return input(field, {
    type: 'users_select',
    ...placeholder(field),
    ...(field.initial && { initial_user: field.initial }),
  });
}

export function multiUsersInput(
  field: Field & Initial<readonly string[]> & Placeholder,
): InputBlock {
  return input(field, {
    type: 'multi_users_select',
    ...placeholder(field),
    ...(field.initial && field.initial.length > 0 && { initial_users: [...field.initial] }),
  });
}

/** A public or private channel of this workspace alone: never a DM or a channel shared outside. */
export function channelInput(field: Field & Initial<string> & Placeholder): InputBlock {
  return input(field, {
    type: 'conversations_select',
    filter: { include: ['public', 'private'], exclude_external_shared_channels: true },
    ...placeholder(field),
    ...(field.initial && { initial_conversation: field.initial }),
  });
}

/** `initial` is `YYYY-MM-DD`. */
export function dateInput(field: Field & Initial<string> & Placeholder): InputBlock {
  return input(field, {
    type: 'datepicker',
    ...placeholder(field),
    ...(field.initial && { initial_date: field.initial }),
  });
}

/** `initial` is `HH:mm`. */
export function timeInput(field: Field & Initial<string> & Placeholder): InputBlock {
  return input(field, {
    type: 'timepicker',
    ...placeholder(field),
    ...(field.initial && { initial_time: field.initial }),
  });
}

/** One file; `filetypes` without dots (`['csv']`). */
export function fileInput(field: Field & { filetypes: string[] }): InputBlock {
  return input(field, { type: 'file_input', filetypes: field.filetypes, max_files: 1 });
}

/** The same inputs with another hint: one that says something of what is shown. */
export function withHint(inputs: readonly KnownBlock[], hint: string): KnownBlock[] {
  return inputs.map((block) =>
    block.type === 'input' ? { ...block, hint: plainText(hint) } : block,
  );
}

/** What a menu offers: over 100 choices are shown in groups, in which people find theirs by typing. */
export function menuOptions(
  choices: readonly Choice[],
):
  | { options: PlainTextOption[] }
  | { option_groups: { label: ReturnType<typeof plainText>; options: PlainTextOption[] }[] } {
  if (choices.length <= GROUP_SIZE) return { options: choices.map(option) };
  const groups = [];
  for (let at = 0; at < choices.length; at += GROUP_SIZE) {
    const group = choices.slice(at, at + GROUP_SIZE);
    const ends = [group.at(0), group.at(-1)].map((choice) => truncate(choice?.label ?? '', 35));
    groups.push({ label: plainText(ends.join(' – ')), options: group.map(option) });
  }
  return { option_groups: groups };
}

/** The options with these values; a value that is no longer among the choices is left unselected. */
function chosen(
  choices: readonly Choice[],
  values: readonly (string | null | undefined)[] | null | undefined,
): PlainTextOption[] {
  return choices.filter((choice) => values?.includes(choice.value)).map(option);
}
