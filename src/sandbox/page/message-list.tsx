import { Fragment, useLayoutEffect, useRef } from 'react';
import type { MessageState } from '../protocol.ts';
import { Message } from './message.tsx';
import { useWorkspace } from './workspace.tsx';

const fiveMinutes = 300_000;

/** Messages by day, oldest first; stays at the newest one. */
export function MessageList(props: {
  label: string;
  messages: MessageState[];
  empty: string;
  inThread?: boolean;
}) {
  const { messages, inThread = false } = props;
  const { me } = useWorkspace();
  const end = useRef<HTMLDivElement>(null);
  const last = messages.at(-1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a newer message arrives
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [last?.ts]);

  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: me.timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const dayOf = (message: MessageState | undefined) => message && day.format(new Date(message.at));

  return (
    <div className="messages" role="log" aria-label={props.label}>
      {messages.length === 0 && <p className="empty">{props.empty}</p>}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const isNewDay = dayOf(before) !== dayOf(message);
        return (
          <Fragment key={message.ts}>
            {isNewDay && !inThread && <p className="day">{dayOf(message)}</p>}
            <Message
              message={message}
              follows={!isNewDay && continues(before, message)}
              inThread={inThread}
            />
          </Fragment>
        );
      })}
      <div ref={end} />
    </div>
  );
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
