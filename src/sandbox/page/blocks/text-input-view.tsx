import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { ElementState } from '../../protocol.ts';
import type { FieldProps, TextInput } from './elements.ts';

/** Slack gathers keystrokes for a moment before it tells the app. */
const pause = 300;

const keyboards = {
  plain_text_input: 'text',
  number_input: 'decimal',
  email_text_input: 'email',
  url_text_input: 'url',
} as const;

/**
 * A line or several of text, a number, an address or a link. With `tell`, the app hears of it when
 * Enter is pressed (the default) or while it is typed, as the element asks.
 */
export function TextInputView(
  props: FieldProps<TextInput> & { tell: ((state: ElementState) => void) | undefined },
) {
  const { element, state, ids, onChange, tell } = props;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What the app has yet to hear. */
  const untold = useRef<ElementState>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const asked = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const onEnter = tell && asked.includes('on_enter_pressed');
  const onCharacter = tell && asked.includes('on_character_entered');
  const isMultiline = element.type === 'plain_text_input' && element.multiline === true;

  const type = (text: string) => {
    const next = { type: element.type, value: text === '' ? null : text };
    onChange(next);
    clearTimeout(timer.current);
    if (!onCharacter) return;
    untold.current = next;
    timer.current = setTimeout(tellNow, pause);
  };
  // Whoever goes elsewhere, such as out of the form, takes nothing back that they typed.
  const tellNow = () => {
    clearTimeout(timer.current);
    if (untold.current) tell?.(untold.current);
    untold.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !onEnter || (isMultiline && event.shiftKey)) return;
    event.preventDefault();
    tell({ ...state, value: state.value ?? null });
  };
  const shared = {
    id: ids?.field,
    'aria-describedby': ids?.describedBy,
    'aria-invalid': ids?.invalid || undefined,
    'data-focus-on-load': element.focus_on_load ? '' : undefined,
    placeholder: element.placeholder?.text,
    value: state.value ?? '',
    maxLength: 'max_length' in element ? element.max_length : undefined,
    onKeyDown: press,
    onBlur: tellNow,
  };
  const length = (state.value ?? '').length;
  const limit = shared.maxLength;
  return (
    <div className="text-field">
      {isMultiline ? (
        <textarea {...shared} rows={4} onChange={(event) => type(event.target.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={keyboards[element.type]}
          autoComplete="off"
          onChange={(event) => type(event.target.value)}
        />
      )}
      {limit && limit >= 20 && length > limit * 0.8 && (
        <span className="characters-left">{limit - length} left</span>
      )}
    </div>
  );
}
