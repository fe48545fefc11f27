/** Blocks that show something or hold buttons. What asks for something is in `inputs.ts`. */
import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  Overflow,
  PlainTextOption,
  SectionBlock,
  SectionBlockAccessory,
  TableBlock,
} from '@slack/types';
import { mrkdwnObject, plainText, type SlackText } from './text.ts';
import { truncate } from './truncate.ts';

/** One thing to pick. `value` is what comes back. */
export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
  description?: string | undefined;
}

/** Slack's length limit for the label and description of a choice and for a button's text. */
const CHOICE_TEXT = 75;
/** Slack's length limit for what a picture shows in words. */
const ALT_TEXT = 2000;

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text) };
}

export function section(
  text: SlackText,
  more: {
    fields?: SlackText[] | undefined;
    accessory?: SectionBlockAccessory | undefined;
    blockId?: string | undefined;
  } = {},
): SectionBlock {
  return {
    type: 'section',
    text: mrkdwnObject(text),
    ...(more.fields && { fields: more.fields.map(mrkdwnObject) }),
    ...(more.accessory && { accessory: more.accessory }),
    ...(more.blockId && { block_id: more.blockId }),
  };
}

/** Up to ten short texts in two columns. */
export function fields(...items: SlackText[]): SectionBlock {
  return { type: 'section', fields: items.map(mrkdwnObject) };
}

/** Small grey lines, up to ten. */
export function context(...items: SlackText[]): ContextBlock {
  return { type: 'context', elements: items.map(mrkdwnObject) };
}

/** A picture that was uploaded to Slack, with what it shows in words and a line above it. */
export function image(fileId: string, alt: string, title?: string): ImageBlock {
  return {
    type: 'image',
    slack_file: { id: fileId },
    alt_text: truncate(alt, ALT_TEXT),
    ...(title !== undefined && { title: plainText(title) }),
  };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

/**
 * Rows of cells under a row of headings, up to 100 and 20: one table a message, and none in a view. Cells
 * are plain text. `right`: the columns (from 0) whose figures stand under each other.
 */
export function table(rows: readonly (readonly string[])[], right: readonly number[]): TableBlock {
  const columns = rows[0]?.length ?? 0;
  return {
    type: 'table',
    rows: rows.map((cells) => cells.map((text) => ({ type: 'raw_text', text }))),
    column_settings: Array.from({ length: columns }, (_, column) => ({
      align: right.includes(column) ? ('right' as const) : ('left' as const),
      is_wrapped: true,
    })),
  };
}

export function actions(elements: ActionsBlockElement[], blockId?: string): ActionsBlock {
  return { type: 'actions', elements, ...(blockId && { block_id: blockId }) };
}

interface ButtonOptions {
  actionId: string;
  value?: string | undefined;
  style?: 'primary' | 'danger' | undefined;
  confirm?: ConfirmationDialog | undefined;
  /** What a screen reader says in place of `text`, where `text` alone is not enough. */
  spoken?: string | undefined;
}

export function button(text: string, options: ButtonOptions): Button {
  return {
    type: 'button',
    text: plainText(text),
    action_id: options.actionId,
    ...(options.value && { value: options.value }),
    ...(options.style && { style: options.style }),
    ...(options.confirm && { confirm: options.confirm }),
    ...(options.spoken && { accessibility_label: truncate(options.spoken, CHOICE_TEXT) }),
  };
}

/** The question before something that can't be taken back. `yes` and `no` name what they do. */
export function confirmation(ask: {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger?: boolean | undefined;
}): ConfirmationDialog {
  return {
    title: plainText(ask.title),
    text: plainText(ask.text),
    confirm: plainText(ask.yes),
    deny: plainText(ask.no),
    ...(ask.danger && { style: 'danger' }),
  };
}

/** The `⋯` menu of a row, up to five choices. */
export function overflow(actionId: string, choices: readonly Choice[]): Overflow {
  return { type: 'overflow', action_id: actionId, options: choices.map(option) };
}

/** A choice as Slack's option object; its texts are cut here so that an initial option stays equal. */
export function option(choice: Choice): PlainTextOption {
  return {
    text: plainText(truncate(choice.label, CHOICE_TEXT)),
    value: choice.value,
    ...(choice.description && {
      description: plainText(truncate(choice.description, CHOICE_TEXT)),
    }),
  };
}
