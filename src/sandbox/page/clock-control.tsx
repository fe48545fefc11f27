import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClockMove } from './api.ts';
import { ClockPanel } from './clock-panel.tsx';
import { Icon } from './icons.tsx';
import { Popover } from './popover.tsx';
import { useWorkspace } from './workspace.tsx';

/** The sandbox's clock, in the person's own time zone, and the ways to move it forward. */
export function ClockControl() {
  const { me, now, movingTo, does, report } = useWorkspace();
  const [isAsked, setIsAsked] = useState(false);
  const time = useRunning(now);
  const format = clockFormat(me.timeZone, time);
  const shown = format(time);
  const isMoving = isAsked || movingTo !== null;
  const said = useSaid(isMoving, format(new Date(now)));

  const move = async (to: ClockMove) => {
    setIsAsked(true);
    report(await does.moveClock(to));
    setIsAsked(false);
  };
  return (
    <>
      <Popover
        className="clock"
        label={`Sandbox clock: ${shown}`}
        busy={isMoving}
        button={
          <>
            <span className="clock-mark">
              <Icon name={isMoving ? 'forward' : 'clock'} />
            </span>
            <time dateTime={time.toISOString()}>{shown}</time>
            {movingTo && <span className="clock-goal">→ {format(new Date(movingTo))}</span>}
          </>
        }
        panel={(close) => (
          <ClockPanel
            time={time}
            format={format}
            isMoving={isMoving}
            onMove={(to) => {
              close();
              void move(to);
            }}
          />
        )}
      />
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </>
  );
}

/** Writes instants in a zone, with the year where it is not the machine's own. */
function clockFormat(timeZone: string, time: Date): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(time.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => format.format(instant);
}

/** What a screen reader hears of a move: that it began, and where it ended. */
function useSaid(isMoving: boolean, shown: string): string {
  const [said, setSaid] = useState('');
  const wasMoving = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, not each minute
  useEffect(() => {
    if (isMoving) setSaid('The clock is moving forward.');
    else if (wasMoving.current) setSaid(`The clock shows ${shown}.`);
    wasMoving.current = isMoving;
  }, [isMoving]);
  return said;
}

/** The given instant, running on. */
function useRunning(iso: string): Date {
  const [, tick] = useState(0);
  const ahead = useMemo(() => Date.parse(iso) - Date.now(), [iso]);
  useEffect(() => {
    const timer = setInterval(() => tick((ticks) => ticks + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.now() + ahead);
}
