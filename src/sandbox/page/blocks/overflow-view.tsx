import type { Overflow } from '@slack/types';
import type { KeyboardEvent } from 'react';
import type { ElementState, OptionState } from '../../protocol.ts';
import { Popover } from '../popover.tsx';
import { PlainText } from './text.tsx';

/** The ⋯ menu. Arrow keys move in it. */
export function OverflowView(props: {
  element: Overflow;
  onPick: (state: ElementState) => Promise<unknown>;
}) {
  const { type, options } = props.element;
  return (
    <Popover
      className="button overflow"
      label="More actions"
      button="⋯"
      panel={(close) => (
        <div role="menu" className="menu" onKeyDown={moveWithArrows}>
          {options.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              onClick={() => {
                close();
                if ('url' in option && option.url) open(option.url, '_blank', 'noopener');
                void props.onPick({ type, selected_option: option as OptionState });
              }}
            >
              <PlainText text={option.text.text} />
            </button>
          ))}
        </div>
      )}
    />
  );
}

function moveWithArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  const index = items.findIndex((item) => item.matches(':focus'));
  items.at((index + step) % items.length)?.focus();
}
