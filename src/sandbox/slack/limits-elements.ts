/** What Slack refuses in buttons, menus and inputs. */
import { isDeepStrictEqual } from 'node:util';
import { asList, type Json, length, object, size, textBreaches } from './limits-parts.ts';

type Place = 'section' | 'actions' | 'input';

const IN_INPUT: Place[] = ['input'];
const IN_TEXT: Place[] = ['section', 'actions'];
const ANYWHERE: Place[] = ['section', 'actions', 'input'];

/** Each kind of element: where it may stand, how many options it takes and in what markup. */
const KINDS: Record<
  string,
  { places: Place[]; options?: number; optionText?: 'plain_text'; check?: Check }
> = {
  button: { places: IN_TEXT, check: buttonBreaches },
  image: { places: ['section'] },
  overflow: { places: IN_TEXT, options: 5, optionText: 'plain_text' },
  static_select: { places: ANYWHERE, options: 100, optionText: 'plain_text' },
  multi_static_select: { places: ANYWHERE, options: 100, optionText: 'plain_text' },
  checkboxes: { places: ANYWHERE, options: 10 },
  radio_buttons: { places: ANYWHERE, options: 10 },
  external_select: { places: ANYWHERE },
  multi_external_select: { places: ANYWHERE },
  users_select: { places: ANYWHERE },
  multi_users_select: { places: ANYWHERE },
  conversations_select: { places: ANYWHERE },
  multi_conversations_select: { places: ANYWHERE },
  channels_select: { places: ANYWHERE },
  multi_channels_select: { places: ANYWHERE },
  datepicker: { places: ANYWHERE },
  timepicker: { places: ANYWHERE },
  datetimepicker: { places: ['actions', 'input'] },
  plain_text_input: { places: IN_INPUT, check: textInputBreaches },
  number_input: { places: IN_INPUT, check: numberInputBreaches },
  email_text_input: { places: IN_INPUT },
  url_text_input: { places: IN_INPUT },
  file_input: { places: IN_INPUT },
};

type Check = (element: Json, at: string) => string[];

/** Every reason to refuse an element that stands there. */
export function elementBreaches(element: unknown, at: string, place: Place): string[] {
  if (!object(element)) return [`${at}: missing`];
  const kind = KINDS[String(element.type)];
  if (!kind?.places.includes(place)) return [`${at}: unsupported type: ${element.type}`];
  const { placeholder, confirm } = element;
  return [
    ...length(element.action_id, `${at}/action_id`, 255),
    ...(placeholder ? textBreaches(placeholder, `${at}/placeholder`, 150, 'plain_text') : []),
    ...(confirm ? confirmBreaches(confirm, `${at}/confirm`) : []),
    ...(kind.options ? optionsBreaches(element, at, kind.options, kind.optionText) : []),
    ...(kind.check?.(element, at) ?? []),
  ];
}

function buttonBreaches({ text, value, url, accessibility_label }: Json, at: string): string[] {
  return [
    ...textBreaches(text, `${at}/text`, 75, 'plain_text'),
    ...length(value, `${at}/value`, 2000),
    ...length(url, `${at}/url`, 3000),
    ...length(accessibility_label, `${at}/accessibility_label`, 75),
  ];
}

function textInputBreaches(element: Json, at: string): string[] {
  const { min_length: min = 0, max_length: max = 3000, initial_value } = element;
  return [
    ...size(Number(min), `${at}/min_length`, 3000, 'characters'),
    ...size(Number(max), `${at}/max_length`, 3000, 'characters', 1),
    ...length(initial_value, `${at}/initial_value`, Number(max)),
  ];
}

function numberInputBreaches({ is_decimal_allowed, initial_value }: Json, at: string): string[] {
  return [
    ...(typeof is_decimal_allowed === 'boolean' ? [] : [`${at}/is_decimal_allowed: missing`]),
    ...(initial_value === undefined || Number.isFinite(Number(initial_value || Number.NaN))
      ? []
      : [`${at}/initial_value: no number`]),
  ];
}

function confirmBreaches(confirm: unknown, at: string): string[] {
  if (!object(confirm)) return [`${at}: no dialog`];
  const { title, text, confirm: yes, deny } = confirm;
  return [
    ...(title ? textBreaches(title, `${at}/title`, 100, 'plain_text') : []),
    ...textBreaches(text, `${at}/text`, 300),
    ...(yes ? textBreaches(yes, `${at}/confirm`, 30, 'plain_text') : []),
    ...(deny ? textBreaches(deny, `${at}/deny`, 30, 'plain_text') : []),
  ];
}

function optionsBreaches(
  element: Json,
  at: string,
  most: number,
  markup: 'plain_text' | undefined,
): string[] {
  const { option_groups: groups, options, initial_option, initial_options } = element;
  const lists = groups
    ? asList(groups).map((group, i) => ({
        at: `${at}/option_groups/${i}/options`,
        options: asList(object(group) ? group.options : undefined),
      }))
    : [{ at: `${at}/options`, options: asList(options) }];
  const all = lists.flatMap((each) => each.options);
  const initial = [...(initial_option ? [initial_option] : []), ...asList(initial_options)];
  return [
    ...size(asList(groups).length, `${at}/option_groups`, 100, 'groups'),
    ...asList(groups).flatMap((group, i) =>
      textBreaches(
        object(group) ? group.label : undefined,
        `${at}/option_groups/${i}/label`,
        75,
        'plain_text',
      ),
    ),
    ...lists.flatMap((each) => [
      ...size(each.options.length, each.at, most, 'options', 1),
      ...each.options.flatMap((option, i) => optionBreaches(option, `${each.at}/${i}`, markup)),
    ]),
    ...(Array.isArray(initial_options) && initial_options.length === 0
      ? [`${at}/initial_options: must have at least 1 option`]
      : []),
    ...initial
      .filter((one) => !all.some((option) => isDeepStrictEqual(option, one)))
      .map(() => `${at}: an initial option that is none of the options`),
  ];
}

function optionBreaches(option: unknown, at: string, markup: 'plain_text' | undefined): string[] {
  if (!object(option)) return [`${at}: no option`];
  const { text, value, description } = option;
  return [
    ...textBreaches(text, `${at}/text`, 75, markup),
    ...(value ? length(value, `${at}/value`, 150) : [`${at}/value: missing`]),
    ...(description ? textBreaches(description, `${at}/description`, 75, markup) : []),
  ];
}
