/** Every text of a block that is only shown, with Slack's length limit for it: such a text may be cut. */
import type { KnownBlock, PlainTextElement, TextObject } from '@slack/types';

export interface LimitedText {
  /** Where it stands: `blocks.3.text`. */
  at: string;
  /** The object that holds the text. */
  holder: TextObject;
  max: number;
}

type InputElement = Extract<KnownBlock, { type: 'input' }>['element'];
type ActionElement = Extract<KnownBlock, { type: 'actions' }>['elements'][number];
type Accessory = NonNullable<Extract<KnownBlock, { type: 'section' }>['accessory']>;

/** Anything interactive or shown that a block can hold. */
export type AnyElement = InputElement | ActionElement | Accessory;

interface OptionTexts {
  text: TextObject;
  description?: PlainTextElement;
}

export function* textsOf(block: KnownBlock, at: string): Generator<LimitedText> {
  switch (block.type) {
    case 'header':
      yield { at: `${at}.text`, holder: block.text, max: 150 };
      break;
    case 'section':
      if (block.text) yield { at: `${at}.text`, holder: block.text, max: 3000 };
      for (const [i, holder] of (block.fields ?? []).entries()) {
        yield { at: `${at}.fields.${i}`, holder, max: 2000 };
      }
      if (block.accessory) yield* elementTexts(block.accessory, `${at}.accessory`);
      break;
    case 'context':
      for (const [i, holder] of block.elements.entries()) {
        if (holder.type !== 'image') yield { at: `${at}.elements.${i}`, holder, max: 3000 };
      }
      break;
    case 'actions':
      for (const [i, element] of block.elements.entries()) {
        yield* elementTexts(element, `${at}.elements.${i}`);
      }
      break;
    case 'image':
      if (block.title) yield { at: `${at}.title`, holder: block.title, max: 2000 };
      break;
    case 'input':
      yield { at: `${at}.label`, holder: block.label, max: 2000 };
      if (block.hint) yield { at: `${at}.hint`, holder: block.hint, max: 2000 };
      yield* elementTexts(block.element, `${at}.element`);
      break;
  }
}

function* elementTexts(element: AnyElement, at: string): Generator<LimitedText> {
  if (element.type === 'button') yield { at: `${at}.text`, holder: element.text, max: 75 };
  if ('placeholder' in element && element.placeholder) {
    yield { at: `${at}.placeholder`, holder: element.placeholder, max: 150 };
  }
  if ('confirm' in element && element.confirm) {
    const { title, text, confirm, deny } = element.confirm;
    if (title) yield { at: `${at}.confirm.title`, holder: title, max: 100 };
    yield { at: `${at}.confirm.text`, holder: text, max: 300 };
    if (confirm) yield { at: `${at}.confirm.confirm`, holder: confirm, max: 30 };
    if (deny) yield { at: `${at}.confirm.deny`, holder: deny, max: 30 };
  }
  if ('options' in element) yield* optionTexts(element.options, `${at}.options`);
  if ('option_groups' in element) {
    for (const [i, group] of (element.option_groups ?? []).entries()) {
      yield { at: `${at}.option_groups.${i}.label`, holder: group.label, max: 75 };
      yield* optionTexts(group.options, `${at}.option_groups.${i}.options`);
    }
  }
  // Cut together with the options: Slack wants them to be exactly equal.
  if ('initial_option' in element && element.initial_option) {
    yield* optionTexts([element.initial_option], `${at}.initial_option`);
  }
  if ('initial_options' in element)
    yield* optionTexts(element.initial_options, `${at}.initial_options`);
}

function* optionTexts(options: OptionTexts[] | undefined, at: string): Generator<LimitedText> {
  for (const [i, { text, description }] of (options ?? []).entries()) {
    yield { at: `${at}.${i}.text`, holder: text, max: 75 };
    if (description) yield { at: `${at}.${i}.description`, holder: description, max: 75 };
  }
}
