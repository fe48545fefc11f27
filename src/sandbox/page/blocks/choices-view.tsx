import { useId } from 'react';
import type { OptionState } from '../../protocol.ts';
import type { Choices, FieldProps } from './elements.ts';
import { TextObject } from './text.tsx';

/** A group of checkboxes or radio buttons. */
export function ChoicesView({ element, state, ids, onChange }: FieldProps<Choices>) {
  const name = useId();
  const isMany = element.type === 'checkboxes';
  const chosen = isMany ? (state.selected_options ?? []) : [state.selected_option ?? undefined];
  const isChosen = (option: OptionState) => chosen.some((one) => one?.value === option.value);

  const toggle = (option: OptionState) => {
    if (!isMany) return onChange({ type: element.type, selected_option: option });
    const others = (state.selected_options ?? []).filter((one) => one.value !== option.value);
    onChange({
      type: element.type,
      selected_options: isChosen(option) ? others : [...others, option],
    });
  };
  return (
    <fieldset className="choices" aria-labelledby={ids?.label} aria-describedby={ids?.describedBy}>
      {(element.options as OptionState[]).map((option, index) => (
        <label key={option.value} className="choice">
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={name}
            checked={isChosen(option)}
            aria-invalid={ids?.invalid || undefined}
            data-focus-on-load={element.focus_on_load && index === 0 ? '' : undefined}
            onChange={() => toggle(option)}
          />
          <span>
            <TextObject text={option.text} />
            {option.description && (
              <small>
                <TextObject text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
