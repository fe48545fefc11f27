import { useEffect, useRef } from 'react';
import type { ElementState } from '../../protocol.ts';
import type { DateTime, FieldProps } from './elements.ts';

/** The browser reports each digit; what stays for so long (ms) is what was meant. */
const pause = 600;

/**
 * A date, a time of day or both, in the browser's own pickers. With `tell`, the app hears of it once
 * it is picked, together with what was held before.
 */
export function DateTimeView(
  props: FieldProps<DateTime> & {
    tell: ((state: ElementState, before: ElementState) => Promise<void>) | undefined;
  },
) {
  const { element, state, ids, onChange, tell } = props;
  const { type } = element;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<() => void>(undefined);
  const before = useRef(state);
  if (!pending.current) before.current = state;
  useEffect(() => () => clearTimeout(timer.current), []);

  const shared = {
    id: ids?.field,
    'aria-describedby': ids?.describedBy,
    'aria-invalid': ids?.invalid || undefined,
    'aria-label': ids ? undefined : label(element),
    'data-focus-on-load': element.focus_on_load ? '' : undefined,
    onBlur: () => pending.current?.(),
  };
  const pick = (picked: Omit<ElementState, 'type'>) => {
    const next = { type, ...picked };
    onChange(next);
    clearTimeout(timer.current);
    // A year of which some digits are still missing, as in 0020-01-04.
    pending.current = () => {
      if (next.selected_date?.startsWith('0')) return;
      clearTimeout(timer.current);
      pending.current = undefined;
      void tell?.(next, before.current);
    };
    timer.current = setTimeout(() => pending.current?.(), pause);
  };
  if (type === 'datepicker')
    return (
      <input
        {...shared}
        type="date"
        value={state.selected_date ?? ''}
        onChange={(event) => pick({ selected_date: event.target.value || null })}
      />
    );
  if (type === 'timepicker')
    return (
      <input
        {...shared}
        type="time"
        value={state.selected_time ?? ''}
        onChange={(event) => pick({ selected_time: event.target.value || null })}
      />
    );
  return (
    <input
      {...shared}
      type="datetime-local"
      value={localText(state.selected_date_time)}
      onChange={(event) => pick({ selected_date_time: seconds(event.target.value) })}
    />
  );
}

function label(element: DateTime): string {
  if ('placeholder' in element && element.placeholder) return element.placeholder.text;
  return element.type === 'timepicker' ? 'Time' : 'Date';
}

/** Unix seconds as the picker's `YYYY-MM-DDTHH:mm`, in the browser's zone. */
function localText(unixSeconds: number | null | undefined): string {
  if (!unixSeconds) return '';
  const offset = new Date(unixSeconds * 1000).getTimezoneOffset() * 60;
  return new Date((unixSeconds - offset) * 1000).toISOString().slice(0, 16);
}

function seconds(localDateTime: string): number | null {
  return localDateTime ? Math.floor(Date.parse(localDateTime) / 1000) : null;
}
