import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

/** Pixels between the panel and its button, and between the panel and the window's edge. */
const gap = 6;
const edge = 8;

/** A button that opens a small panel below it, or above where that has no room; Esc closes it. */
export function Popover(props: {
  className: string;
  label: string;
  busy?: boolean;
  button: ReactNode;
  panel: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = (button: HTMLElement) => {
    const { left, bottom } = button.getBoundingClientRect();
    const style = panel.current?.style;
    style?.setProperty('--x', `${left}px`);
    style?.setProperty('--y', `${bottom + gap}px`);
  };
  useLayoutEffect(() => {
    if (open && trigger.current && panel.current) keepInSight(panel.current, trigger.current);
  }, [open]);

  return (
    <>
      <button
        ref={trigger}
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

function keepInSight(panel: HTMLElement, button: HTMLElement): void {
  const { top, bottom } = button.getBoundingClientRect();
  const height = panel.offsetHeight;
  if (bottom + gap + height <= innerHeight - edge) return;
  panel.style.setProperty('--y', `${Math.max(edge, top - gap - height)}px`);
}

function focusFirst(panel: HTMLElement | null): void {
  requestAnimationFrame(() => panel?.querySelector<HTMLElement>('button, input')?.focus());
}
