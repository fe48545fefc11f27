import type { ConversationState } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useWorkspace } from './workspace.tsx';

/** A message and its replies, beside the conversation. */
export function Thread({ conversation, ts }: { conversation: ConversationState; ts: string }) {
  const { does, report, go } = useWorkspace();
  const messages = conversation.messages.filter(
    (message) => message.ts === ts || message.thread_ts === ts,
  );
  return (
    <aside className="thread" aria-label="Thread">
      <header className="conversation-head">
        <h2>Thread</h2>
        <button
          type="button"
          className="plain-button"
          aria-label="Close thread"
          onClick={() => go({ thread: undefined })}
        >
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
