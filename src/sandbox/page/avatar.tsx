import type { PersonState } from '../protocol.ts';
import { Icon } from './icons.tsx';
import { useSurroundings } from './workspace.tsx';

/** A person's initials in a colour of their own, or the app's mark. */
export function Avatar({ person }: { person: PersonState | undefined }) {
  const { people } = useSurroundings();
  if (person?.isBot)
    return (
      <span className="avatar app-mark" aria-hidden="true">
        <Icon name="rise" />
      </span>
    );
  const name = person?.realName ?? '?';
  const hue = 345 + people.findIndex((one) => one.id === person?.id) * 100;
  return (
    <span className="avatar" aria-hidden="true" style={{ background: `hsl(${hue} 45% 38%)` }}>
      {name
        .split(' ')
        .map((word) => word[0])
        .join('')}
    </span>
  );
}
