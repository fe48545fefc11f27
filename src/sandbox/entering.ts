/** What people enter in inputs, as Slack keeps and sends it. */
import type { ElementState } from './protocol.ts';
import type { PlacedElement } from './view-state.ts';

/** What a person enters: text, a chosen value, chosen values, or nothing. */
export type Entered = string | string[] | null;

/** An element with all that the app gave it. */
export type Enterable = PlacedElement['element'] & { [property: string]: unknown };

interface Option {
  value: string;
  text: { type: 'plain_text' | 'mrkdwn'; text: string };
}

/** Each kind of element: where its value goes. */
const KINDS: Record<string, { state: string; as: 'text' | 'option' | 'options' | 'list' }> = {
  plain_text_input: { state: 'value', as: 'text' },
  number_input: { state: 'value', as: 'text' },
  email_text_input: { state: 'value', as: 'text' },
  url_text_input: { state: 'value', as: 'text' },
  static_select: { state: 'selected_option', as: 'option' },
  radio_buttons: { state: 'selected_option', as: 'option' },
  multi_static_select: { state: 'selected_options', as: 'options' },
  checkboxes: { state: 'selected_options', as: 'options' },
  users_select: { state: 'selected_user', as: 'text' },
  multi_users_select: { state: 'selected_users', as: 'list' },
  conversations_select: { state: 'selected_conversation', as: 'text' },
  channels_select: { state: 'selected_channel', as: 'text' },
  datepicker: { state: 'selected_date', as: 'text' },
  timepicker: { state: 'selected_time', as: 'text' },
  file_input: { state: 'files', as: 'list' },
};

export function isStateful(element: Enterable): boolean {
  return element.type in KINDS;
}

/** The state of an element after a person entered something. */
export function enterIn(element: Enterable, entry: Entered): ElementState {
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

export function optionsOf(element: Enterable): Option[] {
  const groups = (element.option_groups ?? []) as { options: Option[] }[];
  return [...((element.options ?? []) as Option[]), ...groups.flatMap((g) => g.options)];
}

function findOption(element: Enterable, value: string): Option {
  const options = optionsOf(element);
  const option = options.find((one) => one.value === value);
  if (option === undefined) {
    throw new Error(`${value} is not offered: ${options.map((one) => one.value).join(', ')}`);
  }
  return option;
}
