import { type ReactNode, useId, useRef, useState } from 'react';

/** A button that opens a small panel beside it; Esc or a click elsewhere closes it. */
export function Popover(props: {
  className: string;
  label: string;
  busy?: boolean;
  button: ReactNode;
  panel: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = (button: HTMLElement) => {
    const { left, bottom } = button.getBoundingClientRect();
    const style = panel.current?.style;
    style?.setProperty('--x', `${left}px`);
    style?.setProperty('--y', `${bottom + 6}px`);
  };

  return (
    <>
      <button
        type="button"
        className={props.className}
        aria-label={props.label}
        aria-expanded={open}
        aria-busy={props.busy}
        popoverTarget={id}
        onClick={(event) => place(event.currentTarget)}
      >
        {props.button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="popover"
        onToggle={(event) => {
          const opened = event.newState === 'open';
          setOpen(opened);
          if (opened) focusFirst(panel.current);
        }}
      >
        {open && props.panel(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function focusFirst(panel: HTMLElement | null): void {
  requestAnimationFrame(() => panel?.querySelector<HTMLElement>('button, input')?.focus());
}
