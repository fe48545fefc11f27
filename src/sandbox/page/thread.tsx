import { useEffect, useRef } from 'react';
import type { ConversationState } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { openerId } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { useWorkspace } from './workspace.tsx';

/** A message and its replies, beside the conversation. */
export function ThreadPanel({ conversation, ts }: { conversation: ConversationState; ts: string }) {
  const { does, report, go } = useWorkspace();
  const heading = useFocusWhileOpen(ts);
  const { kind, name } = conversation;
  const close = () => go({ thread: undefined });
  const messages = conversation.messages.filter(
    (message) => message.ts === ts || message.thread_ts === ts,
  );
  return (
    <aside
      className="thread"
      aria-label="Thread"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header className="conversation-head">
        <h2 ref={heading} tabIndex={-1}>
          Thread
        </h2>
        <p>{kind === 'channel' || kind === 'private' ? `#${name}` : name}</p>
        <button type="button" className="plain-button" aria-label="Close thread" onClick={close}>
          ×
        </button>
      </header>
      <MessageList label="Messages in the thread" messages={messages} empty="" inThread />
      <Composer
        label="Reply"
        commands={[]}
        onSend={async (text) => report(await does.say(conversation.id, text, ts))}
      />
    </aside>
  );
}

/** Takes the focus to the thread's heading, and at its end back to the message that it hangs on. */
function useFocusWhileOpen(ts: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => document.getElementById(openerId(ts))?.focus();
  }, [ts]);
  return heading;
}
