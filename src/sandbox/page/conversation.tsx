import { useEffect } from 'react';
import type { ConversationState } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useWorkspace } from './workspace.tsx';

/** A channel or direct conversation: its head, its messages and the composer. */
export function Conversation({ conversation }: { conversation: ConversationState }) {
  const { does, app, report } = useWorkspace();
  const { id, kind, name, topic, unread, messages } = conversation;
  const title = kind === 'channel' || kind === 'private' ? `#${name}` : name;

  useEffect(() => {
    if (unread > 0) void does.markRead(id);
  }, [does, id, unread]);

  const send = async (text: string) => {
    const isCommand = text.startsWith('/');
    report(await (isCommand ? does.command(id, text) : does.say(id, text)));
  };
  return (
    <>
      {kind !== 'app' && (
        <header className="conversation-head">
          <h2>{title}</h2>
          <p>{topic}</p>
        </header>
      )}
      <MessageList
        label={`Messages in ${title}`}
        messages={messages.filter((message) => !message.thread_ts)}
        empty={
          kind === 'app'
            ? `${app.name} writes to you here. Say hello, or type /bigplan.`
            : `Nothing here yet. Write something, or type /bigplan.`
        }
      />
      <Composer label={`Message ${title}`} commands={app.commands} onSend={send} />
    </>
  );
}
