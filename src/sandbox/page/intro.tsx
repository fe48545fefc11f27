import { useState } from 'react';
import { useWorkspace } from './workspace.tsx';

const dismissed = 'bigplan-sandbox-intro-dismissed';

/** One line for a newcomer, with the one thing to do. */
export function Intro() {
  const { app, place, does, report } = useWorkspace();
  const [shown, setShown] = useState(() => sessionStorage.getItem(dismissed) === null);
  if (!shown) return null;
  const begin = async () => {
    const channel = place.at === 'home' ? app.channel : place.at;
    report(await does.command(channel, '/bigplan'));
  };
  return (
    <section className="intro" aria-label="About this sandbox">
      <p>
        <strong>This is a sandbox:</strong> a made-up team, the real app. Type <code>/bigplan</code>{' '}
        to begin, move the clock to go on.
      </p>
      <button type="button" className="button primary" onClick={begin}>
        Run /bigplan
      </button>
      <button
        type="button"
        className="plain-button"
        aria-label="Dismiss"
        onClick={() => {
          sessionStorage.setItem(dismissed, 'yes');
          setShown(false);
        }}
      >
        ×
      </button>
    </section>
  );
}
