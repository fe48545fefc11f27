import type { ElementState } from '../../protocol.ts';
import type { DateTime, FieldProps } from './elements.ts';

/** A date, a time of day or both, in the browser's own pickers. */
export function DateTimeView({ element, state, ids, onChange }: FieldProps<DateTime>) {
  const { type } = element;
  const shared = {
    id: ids?.field,
    'aria-describedby': ids?.describedBy,
    'aria-invalid': ids?.invalid || undefined,
    'aria-label': ids ? undefined : label(element),
    'data-focus-on-load': element.focus_on_load ? '' : undefined,
  };
  const pick = (picked: Omit<ElementState, 'type'>) => onChange({ type, ...picked });
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
