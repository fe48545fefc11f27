import { useEffect, useState } from 'react';
import type { ClockMove } from './api.ts';
import { Icon } from './icons.tsx';
import { Popover } from './popover.tsx';
import { useWorkspace } from './workspace.tsx';

/** The sandbox's clock, in the person's own time zone, and the ways to move it forward. */
export function ClockControl() {
  const { me, now, does, report } = useWorkspace();
  const time = useRunning(now);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: me.timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(time.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(time);
  const move = async (to: ClockMove, close: () => void) => {
    report(await does.moveClock(to));
    close();
  };
  return (
    <Popover
      className="clock"
      label={`Sandbox clock: ${shown}`}
      button={
        <>
          <Icon name="clock" />
          <time dateTime={time.toISOString()}>{shown}</time>
        </>
      }
      panel={(close) => (
        <div className="clock-panel">
          <h2>Move the clock forward</h2>
          <p>
            {me.realName.split(' ')[0]}’s time, {me.timeZone}. It never goes back.
          </p>
          <button type="button" className="button" onClick={() => move({ to: 'next hour' }, close)}>
            +1 hour
          </button>
          <button
            type="button"
            className="button"
            onClick={() => move({ to: 'next working morning' }, close)}
          >
            Next working day, 9:00
          </button>
          <form
            action={(form) =>
              move(
                { to: 'instant', date: String(form.get('date')), time: String(form.get('time')) },
                close,
              )
            }
          >
            <label>
              Date
              <input type="date" name="date" required />
            </label>
            <label>
              Time
              <input type="time" name="time" required defaultValue="09:00" />
            </label>
            <button type="submit" className="button primary">
              Go there
            </button>
          </form>
        </div>
      )}
    />
  );
}

/** The given instant, running on. */
function useRunning(iso: string): Date {
  const [time, setTime] = useState(() => new Date(iso));
  useEffect(() => {
    const ahead = Date.parse(iso) - Date.now();
    const tick = () => setTime(new Date(Date.now() + ahead));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [iso]);
  return time;
}
