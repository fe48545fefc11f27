import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { FieldIds } from './elements.ts';
import type { Item } from './select-items.ts';

/**
 * A searchable menu for one or many: a combobox with a listbox, after the ARIA pattern of that name.
 * Arrow keys move, Enter chooses, Esc closes, Backspace takes the last of many away.
 */
export function Picker(props: {
  items: Item[];
  held: Item[];
  isMany: boolean;
  most: number | undefined;
  ids: FieldIds | undefined;
  placeholder: string;
  focusOnLoad: boolean;
  onSearch: ((typed: string) => void) | undefined;
  onChange: (items: Item[]) => void;
}) {
  const { items, held, isMany, most = Number.POSITIVE_INFINITY, ids, onSearch, onChange } = props;
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const isHeld = (item: Item) => held.some((one) => one.key === item.key);
  const shown = onSearch ? items : items.filter((item) => matches(item, typed ?? ''));

  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the active line in sight
  useEffect(() => {
    if (open) list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  const show = () => {
    if (open) return;
    setOpen(true);
    setActive(Math.max(0, isMany ? 0 : shown.findIndex(isHeld)));
  };
  const hide = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const choose = (item: Item | undefined) => {
    if (!item) return;
    if (!isMany) {
      hide();
      onChange([item]);
    } else if (isHeld(item)) onChange(held.filter((one) => one.key !== item.key));
    else if (held.length < most) onChange([...held, item]);
    if (isMany) setTyped(undefined);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) show();
      else if (shown.length > 0) setActive((active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open) choose(shown[active]);
      else show();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && isMany && !typed) onChange(held.slice(0, -1));
  };

  const [single] = held;
  const shownText = typed ?? (isMany || !single ? '' : single.label);
  return (
    <div className="picker">
      <div className="picker-box" onPointerDown={(event) => toInput(event, input.current)}>
        {isMany &&
          held.map((item) => (
            <span key={item.key} className="chip">
              <span>{item.label}</span>
              <button
                type="button"
                aria-label={`Remove ${item.label}`}
                onClick={() => onChange(held.filter((one) => one.key !== item.key))}
              >
                ×
              </button>
            </span>
          ))}
        <input
          ref={input}
          id={ids?.field}
          role="combobox"
          type="text"
          autoComplete="off"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && shown[active] ? `${listId}-${active}` : undefined}
          aria-label={ids ? undefined : props.placeholder}
          aria-describedby={ids?.describedBy}
          aria-invalid={ids?.invalid || undefined}
          data-focus-on-load={props.focusOnLoad ? '' : undefined}
          placeholder={isMany && held.length > 0 ? '' : props.placeholder}
          value={shownText}
          onClick={show}
          onBlur={hide}
          onKeyDown={press}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
            setOpen(true);
            onSearch?.(event.target.value);
          }}
        />
        {!isMany && single && ids && (
          <button
            type="button"
            className="picker-clear"
            aria-label={`Clear ${single.label}`}
            onClick={() => onChange([])}
          >
            ×
          </button>
        )}
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        className="picker-list"
        aria-label="Options"
        aria-multiselectable={isMany || undefined}
        hidden={!open}
        onPointerDown={(event) => event.preventDefault()}
      >
        {shown.map((item, index) => (
          <div key={item.key}>
            {item.group && item.group !== shown[index - 1]?.group && (
              <p className="picker-group">{item.group}</p>
            )}
            {/** biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus */}
            {/** biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the combobox's */}
            <div
              role="option"
              id={`${listId}-${index}`}
              className="picker-option"
              aria-selected={isHeld(item)}
              data-active={index === active ? '' : undefined}
              onClick={() => choose(item)}
            >
              <span>{item.label}</span>
              {item.description && <small>{item.description}</small>}
            </div>
          </div>
        ))}
        {shown.length === 0 && (
          <p className="picker-group">{onSearch ? 'Type to search' : 'No matches'}</p>
        )}
      </div>
    </div>
  );
}

function matches({ label, description = '' }: Item, typed: string): boolean {
  return `${label} ${description}`.toLowerCase().includes(typed.trim().toLowerCase());
}

/** A click beside the field's text goes to the field. */
function toInput(event: React.PointerEvent<HTMLElement>, input: HTMLInputElement | null): void {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  input?.focus();
  input?.click();
}
