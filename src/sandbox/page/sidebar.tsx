import { useEffect, useRef } from 'react';
import type { ConversationState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { addressOf } from './place.ts';
import { useWorkspace } from './workspace.tsx';

/** The team's conversations; on a phone a drawer. */
export function Sidebar({ open, onLeave }: { open: boolean; onLeave: () => void }) {
  const { team, conversations } = useWorkspace();
  const of = (...kinds: ConversationState['kind'][]) =>
    conversations.filter((one) => kinds.includes(one.kind));
  const section = (title: string, entries: ConversationState[]) =>
    entries.length > 0 && (
      <section>
        <h2>{title}</h2>
        <ul>
          {entries.map((one) => (
            <li key={one.id}>
              <Entry conversation={one} onLeave={onLeave} />
            </li>
          ))}
        </ul>
      </section>
    );
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) nav.current?.querySelector('a')?.focus();
  }, [open]);
  return (
    <>
      {open && <div className="scrim" aria-hidden="true" onPointerDown={onLeave} />}
      <nav
        ref={nav}
        id="sidebar"
        className={open ? 'sidebar open' : 'sidebar'}
        aria-label="Conversations"
        onKeyDown={(event) => event.key === 'Escape' && onLeave()}
      >
        <p className="team">{team}</p>
        {section('Apps', of('app'))}
        {section('Channels', of('channel', 'private'))}
        {section('Direct messages', of('direct', 'group'))}
      </nav>
    </>
  );
}

function Entry({
  conversation,
  onLeave,
}: {
  conversation: ConversationState;
  onLeave: () => void;
}) {
  const { place, go, me, app, person } = useWorkspace();
  const { id, kind, name, unread, members } = conversation;
  const isCurrent = place.at === id || (kind === 'app' && place.at === 'home');
  const at = kind === 'app' && unread === 0 ? 'home' : id;
  const other = members.find((member) => member !== me.id);
  return (
    <a
      href={addressOf({ as: place.as, at, thread: undefined })}
      aria-current={isCurrent ? 'page' : undefined}
      className={unread > 0 ? 'entry unread' : 'entry'}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go({ at });
        onLeave();
      }}
    >
      {kind === 'channel' || kind === 'private' ? (
        <span className="entry-mark" aria-hidden="true">
          {kind === 'private' ? <Icon name="lock" size={14} /> : '#'}
        </span>
      ) : (
        <Avatar person={person(kind === 'app' ? app.id : (other ?? ''))} />
      )}
      <span className="entry-name">{name}</span>
      {unread > 0 && (
        <span className="badge">
          {unread}
          <span className="visually-hidden"> unread</span>
        </span>
      )}
    </a>
  );
}
