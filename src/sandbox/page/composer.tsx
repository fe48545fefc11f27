import { type KeyboardEvent, useId, useState } from 'react';
import type { CommandState } from '../protocol.ts';
import { Icon } from './icons.tsx';

/** Where messages and slash commands are typed. Enter sends, Shift+Enter begins a new line. */
export function Composer(props: {
  label: string;
  commands: CommandState[];
  onSend: (text: string) => void;
}) {
  const [text, setText] = useState('');
  const hintId = useId();
  const typed = text.split(/\s/)[0] ?? '';
  const hints = typed.startsWith('/')
    ? props.commands.filter(({ command }) =>
        text.includes(' ') ? command === typed : command.startsWith(typed),
      )
    : [];
  const [first] = hints;
  const completion = first && first.command !== typed ? first.command : undefined;

  const send = () => {
    const trimmed = text.trim();
    if (!trimmed) return;
    setText('');
    props.onSend(trimmed);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && completion && !event.shiftKey) {
      event.preventDefault();
      setText(`${completion} `);
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {hints.length > 0 && (
        <ul className="command-hints" id={hintId} aria-label="Commands">
          {hints.map(({ command, usage, description }) => (
            <li key={command}>
              <button type="button" onClick={() => setText(`${command} `)}>
                <strong>{command}</strong> <span>{usage}</span>
                <em>{description}</em>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="composer-box">
        <textarea
          aria-label={props.label}
          aria-describedby={hints.length > 0 ? hintId : undefined}
          placeholder={props.label}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
        />
        <button type="submit" className="send" aria-label="Send" disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
