import { Fragment, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MessageState } from '../protocol.ts';
import { MessageView } from './message.tsx';
import { useSurroundings } from './workspace.tsx';

const fiveMinutes = 300_000;
/** So many are drawn at first, and with each press more. */
const PAGE = 60;
/** So few pixels above its end (px), the list still counts as being there. */
const nearEnd = 24;

/** Messages by day, oldest first; stays at the newest one. */
export function MessageList(props: {
  label: string;
  messages: MessageState[];
  empty: string;
  inThread?: boolean;
  /** The ts of the message whose thread is shown. */
  thread?: string | undefined;
}) {
  const { inThread = false, thread } = props;
  const [most, setMost] = useState(PAGE);
  const messages = inThread ? props.messages : props.messages.slice(-most);
  const { me } = useSurroundings();
  const list = useRef<HTMLDivElement>(null);
  useNewestInSight(list, messages.at(-1)?.ts);
  /** How high the list was before earlier messages came above what is looked at. */
  const held = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it reads are refs
  useLayoutEffect(() => {
    const box = list.current;
    if (box && held.current !== undefined) box.scrollTop += box.scrollHeight - held.current;
    held.current = undefined;
  }, [most]);

  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: me.timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const dayOf = (message: MessageState | undefined) => message && day.format(new Date(message.at));

  return (
    <div ref={list} className="messages" role="log" aria-label={props.label}>
      {messages.length === 0 && <p className="empty">{props.empty}</p>}
      {messages.length < props.messages.length && (
        <button
          type="button"
          className="button earlier"
          onClick={() => {
            held.current = list.current?.scrollHeight;
            setMost(most + PAGE);
          }}
        >
          Show earlier messages
        </button>
      )}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const isNewDay = dayOf(before) !== dayOf(message);
        return (
          <Fragment key={message.ts}>
            {isNewDay && !inThread && <p className="day">{dayOf(message)}</p>}
            <MessageView
              message={message}
              follows={!isNewDay && continues(before, message)}
              inThread={inThread}
              isOpen={message.ts === thread}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

/**
 * Scrolls to the newest message when it arrives, and keeps it in sight when messages or the window
 * change their size, until somebody scrolls up.
 */
function useNewestInSight(list: RefObject<HTMLElement | null>, newest: string | undefined): void {
  const isAtEnd = useRef(true);
  const shown = useRef<string | undefined>(undefined);
  const stay = () => {
    const box = list.current;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(() => {
    if (shown.current !== newest) isAtEnd.current = true;
    shown.current = newest;
    stay();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it reads are refs
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const look = () => {
      isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    };
    const sizes = new ResizeObserver(stay);
    sizes.observe(box);
    box.addEventListener('scroll', look);
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
}

/** Whether a message belongs to the one before it, so that it needs no name again. */
function continues(before: MessageState | undefined, message: MessageState): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.ephemeral === message.ephemeral &&
    before.replies === 0 &&
    Date.parse(message.at) - Date.parse(before.at) < fiveMinutes
  );
}
