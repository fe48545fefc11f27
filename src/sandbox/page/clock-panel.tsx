import { useId } from 'react';
import type { Leap } from '../clock-moves.ts';
import type { ClockMove } from './api.ts';
import { useWorkspace } from './workspace.tsx';

const labels: Record<Leap, string> = {
  'next hour': '+1 hour',
  'next check-in': '16:30, check-in time',
  'next working morning': 'Next working day, 9:00',
  'next Monday': 'Next Monday, 9:00',
};

/** The ways to move the clock forward; while it moves, none can be taken. */
export function ClockPanel(props: {
  time: Date;
  format: (instant: Date) => string;
  isMoving: boolean;
  onMove: (to: ClockMove) => void;
}) {
  const { time, format, isMoving, onMove } = props;
  const { me, leaps, movingTo } = useWorkspace();
  const base = useId();
  const soon = new Date(time.getTime() + 3_600_000);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: me.timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  return (
    <div className="clock-panel">
      <h2>Move the clock forward</h2>
      {isMoving ? (
        <p>
          On its way{movingTo && ` to ${format(new Date(movingTo))}`}. What falls due meanwhile
          happens now.
        </p>
      ) : (
        <p>
          {me.realName.split(' ')[0]}’s time, {me.timeZone}. What falls due on the way happens. It
          never goes back.
        </p>
      )}
      {leaps.map(({ leap, at }) => (
        <button
          key={leap}
          type="button"
          className="button leap"
          aria-label={labels[leap]}
          aria-describedby={`${base}-${leap.replaceAll(' ', '-')}`}
          disabled={isMoving}
          onClick={() => onMove({ to: leap })}
        >
          {labels[leap]}
          <small id={`${base}-${leap.replaceAll(' ', '-')}`}>
            {leap === 'next hour' ? format(new Date(at)) : day.format(new Date(at))}
          </small>
        </button>
      ))}
      {/* New when a move has ended, so that it proposes a time from then on. */}
      <form
        key={String(isMoving)}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          onMove({ to: 'instant', date: String(form.get('date')), time: String(form.get('time')) });
        }}
      >
        <label>
          Date
          <input
            type="date"
            name="date"
            required
            min={localDate(time, me.timeZone)}
            defaultValue={localDate(soon, me.timeZone)}
          />
        </label>
        <label>
          Time
          <input
            type="time"
            name="time"
            required
            defaultValue={`${localHour(soon, me.timeZone)}:00`}
          />
        </label>
        <button type="submit" className="button primary" disabled={isMoving}>
          Go there
        </button>
      </form>
    </div>
  );
}

/** `YYYY-MM-DD` in a zone. */
function localDate(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant);
}

/** The hour of the day in a zone, `00` to `23`. */
function localHour(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(instant);
}
