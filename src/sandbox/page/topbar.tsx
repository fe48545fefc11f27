import { ClockControl } from './clock-control.tsx';
import { Icon } from './icons.tsx';
import { useWorkspace } from './workspace.tsx';

/** The page's head: the menu (on a phone), the clock and who one is. */
export function Topbar({ menuOpen, onMenu }: { menuOpen: boolean; onMenu: () => void }) {
  const { me, people, place, go } = useWorkspace();
  return (
    <header className="topbar">
      <button
        type="button"
        className="menu-button"
        aria-label="Conversations"
        aria-expanded={menuOpen}
        aria-controls="sidebar"
        onClick={onMenu}
      >
        <Icon name="menu" size={20} />
      </button>
      <h1 className="brand">
        Bigplan <span>sandbox</span>
      </h1>
      <ClockControl />
      <label className="person-switch">
        <span>You are</span>
        <select
          value={me.name}
          onChange={(event) =>
            go({ as: event.target.value, at: place.at.startsWith('D') ? 'home' : place.at })
          }
        >
          {people
            .filter((person) => !person.isBot)
            .map((person) => (
              <option key={person.id} value={person.name}>
                {person.realName} · {person.title}
              </option>
            ))}
        </select>
      </label>
    </header>
  );
}
