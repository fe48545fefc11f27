import { memo } from 'react';
import type { MessageState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { useBlockValues } from './blocks/block-values.ts';
import { MrkdwnText } from './blocks/text.tsx';
import { Icon } from './icons.tsx';
import { useSurroundings } from './workspace.tsx';

/** The id of the button that opens a message's thread. */
export function openerId(ts: string): string {
  return `thread-of-${ts}`;
}

interface MessageProps {
  message: MessageState;
  follows: boolean;
  inThread: boolean;
  /** Whether its thread is shown. */
  isOpen: boolean;
}

/**
 * One message, drawn again only where it has changed. Its `text` is what screen readers get for the blocks
 * it is drawn with.
 */
export const MessageView = memo(function MessageView(props: MessageProps) {
  const { message, follows, inThread, isOpen } = props;
  const { me, app, person, go } = useSurroundings();
  const author = person(message.user);
  const name = author?.realName ?? 'Someone';
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: me.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(message.at));
  const replies = message.replies === 1 ? '1 reply' : `${message.replies} replies`;
  const classes = ['message', follows && 'follows', message.ephemeral && 'ephemeral'];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      aria-label={`${name}, ${time}: ${message.text}`}
    >
      <div className="message-gutter">
        {follows ? <time dateTime={message.at}>{time}</time> : <Avatar person={author} />}
      </div>
      <div className="message-body">
        {!follows && (
          <p className="message-head">
            <strong>{name}</strong>
            {message.user === app.id && <span className="app-badge">App</span>}
            <time dateTime={message.at}>{time}</time>
            {message.ephemeral && <span className="only-you">Only visible to you</span>}
          </p>
        )}
        {message.blocks ? <MessageBlocks message={message} /> : <MrkdwnText text={message.text} />}
        {message.edited && <span className="edited">(edited)</span>}
        {!inThread && message.replies > 0 && (
          <button
            type="button"
            id={openerId(message.ts)}
            className="replies"
            aria-expanded={isOpen}
            onClick={() => go({ thread: message.ts })}
          >
            {replies}
          </button>
        )}
      </div>
      {!inThread && !message.ephemeral && (
        <button
          type="button"
          {...(message.replies === 0 && { id: openerId(message.ts) })}
          className="reply-button"
          aria-label={`Reply in thread to ${name}, ${time}`}
          title="Reply in thread"
          onClick={() => go({ thread: message.ts })}
        >
          <Icon name="reply" size={16} />
        </button>
      )}
    </article>
  );
});

function MessageBlocks({ message }: { message: MessageState }) {
  const blocks = message.blocks ?? [];
  const [values, setValue] = useBlockValues(blocks, JSON.stringify(blocks));
  return (
    <BlockList
      blocks={blocks}
      source={{ kind: 'message', channel: message.channel, ts: message.ts }}
      values={values}
      setValue={setValue}
    />
  );
}
