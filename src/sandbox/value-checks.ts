import type { ElementState, StateValues } from './protocol.ts';
import { type Element, placedElements } from './view-state.ts';

/** The limits that an input sets for itself. */
interface Limits extends Element {
  min_length?: number;
  max_length?: number;
  min_value?: string;
  max_value?: string;
  is_decimal_allowed?: boolean;
}

/**
 * What Slack itself refuses before it sends a form to the app: empty required inputs, text of the
 * wrong length, what is no number, address or link.
 *
 * @returns a message by block id; empty where all is well.
 */
export function checkValues(
  blocks: readonly unknown[],
  values: StateValues,
): Record<string, string> {
  const problems = placedElements(blocks).flatMap(({ blockId, element, input }) => {
    const state = values[blockId]?.[element.action_id];
    if (!input || !state) return [];
    const problem = isEmpty(state)
      ? !input.optional && 'Please complete this required field.'
      : checkText(element, state.value);
    return problem ? [[blockId, problem]] : [];
  });
  return Object.fromEntries(problems);
}

export function isEmpty({ type: _, ...held }: ElementState): boolean {
  return Object.values(held).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

function checkText(element: Limits, text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  const { min_length = 0, max_length = 3000 } = element;
  if (text.length < min_length) return `Please enter at least ${min_length} characters.`;
  if (text.length > max_length) return `Please enter at most ${max_length} characters.`;
  switch (element.type) {
    case 'number_input':
      return checkNumber(element, text);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Please enter an email address.';
    case 'url_text_input':
      return URL.canParse(text) ? undefined : 'Please enter a full web address.';
    default:
      return undefined;
  }
}

function checkNumber(element: Limits, text: string): string | undefined {
  const pattern = element.is_decimal_allowed ? /^-?\d*\.?\d+$/ : /^-?\d+$/;
  if (!pattern.test(text))
    return element.is_decimal_allowed ? 'Please enter a number.' : 'Please enter a whole number.';
  const { min_value: min, max_value: max } = element;
  if (min !== undefined && Number(text) < Number(min)) return `Please enter ${min} or more.`;
  if (max !== undefined && Number(text) > Number(max)) return `Please enter ${max} or less.`;
  return undefined;
}
