import { useEffect } from 'react';
import type { CommandState, ConversationState } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useWorkspace } from './workspace.tsx';

/** Slack's own command for it. */
function invite(appName: string): CommandState {
  return { command: '/invite', usage: `@${appName}`, description: 'Let it post in this channel' };
}

/** A channel or direct conversation: its head, its messages and the composer. */
export function Conversation({ conversation }: { conversation: ConversationState }) {
  const { does, app, report, place } = useWorkspace();
  const { id, kind, name, topic, unread, messages, members } = conversation;
  const isChannel = kind === 'channel' || kind === 'private';
  const title = isChannel ? `#${name}` : name;
  const isMissing = isChannel && !members.includes(app.id);
  const commands = isMissing ? [...app.commands, invite(app.name)] : app.commands;

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
      {isMissing && (
        <p className="missing-app">
          {app.name} isn’t in this channel, so it can’t post here.
          <button
            type="button"
            className="button"
            onClick={() => send(`${invite(app.name).command} ${invite(app.name).usage}`)}
          >
            Invite {app.name}
          </button>
        </p>
      )}
      <MessageList
        label={`Messages in ${title}`}
        messages={messages.filter((message) => !message.thread_ts)}
        thread={place.thread}
        empty={
          kind === 'app'
            ? `${app.name} writes to you here. Say hello, or type /bigplan.`
            : `Nothing here yet. Write something, or type /bigplan.`
        }
      />
      <Composer label={`Message ${title}`} commands={commands} onSend={send} />
    </>
  );
}
